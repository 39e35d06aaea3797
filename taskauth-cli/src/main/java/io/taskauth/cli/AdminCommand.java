package io.taskauth.cli;

import picocli.CommandLine.Command;

@Command(
    description = "Look after accounts; for administrators.",
    footer = {
      "",
      "<user> is an id, a user name or an e-mail address.",
      "",
      "Examples:",
      "  taskauth admin create-user grace --email grace@example.com --role operator",
      "  taskauth admin set-role grace admin"
    })
final class AdminCommand {}
