package io.taskauth.server.docs;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Whether links within the project lead somewhere: to a file, and to a heading of it. */
final class Links {
  private final Repository repository;
  private final Map<String, Page> pages;

  Links(Repository repository, List<Page> pages) {
    this.repository = repository;
    this.pages = pages.stream().collect(Collectors.toMap(Page::path, Function.identity()));
  }

  /** A sentence for each link that leads nowhere. */
  List<String> broken(Page page) {
    List<String> broken = new ArrayList<>();
    for (String link : page.links()) {
      if (!link.matches("(?:https?|mailto):.*") && !leadsSomewhere(page, link)) {
        broken.add(page.path() + " links to " + link + ", which is not there");
      }
    }
    return broken;
  }

  /** The pages that this one links to. */
  List<String> targets(Page page) {
    return page.links().stream().map(link -> target(page, link)).toList();
  }

  private boolean leadsSomewhere(Page page, String link) {
    String target = target(page, link);
    Page other = pages.get(target);
    int hash = link.indexOf('#');
    return hash < 0
        ? other != null || repository.has(target)
        : other != null && other.anchors().contains(link.substring(hash + 1));
  }

  private static String target(Page page, String link) {
    String path = link.split("#", 2)[0];
    Path here = Path.of(page.path());
    return (path.isEmpty() ? here : here.resolveSibling(path))
        .normalize()
        .toString()
        .replace('\\', '/');
  }
}
