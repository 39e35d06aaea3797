package io.taskauth.servlet;

/** A browser that is signed in: its cookies, as they were set. */
record SignedIn(String sessionCookie, String csrfCookie, String id) {
  /** The name and value of the session cookie, without the attributes. */
  String session() {
    return sessionCookie.substring(0, sessionCookie.indexOf(';'));
  }

  String token() {
    return session().substring(session().indexOf('=') + 1);
  }

  String csrf() {
    return csrfCookie.substring(csrfCookie.indexOf('=') + 1, csrfCookie.indexOf(';'));
  }
}
