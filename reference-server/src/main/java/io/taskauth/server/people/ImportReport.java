package io.taskauth.server.people;

import io.taskauth.user.Role;
import java.util.ArrayList;
import java.util.List;

/** What came of a file so far, line by line. Holds numbers and reasons, and nothing of the file. */
final class ImportReport {
  /** How many bad lines are listed; so many more are only counted. */
  static final int LISTED = 500;

  private final String unit;
  private final List<String> badLines = new ArrayList<>();
  private int imported;
  private int withoutPassword;
  private int existing;
  private int bad;
  private int lowered;

  /**
   * @param unit what the parts of the file are called
   */
  ImportReport(String unit) {
    this.unit = unit;
  }

  /**
   * @param lower whether Django's superuser has become somebody with the usual role
   */
  void imported(boolean hasPassword, boolean lower) {
    imported++;
    withoutPassword += hasPassword ? 0 : 1;
    lowered += lower ? 1 : 0;
  }

  void existing() {
    existing++;
  }

  void bad(int number, String reason) {
    if (++bad <= LISTED) {
      badLines.add(unit + " " + number + ": " + reason);
    }
  }

  /** How far it came, for whoever has to stop it here. */
  String soFar() {
    return imported + " imported, " + existing + " skipped because they exist, " + bad + " bad";
  }

  /** All of it. */
  String text(UserFile file, boolean guessed, boolean dryRun, Role usual) {
    List<String> lines = new ArrayList<>();
    if (dryRun) {
      lines.add("Dry run: nothing was changed. Otherwise it would be:");
    }
    lines.add(soFar() + ".");
    lines.add("Read as " + file.format() + (guessed ? ", guessed from how it begins." : "."));
    if (withoutPassword > 0) {
      lines.add(
          withoutPassword + " without a password: send them a link with which they choose one.");
    }
    if (lowered > 0) {
      lines.add(
          "Superusers with the role "
              + usual
              + " like anybody else: "
              + lowered
              + ". With \"admins\": true they become administrators.");
    }
    if (!file.ignored().isEmpty()) {
      lines.add("Ignored: " + String.join(", ", file.ignored()) + ".");
    }
    if (bad > 0) {
      lines.add("");
      lines.addAll(badLines);
    }
    if (bad > LISTED) {
      lines.add("… and " + (bad - LISTED) + " more that are bad.");
    }
    return String.join("\n", lines) + "\n";
  }
}
