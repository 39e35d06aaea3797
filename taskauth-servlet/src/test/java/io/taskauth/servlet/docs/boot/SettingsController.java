package io.taskauth.servlet.docs.boot;

import jakarta.servlet.http.HttpServletRequest;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** What only administrators reach, and what says how a request came to it. */
@RestController
@RequestMapping("/settings")
class SettingsController {
  @GetMapping("/who")
  String who(HttpServletRequest request) {
    return request.getRemoteUser() + " " + request.isUserInRole("admin");
  }
}
