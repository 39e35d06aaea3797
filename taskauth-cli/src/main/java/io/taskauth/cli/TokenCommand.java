package io.taskauth.cli;

import picocli.CommandLine.Command;

@Command(description = "Make, list and revoke your personal access tokens, for scripts and CI.")
final class TokenCommand {}
