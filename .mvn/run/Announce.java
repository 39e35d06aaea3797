/**
 * Prints its arguments as one line. The "run" profile starts it from source, because Maven's -q
 * keeps everything else silent while it downloads and compiles.
 */
final class Announce {
  public static void main(String[] args) {
    System.out.println(String.join(" ", args));
  }
}
