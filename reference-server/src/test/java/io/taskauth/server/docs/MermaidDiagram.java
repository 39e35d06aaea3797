package io.taskauth.server.docs;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A diagram of a kind that GitHub draws, whose lines are whole: what is opened is closed, and in a
 * sequence everybody who says something is a participant.
 */
final class MermaidDiagram implements Proof {
  private static final Set<String> KINDS =
      Set.of(
          "sequenceDiagram", "flowchart", "graph", "stateDiagram-v2", "classDiagram", "erDiagram");
  private static final Pattern PARTICIPANT =
      Pattern.compile("(?:participant|actor) (\\w+)(?: as .+)?");
  private static final Pattern MESSAGE =
      Pattern.compile("(\\w+) ?-?-(?:>>|>|x|\\))[+-]? ?(\\w+) ?: ?.+");
  private static final Pattern NOTE =
      Pattern.compile("Note (?:over|left of|right of) (\\w+)(?:, ?(\\w+))?: .+");
  private static final Pattern OPENS =
      Pattern.compile("(?:alt|opt|loop|par|critical|break|rect|box|subgraph)\\b.*");
  private static final Pattern INSIDE =
      Pattern.compile("autonumber|(?:else|and|option)\\b.*|(?:de)?activate \\w+");

  @Override
  public Optional<String> objection(Block block) {
    List<String> lines = block.text().lines().map(String::strip).filter(l -> !l.isEmpty()).toList();
    String kind = lines.get(0).split(" ", 2)[0];
    if (!KINDS.contains(kind)) {
      return Optional.of("A diagram begins with one of " + KINDS + ".");
    }
    List<String> body = lines.subList(1, lines.size());
    Optional<String> unbalanced = body.stream().filter(line -> !isBalanced(line)).findFirst();
    if (unbalanced.isPresent()) {
      return Optional.of("A bracket or quote is left open: " + unbalanced.get());
    }
    long open = body.stream().filter(line -> OPENS.matcher(line).matches()).count();
    if (open != body.stream().filter("end"::equals).count()) {
      return Optional.of("Not every part that begins has its 'end'.");
    }
    return kind.equals("sequenceDiagram") ? sequence(body) : Optional.empty();
  }

  private static Optional<String> sequence(List<String> lines) {
    Set<String> known = new HashSet<>();
    for (String line : lines) {
      Matcher participant = PARTICIPANT.matcher(line);
      Matcher message = MESSAGE.matcher(line);
      Matcher note = NOTE.matcher(line);
      if (participant.matches()) {
        known.add(participant.group(1));
      } else if (message.matches()) {
        if (!known.contains(message.group(1)) || !known.contains(message.group(2))) {
          return Optional.of("Somebody in it is no participant: " + line);
        }
      } else if (note.matches()) {
        if (!known.contains(note.group(1))
            || (note.group(2) != null && !known.contains(note.group(2)))) {
          return Optional.of("Somebody in it is no participant: " + line);
        }
      } else if (!OPENS.matcher(line).matches()
          && !INSIDE.matcher(line).matches()
          && !line.equals("end")) {
        return Optional.of("Not a line of a sequence: " + line);
      }
    }
    return Optional.empty();
  }

  private static boolean isBalanced(String line) {
    String brackets = line.replaceAll("\"[^\"]*\"", "").replaceAll("[^()\\[\\]{}\"]", "");
    String before;
    do {
      before = brackets;
      brackets = brackets.replace("()", "").replace("[]", "").replace("{}", "");
    } while (!brackets.equals(before));
    // "-)" is an arrow.
    return brackets.isEmpty() || (brackets.equals(")") && line.contains("-)"));
  }
}
