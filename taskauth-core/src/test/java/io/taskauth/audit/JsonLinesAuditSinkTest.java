package io.taskauth.audit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Events in a file that its owner alone can read, and that does not grow without end. */
class JsonLinesAuditSinkTest {
  private static final boolean POSIX =
      FileSystems.getDefault().supportedFileAttributeViews().contains("posix");

  @TempDir private Path home;
  private Path file;
  private final List<JsonLinesAuditSink> opened = new ArrayList<>();

  @BeforeEach
  void chooseAFile() {
    file = home.resolve("a/b/audit.jsonl");
  }

  @AfterEach
  void close() {
    opened.forEach(JsonLinesAuditSink::close);
  }

  private JsonLinesAuditSink open(long maxBytes) {
    JsonLinesAuditSink sink = JsonLinesAuditSink.open(file, maxBytes);
    opened.add(sink);
    return sink;
  }

  private JsonLinesAuditSink open() {
    return open(JsonLinesAuditSink.MAX_BYTES);
  }

  private Path numbered(int number) {
    return file.resolveSibling("audit.jsonl." + number);
  }

  private static List<AuditEvent> events(int from, int to) {
    return IntStream.range(from, to).mapToObj(i -> Events.named("name" + i)).toList();
  }

  private static List<String> names(Path in) throws IOException {
    return Files.readAllLines(in, UTF_8).stream()
        .map(line -> AuditJson.parse(line).map(AuditEvent::username).orElse("?"))
        .toList();
  }

