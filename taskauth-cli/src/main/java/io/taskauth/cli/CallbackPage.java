package io.taskauth.cli;

import java.nio.charset.StandardCharsets;

/** The small page that the browser ends on. Nothing from outside is ever in it. */
enum CallbackPage {
  WELCOME("200 OK", "Almost done", "You can close this window and go back to the terminal."),
  DECLINED("200 OK", "Not signed in", "You can close this window and go back to the terminal."),
  NOT_ASKED(
      "400 Bad Request",
      "This does not belong to the sign-in that is under way",
      "Go back to the terminal and open the address that stands there."),
  NOT_FOUND("404 Not Found", "Nothing here", "This address is for one sign-in only."),
  NOT_GET(
      "405 Method Not Allowed\r\nAllow: GET",
      "Nothing here",
      "This address is for one sign-in only.");

  private final String status;
  private final String title;
  private final String text;

  CallbackPage(String status, String title, String text) {
    this.status = status;
    this.title = title;
    this.text = text;
  }

  byte[] response() {
    String html =
        """
        <!doctype html>
        <html lang="en">
        <head><meta charset="utf-8"><title>%1$s - taskauth</title></head>
        <body><h1>%1$s</h1><p>%2$s</p></body>
        </html>
        """
            .formatted(title, text);
    String head =
        String.join(
            "\r\n",
            "HTTP/1.1 " + status,
            "Content-Type: text/html; charset=utf-8",
            "Content-Length: " + html.length(),
            "Content-Security-Policy: default-src 'none'; frame-ancestors 'none'",
            "X-Content-Type-Options: nosniff",
            "X-Frame-Options: DENY",
            "Referrer-Policy: no-referrer",
            "Cache-Control: no-store",
            "Connection: close",
            "",
            "");
    return (head + html).getBytes(StandardCharsets.US_ASCII);
  }
}
