package io.taskauth.cli;

/** With what a command shows who it acts for, and what to do when it is not accepted any more. */
record Credential(Secret token, Source source) {
  enum Source {
    ENVIRONMENT(
        "TASKAUTH_TOKEN is not accepted (%s). Put a valid token there, or unset it and run:"
            + " taskauth login"),
    STORED_SESSION("Your session is over (%s). Run: taskauth login"),
    STORED_TOKEN("Your token is not accepted any more (%s). Run: taskauth login --with-token"),
    PASTED("This token is not accepted (%s)");

    private final String advice;

    Source(String advice) {
      this.advice = advice;
    }
  }

  String whenRefused(String why) {
    return source.advice.formatted(why);
  }
}
