package io.taskauth.cli;

import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.IFactory;

/**
 * Which commands there are. Only those that the arguments name are built: reading the annotations
 * of all of them would take longer than everything else that a start does.
 */
final class CommandTree {
  private static final List<Branch> TOKEN =
      List.of(
          new Branch(TokenCreateCommand.class, "create", "new"),
          new Branch(TokenListCommand.class, "list", "ls"),
          new Branch(TokenRevokeCommand.class, "revoke", "rm"));

  private static final List<Branch> ADMIN =
      List.of(
          new Branch(ListUsersCommand.class, "list-users", "users"),
          new Branch(CreateUserCommand.class, "create-user"),
          new Branch(SetRoleCommand.class, "set-role"),
          new Branch(ActivateCommand.class, "activate"),
          new Branch(DeactivateCommand.class, "deactivate"),
          new Branch(DeleteUserCommand.class, "delete", "delete-user"),
          new Branch(ResetPasswordCommand.class, "reset-password"),
          new Branch(SetPasswordCommand.class, "set-password"));

  private static final List<Branch> TOP =
      List.of(
          new Branch(LoginCommand.class, "login"),
          new Branch(LogoutCommand.class, "logout"),
          new Branch(WhoamiCommand.class, "whoami"),
          new Branch(TokenCommand.class, List.of("token", "tokens"), TOKEN),
          new Branch(AdminCommand.class, List.of("admin"), ADMIN),
          new Branch(CompletionCommand.class, "completion"));

  /** A command with its names, the first of which is the one in the help. */
  private record Branch(Class<?> type, List<String> names, List<Branch> below) {
    Branch(Class<?> type, String... names) {
      this(type, List.of(names), List.of());
    }
  }

  private final IFactory factory;
  private final List<String> arguments;

  CommandTree(IFactory factory, String... arguments) {
    this.factory = factory;
    this.arguments = List.of(arguments);
  }

  void growOn(CommandLine root) {
    if (!arguments.equals(List.of("--version")) && !arguments.equals(List.of("-V"))) {
      grow(root, TOP);
    }
  }

  private void grow(CommandLine parent, List<Branch> branches) {
    List<Branch> named =
        branches.stream()
            .filter(branch -> branch.names.stream().anyMatch(arguments::contains))
            .toList();
    // Help lists all of them, a wrong name is compared with all, and completion is about all.
    boolean all = named.isEmpty() || arguments.contains("completion");
    for (Branch branch : all ? branches : named) {
      CommandLine command = new CommandLine(branch.type, factory);
      List<String> aliases = branch.names.subList(1, branch.names.size());
      parent.addSubcommand(branch.names.get(0), command, aliases.toArray(String[]::new));
      grow(command, branch.below);
    }
  }
}
