package io.taskauth.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The host sees who is signed in, on whichever way the container takes the request to it. */
class ContainersTest {
  @ParameterizedTest
  @MethodSource("io.taskauth.servlet.Sites#all")
  void hostSeesNameAndRoles(Site site) {
    Answer answer = site.get("/jobs?colour=blue").as(site.signIn("olga")).send();
    assertThat(answer.text())
        .contains("method=GET", "user=olga", "principal=olga", "roles=viewer,operator\n")
        .contains("colour=blue", "path=" + site.mount.mountPath + "/jobs\n");
  }

  @ParameterizedTest
  @MethodSource("io.taskauth.servlet.Sites#all")
  void asyncDispatchStillKnowsWhoItIs(Site site) {
    Answer answer = site.get("/async").as(site.signIn("vera")).send();
    assertThat(answer.text())
        .contains("dispatch=ASYNC", "path=/dispatched", "user=vera", "roles=viewer\n");
  }

  @ParameterizedTest
  @MethodSource("io.taskauth.servlet.Sites#all")
  void errorDispatchReachesTheErrorPage(Site site) {
    Answer answer = site.get("/error").as(site.signIn("vera")).send();
    assertThat(answer.status()).isEqualTo(500);
    assertThat(answer.text()).contains("dispatch=ERROR", "path=/oops", "user=vera");
  }

  @ParameterizedTest
  @MethodSource("io.taskauth.servlet.Sites#all")
  void forwardKeepsThePrincipal(Site site) {
    Answer answer = site.get("/forward").as(site.signIn("vera")).send();
    assertThat(answer.text()).contains("dispatch=FORWARD", "user=vera", "roles=viewer\n");
  }

  @ParameterizedTest
  @MethodSource("io.taskauth.servlet.Sites#all")
  void openPathIsServedToNobodyAndToSomebody(Site site) {
    assertThat(site.get("/public/x").send().text()).contains("user=null", "roles=\n");
    assertThat(site.get("/public/x").as(site.signIn("vera")).send().text()).contains("user=vera");
  }

  @ParameterizedTest
  @MethodSource("io.taskauth.servlet.Sites#all")
  void errorPageAskedForDirectlyIsProtected(Site site) {
    for (String path : new String[] {"/oops", "/dispatched", "/forwarded"}) {
      assertThat(site.get(path).send().status()).isEqualTo(401);
    }
  }
}
