package io.taskauth.servlet;

import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The decision table of everything that takes somebody: which caller may open which door. */
final class AccessTable {
  private static final String NOBODY = "00000000-0000-7000-8000-000000000000";
  private static final String NO_TOKEN = "0".repeat(32);
  private static final String NO_BODY = "";
  private static final String FORM = "application/x-www-form-urlencoded";

  private AccessTable() {}

  /** Who a path is for. */
  enum Door {
    ADMIN_API,
    ADMIN_PAGE,
    USER,
    SESSION
  }

  /**
   * @param reached the status of somebody who may; mostly a complaint about what was sent
   */
  record Row(Door door, String method, String path, String body, int reached) {
    Call call(Site site) {
      Call call = site.call(method, path);
      if (body.equals(FORM)) {
        return call.form();
      }
      return body.isEmpty() ? call : call.json(body);
    }

    boolean isSafe() {
      return method.equals("GET");
    }

    @Override
    public String toString() {
      return method + " " + path;
    }
  }

  static final List<Row> ROWS =
      List.of(
          api("GET", "/api/auth/users", NO_BODY, 200),
          api("POST", "/api/auth/users", "{}", 400),
          api("GET", "/api/auth/users/" + NOBODY, NO_BODY, 404),
          api("PATCH", "/api/auth/users/" + NOBODY, "{}", 404),
          api("DELETE", "/api/auth/users/" + NOBODY, NO_BODY, 404),
          api("POST", "/api/auth/users/" + NOBODY + "/activate", NO_BODY, 404),
          api("POST", "/api/auth/users/" + NOBODY + "/deactivate", NO_BODY, 404),
          api("POST", "/api/auth/users/" + NOBODY + "/reset-password", NO_BODY, 404),
          api("POST", "/api/auth/users/" + NOBODY + "/set-password", "{}", 404),
          api("DELETE", "/api/auth/users/" + NOBODY + "/sessions", NO_BODY, 404),
          api("GET", "/api/auth/admin/tokens", NO_BODY, 200),
          api("DELETE", "/api/auth/admin/tokens/" + NO_TOKEN, NO_BODY, 404),
          api("GET", "/api/auth/audit", NO_BODY, 200),
          api("GET", "/api/auth/admin/services", NO_BODY, 200),
          api("GET", "/api/auth/admin/services/" + NOBODY, NO_BODY, 404),
          api("DELETE", "/api/auth/admin/services/" + NOBODY, NO_BODY, 404),
          page("POST", "/api/auth/admin/services", "{}", 400),
          page("POST", "/api/auth/admin/services/" + NOBODY + "/rotate", "{}", 404),
          page("GET", "/auth/admin/services", NO_BODY, 200),
          page("POST", "/auth/admin/services", FORM, 400),
          page("GET", "/auth/admin/users", NO_BODY, 200),
          page("POST", "/auth/admin/users", FORM, 400),
          page("GET", "/auth/admin/users/" + NOBODY, NO_BODY, 404),
          page("POST", "/auth/admin/users/" + NOBODY, FORM, 404),
          page("GET", "/auth/admin/tokens", NO_BODY, 200),
          page("POST", "/auth/admin/tokens", FORM, 404),
          page("GET", "/auth/admin/audit", NO_BODY, 200),
          new Row(Door.USER, "POST", "/api/auth/ws-ticket", NO_BODY, 200),
          new Row(Door.USER, "GET", "/api/auth/whoami", NO_BODY, 200),
          new Row(Door.USER, "GET", "/api/auth/tokens", NO_BODY, 200),
          new Row(Door.USER, "GET", "/api/auth/tokens/" + NO_TOKEN, NO_BODY, 404),
          new Row(Door.USER, "DELETE", "/api/auth/tokens/" + NO_TOKEN, NO_BODY, 404),
          new Row(Door.SESSION, "POST", "/api/auth/tokens", "{}", 400),
          new Row(Door.SESSION, "GET", "/api/auth/sessions", NO_BODY, 200),
          new Row(Door.SESSION, "DELETE", "/api/auth/sessions", NO_BODY, 200),
          new Row(Door.SESSION, "DELETE", "/api/auth/sessions/" + NO_TOKEN, NO_BODY, 404),
          new Row(Door.SESSION, "POST", "/api/auth/change-password", "{}", 400),
          new Row(Door.SESSION, "GET", "/auth/authorize", NO_BODY, 400),
          new Row(Door.SESSION, "POST", "/auth/authorize", FORM, 400),
          new Row(Door.SESSION, "GET", "/auth/account", NO_BODY, 200),
          new Row(Door.SESSION, "POST", "/auth/account", FORM, 400));

