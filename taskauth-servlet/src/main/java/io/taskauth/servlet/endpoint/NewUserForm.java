package io.taskauth.servlet.endpoint;

/** What was typed into the form for a new user, to be shown again with what was wrong. */
public record NewUserForm(String username, String email, String displayName, String role) {
  static NewUserForm blank(String role) {
    return new NewUserForm("", "", "", role);
  }
}
