package io.taskauth.servlet.docs.boot;

import java.security.Principal;
import java.util.concurrent.Callable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

// docs:begin bootcontroller
@RestController
class JobsController {
  @GetMapping("/jobs")
  String jobs(Principal user) {
    return "the jobs that " + user.getName() + " may see";
  }

  @PostMapping("/jobs")
  String run(Principal user) {
    return user.getName() + " runs a job";
  }

  @GetMapping("/slow")
  Callable<String> slow(Principal user) {
    return () -> user.getName() + " waited for this";
  }
}
// docs:end bootcontroller