  private static String permissions(Path of) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(of));
  }

  @Test
  void directoryIsNoFile() throws IOException {
    Files.createDirectories(file);

    assertThatThrownBy(this::open)
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining("is a directory");
  }

  @Test
  void fileBelowAFileCannotBeWritten() throws IOException {
    Files.writeString(home.resolve("a"), "x");

    assertThatThrownBy(this::open).isInstanceOf(UncheckedIOException.class);
  }

  @Test
  void symbolicLinkIsNotFollowed() throws IOException {
    assumeTrue(POSIX);
    Path elsewhere = Files.writeString(home.resolve("elsewhere"), "precious\n");
    Files.createDirectories(file.getParent());
    Files.createSymbolicLink(file, elsewhere);

    assertThatThrownBy(this::open).isInstanceOf(UncheckedIOException.class);

    assertThat(elsewhere).hasContent("precious");
  }

  @Test
  void symbolicLinkThatAppearsLaterIsNotFollowed() throws IOException {
    assumeTrue(POSIX);
    Path elsewhere = Files.writeString(home.resolve("elsewhere"), "precious\n");
    JsonLinesAuditSink sink = open();
    Files.delete(file);
    Files.createSymbolicLink(file, elsewhere);

    assertThatThrownBy(() -> sink.record(Events.named("ada")))
        .isInstanceOf(UncheckedIOException.class);

    assertThat(elsewhere).hasContent("precious");
  }

  @Test
  void directoryAndFileAreTheirOwnersAlone() throws IOException {
    assumeTrue(POSIX);
    open(1).recordAll(events(0, 3));

    assertThat(permissions(home.resolve("a"))).isEqualTo("rwx------");
    assertThat(permissions(file.getParent())).isEqualTo("rwx------");
    assertThat(permissions(file)).isEqualTo("rw-------");
    assertThat(permissions(numbered(1))).isEqualTo("rw-------");
    assertThat(permissions(numbered(2))).isEqualTo("rw-------");
  }

  @Test
  void fileThatOthersCouldReadIsClosedToThem() throws IOException {
    assumeTrue(POSIX);
    Files.createDirectories(file.getParent());
    Files.writeString(file, "");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-rw-rw-"));

    open();

    assertThat(permissions(file)).isEqualTo("rw-------");
  }

  @Test
  void directoryThatIsThereStaysAsItIs() throws IOException {
    assumeTrue(POSIX);
    Files.createDirectories(file.getParent());
    Files.setPosixFilePermissions(file.getParent(), PosixFilePermissions.fromString("rwxr-xr-x"));

    open();

    assertThat(permissions(file.getParent())).isEqualTo("rwxr-xr-x");
  }

  @Test
  void directoryMayBeASymbolicLink() throws IOException {
    assumeTrue(POSIX);
    Path volume = Files.createDirectory(home.resolve("volume"));
    Files.createDirectories(file.getParent().getParent());
    Files.createSymbolicLink(file.getParent(), volume);

    open().recordAll(events(0, 1));

    assertThat(names(volume.resolve("audit.jsonl"))).containsExactly("name0");
  }

  @Test
  void eachEventIsALine() throws IOException {
    AuditEvent event = Events.with("a\nb\u2028\"c\" \uD83D\uDE80", Map.of("reason", "x\ny"));

    open().record(event);

    assertThat(Files.readString(file)).isEqualTo(AuditJson.line(event) + "\n");
    assertThat(AuditJson.parse(Files.readAllLines(file).get(0))).contains(event);
  }

  @Test
  void lineIsReadableAsSoonAsItIsRecorded() throws IOException {
    JsonLinesAuditSink sink = open();
    sink.recordAll(events(0, 2));

    assertThat(names(file)).containsExactly("name0", "name1");
  }

  @Test
  void fileIsGoneOnWithAfterARestart() throws IOException {
    open().recordAll(events(0, 2));
    opened.get(0).close();

    open().recordAll(events(2, 4));

    assertThat(names(file)).containsExactly("name0", "name1", "name2", "name3");
  }

  @Test
  void sinkThatWasClosedOpensItsFileAgain() throws IOException {
    JsonLinesAuditSink sink = open();
    sink.recordAll(events(0, 1));
    sink.close();
    sink.close();

    sink.recordAll(events(1, 2));

    assertThat(names(file)).containsExactly("name0", "name1");
  }

  @Test
  void halfALineOfACrashSpoilsNoOther() throws IOException {
    open().recordAll(events(0, 1));
    opened.get(0).close();
    String half = AuditJson.line(Events.named("half")).substring(0, 40);
    Files.writeString(file, half, StandardOpenOption.APPEND);

    open().recordAll(events(1, 3));

    assertThat(names(file)).containsExactly("name0", "?", "name1", "name2");
    assertThat(Files.readAllLines(file)).contains(half);
  }

  @Test
  void fullFileIsTurnedOverAndThreeAreKept() throws IOException {
    long lineLength = AuditJson.line(Events.named("name000")).length() + 1L;
    JsonLinesAuditSink sink = open(10 * lineLength);

    sink.recordAll(events(100, 200));

    assertThat(names(file)).isEqualTo(namesFrom(190));
    assertThat(names(numbered(1))).isEqualTo(namesFrom(180));
    assertThat(names(numbered(2))).isEqualTo(namesFrom(170));
    assertThat(names(numbered(3))).isEqualTo(namesFrom(160));
    try (Stream<Path> all = Files.list(file.getParent())) {
      assertThat(all).hasSize(4);
    }
    assertThat(Files.size(file)).isEqualTo(10 * lineLength);
  }

  private static List<String> namesFrom(int first) {
    return events(first, first + 10).stream().map(AuditEvent::username).toList();
  }

  @Test
  void fileNeverGrowsBeyondItsLimit() throws IOException {
    JsonLinesAuditSink sink = open(5000);
    for (int i = 0; i < 200; i++) {
      sink.recordAll(events(i, i + 1));
      assertThat(Files.size(file)).isLessThanOrEqualTo(5000);
    }
    assertThat(JsonLinesAuditSink.MAX_BYTES).isEqualTo(5_000_000);
  }

  @Test
  void limitHoldsAcrossARestart() throws IOException {
    long lineLength = AuditJson.line(Events.named("name0")).length() + 1L;
    open(2 * lineLength).recordAll(events(0, 2));
    opened.get(0).close();

    open(2 * lineLength).recordAll(events(2, 3));

    assertThat(names(file)).containsExactly("name2");
    assertThat(names(numbered(1))).containsExactly("name0", "name1");
  }

  @Test
  void lineThatIsLongerThanTheLimitIsWrittenAllTheSame() throws IOException {
    JsonLinesAuditSink sink = open(1);

    sink.recordAll(events(0, 3));

    assertThat(names(file)).containsExactly("name2");
    assertThat(names(numbered(1))).containsExactly("name1");
    assertThat(names(numbered(2))).containsExactly("name0");
    assertThat(numbered(3)).doesNotExist();
  }

  @Test
  void fileThatSomebodyRemovedIsBegunAnew() throws IOException {
    JsonLinesAuditSink sink = open();
    sink.recordAll(events(0, 1));
    Files.delete(file);

    sink.recordAll(events(1, 2));

    assertThat(names(file)).containsExactly("name1");
  }

  @Test
  void fileThatSomebodyMovedAwayIsBegunAnew() throws IOException {
    JsonLinesAuditSink sink = open();
    sink.recordAll(events(0, 1));
    Files.move(file, home.resolve("yesterday"));
    Files.createFile(file);

    sink.recordAll(events(1, 2));

    assertThat(names(file)).containsExactly("name1");
    assertThat(names(home.resolve("yesterday"))).containsExactly("name0");
  }

  @Test
  void directoryThatSomebodyRemovedIsMadeAgain() throws IOException {
    JsonLinesAuditSink sink = open();
    sink.recordAll(events(0, 1));
    Files.delete(file);
    Files.delete(file.getParent());

    sink.recordAll(events(1, 2));

    assertThat(names(file)).containsExactly("name1");
  }

  @Test
  void whatCannotBeWrittenIsSaidAndTheRestIsWrittenWhenItCan() throws IOException {
    JsonLinesAuditSink sink = open();
    sink.recordAll(events(0, 1));
    Files.delete(file);
    Files.createDirectory(file);
    for (int i = 0; i < 3; i++) {
      assertThatThrownBy(() -> sink.recordAll(events(1, 2)))
          .isInstanceOf(UncheckedIOException.class);
    }
    Files.delete(file);

    sink.recordAll(events(2, 3));

    assertThat(names(file)).containsExactly("name2");
  }

  @Test
  void failureToTurnOverIsSaidAndTriedAgain() throws IOException {
    long lineLength = AuditJson.line(Events.named("name0")).length() + 1L;
    JsonLinesAuditSink sink = open(lineLength);
    sink.recordAll(events(0, 1));
    Files.createDirectories(numbered(1).resolve("in the way"));
    Files.createDirectories(numbered(2).resolve("in the way"));
    Files.createDirectories(numbered(3).resolve("in the way"));
    assertThatThrownBy(() -> sink.recordAll(events(1, 2))).isInstanceOf(UncheckedIOException.class);
    assertThat(names(file)).containsExactly("name0");
    Files.delete(numbered(3).resolve("in the way"));

    sink.recordAll(events(2, 3));

    assertThat(names(file)).containsExactly("name2");
  }
}
