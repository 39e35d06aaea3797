package io.taskauth.server.people;

import io.taskauth.TaskAuth;
import io.taskauth.admin.AccountOutcome;
import io.taskauth.admin.ImportedAccount;
import io.taskauth.admin.UserAdministration;
import io.taskauth.password.ForeignHash;
import io.taskauth.server.task.Argument;
import io.taskauth.server.task.Arguments;
import io.taskauth.server.task.BadArgumentsException;
import io.taskauth.server.task.Progress;
import io.taskauth.server.task.Task;
import io.taskauth.store.AuthStoreException;
import io.taskauth.user.Role;
import io.taskauth.user.Roles;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;

/**
 * Makes accounts of another system's users, who sign in with the passwords that they have there.
 * Whoever exists already is left as they are, so that running it again does no harm.
 */
public final class ImportUsers implements Task {
  private static final int MAX_LENGTH = 1024 * 1024;

  /**
   * So many more events at most wait for the audit log, which would drop what it has no room for.
   */
  private static final int EVENTS = 500;

  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final TaskAuth auth;

  /**
   * @param dryRun whether nothing is to be changed
   * @param guessed whether nobody has said what the file is
   */
  private record Order(UserFile file, boolean guessed, Rules rules, boolean dryRun) {}

  public ImportUsers(TaskAuth auth) {
    this.auth = auth;
  }

  @Override
  public String name() {
    return "import-users";
  }

  @Override
  public String description() {
    return "Imports users with their password hashes, from CSV, from Django or as JSON.";
  }

  @Override
  public List<Argument> form() {
    List<String> formats = List.of("", "csv", "django", "json");
    List<String> roles = new ArrayList<>(List.of(""));
    auth.roles().ascending().forEach(known -> roles.add(known.name()));
    return List.of(
        Argument.longText(
            "content",
            "File",
            "CSV with a header, the output of Django’s dumpdata, or a JSON list. No passwords."),
        new Argument("format", "Format", "", Argument.Kind.CHOICE, formats),
        new Argument("role", "Role of those without one", "", Argument.Kind.CHOICE, roles),
        Argument.check("admins", "Make Django’s superusers administrators", ""),
        Argument.check("dry_run", "Only say what would be done", ""));
  }

  @Override
  public boolean isForAdministrators() {
    return true;
  }

  @Override
  public boolean isConfidential() {
    return true;
  }

  @Override
  public boolean hasSecretArguments() {
    return true;
  }

  @Override
  public Work prepare(Arguments arguments) {
    Arguments known = arguments.only("content", "format", "role", "dry_run", "admins");
    String content =
        known
            .text("content", MAX_LENGTH)
            .orElseThrow(
                () -> new BadArgumentsException("'content' is missing: the text of the file."));
    Optional<String> format = known.choice("format", UserFile.FORMATS);
    Roles roles = auth.roles();
    List<String> names = roles.ascending().stream().map(Role::name).toList();
    Role usual = known.choice("role", names).flatMap(roles::find).orElseGet(roles::lowest);
    Rules rules = new Rules(roles, usual, known.bool("admins"));
    boolean dryRun = known.bool("dry_run");
    Order order = new Order(UserFile.read(content, format), format.isEmpty(), rules, dryRun);
    return progress -> run(order, progress);
  }

  private String run(Order order, Progress progress) throws InterruptedException {
    UserFile file = order.file();
    Accounts accounts = order.dryRun() ? new Rehearsal(auth) : real();
    ImportReport report = new ImportReport(file.unit());
    for (int i = 0; i < file.candidates().size(); i++) {
      Candidate candidate = file.candidates().get(i);
      try {
        progress.at((double) i / file.candidates().size());
        take(candidate, order.rules(), accounts, report);
      } catch (CancellationException e) {
        throw cancelled(stoppedAt(file, candidate, report), e);
      } catch (AuthStoreException e) {
        throw new IllegalStateException(
            "The store went out " + stoppedAt(file, candidate, report), e);
      }
      if (Thread.currentThread().isInterrupted()) {
        throw new InterruptedException("Interrupted " + stoppedAt(file, candidate, report));
      }
      if (i % EVENTS == EVENTS - 1) {
        boolean unused = auth.audit().settle(PATIENCE);
      }
    }
    return report.text(file, order.guessed(), order.dryRun(), order.rules().usual());
  }

  private Accounts real() {
    UserAdministration administration = auth.userAdministration().orElseThrow();
    return account -> administration.importAccount("task " + name(), account);
  }

  private static void take(
      Candidate candidate, Rules rules, Accounts accounts, ImportReport report) {
    ImportedAccount account;
    try {
      account = rules.account(candidate);
    } catch (BadLineException e) {
      report.bad(candidate.number(), e.reason());
      return;
    }
    AccountOutcome outcome = accounts.add(account);
    if (outcome instanceof AccountOutcome.Done) {
      boolean hasPassword = ForeignHash.read(account.hash()) instanceof ForeignHash.Usable;
      report.imported(hasPassword, rules.lowers(candidate));
    } else if (outcome instanceof AccountOutcome.NameTaken) {
      report.existing();
    } else {
      report.bad(candidate.number(), reason(outcome));
    }
  }

  private static String reason(AccountOutcome outcome) {
    if (outcome instanceof AccountOutcome.BadPassword bad) {
      return bad.objection();
    }
    return outcome instanceof AccountOutcome.EmailTaken
        ? "The e-mail address belongs to another account."
        : "Nobody signs in with a password here; leave the hash out.";
  }

  private static String stoppedAt(UserFile file, Candidate candidate, ImportReport report) {
    return String.format(
        "at %s %d: %s so far. What was imported stays, and is skipped when this is run again.",
        file.unit(), candidate.number(), report.soFar());
  }

  private static CancellationException cancelled(String where, CancellationException cause) {
    CancellationException said = new CancellationException("Cancelled " + where);
    said.initCause(cause);
    return said;
  }
}
