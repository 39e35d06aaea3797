package io.taskauth.servlet;

import static io.taskauth.servlet.Scenario.passed;
import static io.taskauth.servlet.Scenario.refused;

import io.taskauth.live.InternalCredential;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Everything that may come to a token route, and what becomes of it. */
final class TokenRouteTable {
  private static final String WHO = "not_authenticated";
  private static final String BAD = "invalid_token";
  private static final String OUT = "provider_unavailable";
  private static final String SCOPE = "insufficient_scope";
  private static final String ROLE = "forbidden";

  private TokenRouteTable() {}

  static String internalCredential(Site site) {
    Map<String, String> environment = new HashMap<>();
    site.auth.internalCredential().giveTo(environment);
    return environment.get(InternalCredential.VARIABLE);
  }

  private static Call machine(Site site) {
    return site.get("/machine");
  }

  private static Call machine(Site site, String token) {
    return machine(site).bearer(token);
  }

  private static Call authorization(Site site, String value) {
    return machine(site).header("Authorization", value);
  }

  static final List<Scenario> CREDENTIALS =
      List.of(
          refused("nothing", 401, WHO, s -> machine(s)),
          refused("a cookie", 401, WHO, s -> machine(s).meantBy(s.known("ada"))),
          refused("an empty header", 401, BAD, s -> authorization(s, "")),
          refused("no token", 401, BAD, s -> authorization(s, "Bearer ")),
          refused("two words", 401, BAD, s -> authorization(s, "Bearer a b")),
          refused("another alphabet", 401, BAD, s -> authorization(s, "Bearer a,b")),
          refused("another scheme", 401, BAD, s -> authorization(s, "Basic YTpi")),
          refused(
              "two headers",
              401,
              BAD,
              s -> machine(s, Site.CONFIG_SECRET).bearer(Site.CONFIG_SECRET)),
          refused("an unknown token", 401, BAD, s -> machine(s, "nobody.knows.it")),
          refused("a token too long", 401, BAD, s -> machine(s, "x".repeat(7000))),
          refused(
              "an unknown token beside a cookie",
              401,
              BAD,
              s -> machine(s, "nobody").meantBy(s.known("ada"))),
          refused("a user's token", 401, BAD, s -> machine(s, s.token("ada").secret())),
          refused("a made-up user's token", 401, BAD, s -> machine(s, "taskauth_pat_valid")),
          refused("a session's token", 401, BAD, s -> machine(s, s.known("ada").token())),
          refused("a child's credential", 401, BAD, s -> machine(s, internalCredential(s))),
          refused("a made-up account's token", 401, BAD, s -> machine(s, "taskauth_svc_valid")),
          passed("a secret of the configuration", s -> machine(s, Site.CONFIG_SECRET)),
          passed("the scheme in any case", s -> authorization(s, "bEaReR " + Site.CONFIG_SECRET)),
          passed(
              "a good token beside a dead cookie",
              s -> machine(s, Site.CONFIG_SECRET).cookie("taskauth_session=a.b.c")),
          passed("by POST, without a CSRF token", s -> s.post("/machine").bearer("cloud.x")));

  static final List<Scenario> PROVIDERS =
      List.of(
          passed("the first knows it", s -> machine(s, "cloud.x")),
          passed("the second knows it", s -> machine(s, "x.valid")),
          refused("one is out", 503, OUT, s -> machine(s, "out.x")),
          refused("one is out, beside a cookie", 503, OUT, s -> machine(s, "out.x").as(ada(s))),
          passed("one is out, the next knows it", s -> machine(s, "out.valid")),
          refused("one throws", 401, BAD, s -> machine(s, "throws.x")),
          passed("one throws, the next knows it", s -> machine(s, "throws.valid")),
          refused("one fails", 401, BAD, s -> machine(s, "fails.x")),
          passed("one fails, the next knows it", s -> machine(s, "fails.valid")),
          refused("one gives null", 401, BAD, s -> machine(s, "null.x")),
          passed("one gives null, the next knows it", s -> machine(s, "null.valid")),
          refused("one says it is us", 401, BAD, s -> machine(s, "internal.x")),
          refused("one says it is the configuration", 401, BAD, s -> machine(s, "config.x")),
          refused("one takes a name like ours", 401, BAD, s -> machine(s, "made-up.x")),
          passed("one says it is us, the next knows it", s -> machine(s, "internal.valid")));

  private static SignedIn ada(Site site) {
    return site.known("ada");
  }

