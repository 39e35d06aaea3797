package io.taskauth.cli;

import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
    description = "Print what makes your shell complete the commands of taskauth.",
    footer = {
      "",
      "Examples:",
      "  source <(taskauth completion bash)      # in ~/.bashrc",
      "  source <(taskauth completion zsh)       # in ~/.zshrc"
    })
final class CompletionCommand implements Runnable {
  enum ShellName {
    bash,
    zsh
  }

  private final Shell shell;

  @Parameters(paramLabel = "bash|zsh", description = "Which shell.")
  ShellName name = ShellName.bash;

  @Spec CommandSpec spec = CommandSpec.create();

  CompletionCommand(Shell shell) {
    this.shell = shell;
  }

  @Override
  public void run() {
    // One script for both: it finds out by itself which shell it is in.
    shell.around().out().println(AutoComplete.bash("taskauth", spec.root().commandLine()));
  }
}