  private static Row api(String method, String path, String body, int reached) {
    return new Row(Door.ADMIN_API, method, path, body, reached);
  }

  private static Row page(String method, String path, String body, int reached) {
    return new Row(Door.ADMIN_PAGE, method, path, body, reached);
  }

  private static final String YES = "";
  private static final String WHO = "not_authenticated";
  private static final String BAD = "invalid_token";
  private static final String ROLE = "forbidden";
  private static final String SCOPE = "insufficient_scope";
  private static final String IN_PERSON = "session_required";

  /**
   * A caller, and what each door answers: administration, its pages, reading, changing, session.
   */
  enum Caller {
    STRANGER((site, call) -> call, WHO, WHO, WHO, WHO, WHO),
    VIEWER((site, call) -> call.meantBy(site.known("vera")), ROLE, ROLE, YES, YES, YES),
    OPERATOR((site, call) -> call.meantBy(site.known("olga")), ROLE, ROLE, YES, YES, YES),
    ADMINISTRATOR((site, call) -> call.meantBy(site.known("ada")), YES, YES, YES, YES, YES),
    SESSION_BY_HEADER(
        (site, call) -> call.bearer(site.known("ada").token()), YES, YES, YES, YES, YES),
    TOKEN(token("ada"), YES, IN_PERSON, YES, YES, IN_PERSON),
    READ_TOKEN(token("ada", "read"), SCOPE, IN_PERSON, YES, SCOPE, IN_PERSON),
    ADMIN_TOKEN(token("ada", "admin"), YES, IN_PERSON, YES, YES, IN_PERSON),
    READ_AND_ADMIN_TOKEN(token("ada", "read", "admin"), YES, IN_PERSON, YES, SCOPE, IN_PERSON),
    HOSTS_TOKEN(token("ada", "deploy"), SCOPE, IN_PERSON, YES, YES, IN_PERSON),
    VIEWERS_TOKEN(token("vera"), ROLE, ROLE, YES, YES, IN_PERSON),
    VIEWERS_ADMIN_TOKEN(token("vera", "admin"), ROLE, ROLE, YES, YES, IN_PERSON),
    BAD_TOKEN_BESIDE_A_GOOD_COOKIE(
        (site, call) -> call.meantBy(site.known("ada")).bearer("taskauth_pat_x"),
        BAD,
        BAD,
        BAD,
        BAD,
        BAD),
    VIEWERS_TOKEN_BESIDE_A_GOOD_COOKIE(
        (site, call) -> call.meantBy(site.known("ada")).bearer(site.token("vera").secret()),
        ROLE,
        ROLE,
        YES,
        YES,
        IN_PERSON);

    private final BiFunction<Site, Call, Call> dress;
    private final Map<String, String> answers;

    Caller(
        BiFunction<Site, Call, Call> dress,
        String administration,
        String pages,
        String reading,
        String changing,
        String session) {
      this.dress = dress;
      this.answers =
          Map.of(
              "ADMIN_API", administration,
              "ADMIN_PAGE", pages,
              "USER reading", reading,
              "USER changing", changing,
              "SESSION", session);
    }

    private static BiFunction<Site, Call, Call> token(String owner, String... scopes) {
      return (site, call) -> call.bearer(site.token(owner, scopes).secret());
    }

    Call dress(Site site, Call call) {
      return dress.apply(site, call);
    }

    /** The code of the refusal, or empty. */
    String mayUse(Row row) {
      if (this == READ_AND_ADMIN_TOKEN && row.door() == Door.ADMIN_API && !row.isSafe()) {
        return SCOPE;
      }
      return answers.get(
          row.door() == Door.USER
              ? "USER " + (row.isSafe() ? "reading" : "changing")
              : row.door().name());
    }
  }

  static int status(String refusal, Row row) {
    return refusal.isEmpty()
        ? row.reached()
        : refusal.equals(WHO) || refusal.equals(BAD) ? 401 : 403;
  }

  /** As {@code Allow} lists them. */
  static String methods(String path) {
    return ROWS.stream()
        .filter(row -> row.path().equals(path))
        .map(Row::method)
        .flatMap(method -> method.equals("GET") ? Stream.of("GET", "HEAD") : Stream.of(method))
        .sorted()
        .collect(Collectors.joining(", "));
  }
}