  static final List<Scenario> ROUTES =
      List.of(
          passed("GET with the scope", s -> s.get("/drain").bearer(Site.CONFIG_SECRET)),
          passed("POST with the scope", s -> s.post("/drain").bearer(Site.CONFIG_SECRET)),
          refused("GET without the scope", 403, SCOPE, s -> s.get("/drain").bearer("x.valid")),
          refused("POST without the scope", 403, SCOPE, s -> s.post("/drain").bearer("x.valid")),
          passed("DELETE takes none", s -> s.call("DELETE", "/drain").bearer("x.valid")),
          refused("DELETE takes a token", 401, WHO, s -> s.call("DELETE", "/drain").as(ada(s))),
          refused(
              "PUT is not for it",
              405,
              "method_not_allowed",
              s -> s.call("PUT", "/drain").bearer(Site.CONFIG_SECRET)),
          refused(
              "OPTIONS neither, for anybody",
              405,
              "method_not_allowed",
              s -> s.call("OPTIONS", "/drain").meantBy(ada(s))),
          refused("under an open prefix", 401, WHO, s -> s.get("/public/machine")),
          refused("there with a cookie", 401, WHO, s -> s.get("/public/machine").as(ada(s))),
          refused(
              "there with an unknown token", 401, BAD, s -> s.get("/public/machine").bearer("x")),
          passed(
              "there with a good one", s -> s.get("/public/machine").bearer(Site.CONFIG_SECRET)));

  static final List<Scenario> FOR_USERS =
      List.of(
          passed("a cookie", s -> s.get("/metrics").as(s.known("vera"))),
          passed("a user's token", s -> s.get("/metrics").bearer(s.token("vera").secret())),
          passed(
              "a user's reading token",
              s -> s.get("/metrics").bearer(s.token("vera", "read").secret())),
          passed("a session's token", s -> s.get("/metrics").bearer(s.known("vera").token())),
          passed("a machine with the scope", s -> s.get("/metrics").bearer("x.valid")),
          refused(
              "a machine without it",
              403,
              SCOPE,
              s -> s.get("/metrics").bearer(Site.CONFIG_SECRET)),
          refused("nobody", 401, WHO, s -> s.get("/metrics")),
          refused("an unknown token", 401, BAD, s -> s.get("/metrics").bearer("nobody")),
          refused(
              "a made-up user's token", 401, BAD, s -> s.get("/metrics").bearer("taskauth_pat_x")),
          refused(
              "a child's credential",
              401,
              BAD,
              s -> s.get("/metrics").bearer(internalCredential(s))),
          refused(
              "another scheme beside a cookie",
              401,
              BAD,
              s -> s.get("/metrics").header("Authorization", "Basic YTpi").as(ada(s))),
          refused("a provider is out", 503, OUT, s -> s.get("/metrics").bearer("out.x")),
          refused(
              "a forged change", 403, "csrf_failed", s -> s.post("/metrics").as(s.known("vera"))),
          passed("a change that was meant", s -> s.post("/metrics").meantBy(s.known("vera"))),
          refused("the role holds", 403, ROLE, s -> s.get("/admin/metrics").as(s.known("vera"))),
          passed("for users", s -> s.get("/admin/metrics").as(ada(s))),
          passed("not for machines", s -> s.get("/admin/metrics").bearer("x.valid")),
          refused("nobody, under an open prefix", 401, WHO, s -> s.get("/public/metrics")),
          passed("somebody there", s -> s.get("/public/metrics").as(s.known("vera"))),
          refused(
              "a forged change there",
              403,
              "csrf_failed",
              s -> s.post("/public/metrics").as(s.known("vera"))),
          refused("elsewhere: a page", 401, BAD, s -> s.get("/jobs").bearer(Site.CONFIG_SECRET)),
          refused(
              "elsewhere: beside a cookie",
              401,
              BAD,
              s -> s.get("/jobs").bearer(Site.CONFIG_SECRET).as(ada(s))),
          refused(
              "elsewhere: the library's",
              401,
              BAD,
              s -> s.get("/api/auth/users").bearer("x.valid")));

  static final List<Scenario> LOOPBACK =
      List.of(
          passed("from here", s -> here(s)),
          refused("from here, nobody", 401, WHO, s -> s.get("/here")),
          refused("by a proxy", 403, ROLE, s -> here(s).header("X-Forwarded-For", "203.0.113.9")),
          refused("that says it is us", 403, ROLE, s -> here(s).header("x-forwarded-for", "::1")),
          refused("by another", 403, ROLE, s -> here(s).header("Forwarded", "for=127.0.0.1")),
          refused("by a third", 403, ROLE, s -> here(s).header("X-Real-IP", "127.0.0.1")),
          refused("by a fourth", 403, ROLE, s -> here(s).header("Via", "1.1 cache")),
          refused("that ends TLS", 403, ROLE, s -> here(s).header("X-Forwarded-Proto", "https")),
          refused(
              "by a proxy, nobody",
              403,
              ROLE,
              s -> s.get("/here").header("X-Forwarded-For", "203.0.113.9")));

  private static Call here(Site site) {
    return site.get("/here").bearer(Site.CONFIG_SECRET);
  }
}
