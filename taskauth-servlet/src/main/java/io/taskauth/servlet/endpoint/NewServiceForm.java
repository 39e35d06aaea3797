package io.taskauth.servlet.endpoint;

/** What was typed into the form for a new service account, to be shown again if it is refused. */
public record NewServiceForm(String name, String scopes, String expires) {
  static NewServiceForm blank() {
    return new NewServiceForm("", "", "365");
  }
}
