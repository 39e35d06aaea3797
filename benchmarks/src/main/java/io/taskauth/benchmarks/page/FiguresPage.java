package io.taskauth.benchmarks.page;

import io.taskauth.benchmarks.Figures;
import java.util.List;

/** Writes the figures into the docs, so that nobody types a number. */
public final class FiguresPage {
  private static final List<String> STORES = List.of("memory", "duckdb", "postgresql", "redis");

  private FiguresPage() {}

  public static void main(String[] args) {
    Figures server = Figures.load("server");
    Figures pieces = Figures.load("pieces");
    Figures scale = Figures.load("scale");
    Figures nodes = Figures.load("nodes");
    Figures heap = Figures.load("heap");
    Page.of("performance.md")
        .put("server", server(server), server)
        .put("pieces", pieces(pieces), pieces)
        .put("scale", scale(scale), scale)
        .put("heap", heap(heap), heap)
        .put("targets", new Targets().lines())
        .save();
    Page.of("scaling.md")
        .put("needs", Needs.lines())
        .put("capacity", capacity(server), server)
        .put("revocation", revocation(nodes), nodes)
        .put("idle", idle(nodes), nodes)
        .save();
  }

  private static Table server(Figures figures) {
    Table table =
        new Table(figures, "")
            .column("requests/s", "requests-per-second", "%,.0f")
            .column("ratio", "ratio", "%.2f")
            .column("CPU µs", "cpu-micros", "%.1f")
            .column("more", "cpu-micros-more", "%+.1f")
            .column("p50 ms", "p50-micros", "%.2f", 1e-3)
            .column("p99 ms", "p99-micros", "%.2f", 1e-3)
            .column("bytes", "bytes", "%,.0f")
            .column("round trips", "round-trips", "%.2f")
            .row("unprotected", "unprotected.session");
    for (String store : STORES) {
      String name = Page.label(store);
      table
          .row(name + ", session, cached", store + ".session-cached")
          .row(name + ", token, cached", store + ".token-cached")
          .row(name + ", session, uncached", store + ".session-uncached")
          .row(name + ", token, uncached", store + ".token-uncached")
          .row(name + ", session, forged", store + ".forged")
          .row(name + ", imitation of a session library", store + ".imitation");
    }
    return table;
  }

  private static Table pieces(Figures figures) {
    Table table =
        new Table(figures, "")
            .column("µs", "micros", "%,.2f")
            .column("±", "micros-error", "%,.2f")
            .column("bytes", "bytes", "%,.0f")
            .row("token of a session, good", "Token.good")
            .row("token of a session, forged", "Token.forged")
            .row("token of a session, malformed", "Token.malformed")
            .row("session, cached", "CacheHit.session")
            .row("access token, cached", "CacheHit.token")
            .row("the filter, session cached", "Filter.cachedSession")
            .row("the filter, access token cached", "Filter.cachedToken")
            .row("CSRF token", "Csrf.check")
            .row("password", "Password.verify");
    for (String store : STORES) {
      table.row("session, " + Page.label(store), "CacheMiss.session." + store);
      table.row("access token, " + Page.label(store), "CacheMiss.token." + store);
    }
    return table;
  }

  private static Table scale(Figures figures) {
    Table table =
        new Table(figures, "")
            .column("sessions: few", "small", "%,.0f")
            .column("many", "large", "%,.0f")
            .column("time: few", "small-micros", "%,.1f µs")
            .column("many", "large-micros", "%,.1f µs")
            .column("ratio", "ratio", "%.2f");
    for (String store : STORES) {
      table
          .row("**" + Page.label(store) + "**", store + ".sessions")
          .row("look-up", store + ".find")
          .row("sign-in", store + ".open")
          .row("sign-out", store + ".end")
          .row("sweep of 500", store + ".sweep");
    }
    return table;
  }

  private static Table heap(Figures figures) {
    return new Table(figures, "")
        .column("sessions", "number", "%,.0f")
        .column("bytes each", "bytes", "%,.0f")
        .row("cached session", "session");
  }

  private static Table capacity(Figures figures) {
    Table table =
        new Table(figures, "one server, on the machine of the load too")
            .column("look-ups/s", "requests-per-second", "%,.0f")
            .column("p99 ms", "p99-micros", "%.2f", 1e-3);
    for (String store : List.of("postgresql", "redis")) {
      table.row(Page.label(store), store + ".session-uncached");
    }
    return table;
  }

  private static Table revocation(Figures figures) {
    Table table =
        new Table(figures, "")
            .column("p50 ms", "p50-millis", "%.2f")
            .column("p99 ms", "p99-millis", "%.2f")
            .column("most ms", "max-millis", "%.2f");
    for (String store : List.of("postgresql", "redis")) {
      table
          .row(Page.label(store) + ", since the answer", store + ".since-answer")
          .row(Page.label(store) + ", since it was asked for", store + ".since-asked");
    }
    return table;
  }

  private static Table idle(Figures figures) {
    Table table =
        new Table(figures, "nodes that only listen")
            .column("% of one processor", "percent", "%.1f");
    for (String store : List.of("postgresql", "redis")) {
      for (int nodes : List.of(0, 10, 100)) {
        table.row(Page.label(store) + ", " + nodes, store + ".idle-" + nodes);
      }
    }
    return table;
  }
}
