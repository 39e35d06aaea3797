package io.taskauth.server.docs;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A page of Markdown, as GitHub reads it.
 *
 * @param path from the root of the repository
 * @param prose the lines that stand in no block
 */
record Page(String path, List<Block> blocks, List<String> prose) {
  private static final Pattern FENCE = Pattern.compile("( *)(`{3,}|~{3,})(.*)");
  private static final Pattern HEADING = Pattern.compile("#{1,6} +(.*?)[ #]*");
  private static final Pattern LINK = Pattern.compile("\\]\\(([^)\\s]+)\\)");
  private static final Pattern HTML_LINK = Pattern.compile("(?:href|src)=\"([^\"]+)\"");

  /**
   * @throws IllegalArgumentException where a block does not end
   */
  static Page read(String path, String text) {
    List<Block> blocks = new ArrayList<>();
    List<String> prose = new ArrayList<>();
    List<String> lines = text.lines().toList();
    for (int at = 0; at < lines.size(); at++) {
      Matcher fence = FENCE.matcher(lines.get(at));
      if (!fence.matches()) {
        prose.add(lines.get(at));
        continue;
      }
      int begin = at;
      List<String> inside = new ArrayList<>();
      for (at++; at < lines.size() && !isEnd(lines.get(at), fence.group(2)); at++) {
        inside.add(lines.get(at));
      }
      if (at == lines.size()) {
        throw new IllegalArgumentException(path + ":" + (begin + 1) + " begins a block for ever");
      }
      Optional<Marker> marker = begin == 0 ? Optional.empty() : Marker.of(lines.get(begin - 1));
      String code = String.join("\n", inside).stripIndent().strip();
      blocks.add(new Block(path, begin + 1, fence.group(3).strip(), marker, code));
    }
    return new Page(path, blocks, prose);
  }

  private static boolean isEnd(String line, String fence) {
    return line.strip().startsWith(fence)
        && line.strip().chars().allMatch(c -> c == fence.charAt(0));
  }

  /** Where the links and pictures of the page lead, as written. */
  List<String> links() {
    List<String> links = new ArrayList<>();
    for (Pattern pattern : List.of(LINK, HTML_LINK)) {
      Matcher link = pattern.matcher(String.join("\n", prose));
      while (link.find()) {
        links.add(link.group(1));
      }
    }
    return links;
  }

  /** What can stand after {@code #} in a link to this page. */
  Set<String> anchors() {
    Map<String, Integer> seen = new HashMap<>();
    return prose.stream()
        .map(HEADING::matcher)
        .filter(Matcher::matches)
        .map(heading -> anchor(heading.group(1)))
        .map(
            anchor -> {
              int before = seen.merge(anchor, 1, Integer::sum) - 1;
              return before == 0 ? anchor : anchor + "-" + before;
            })
        .collect(Collectors.toSet());
  }

  private static String anchor(String heading) {
    return heading
        .replaceAll("\\[([^\\]]*)\\]\\([^)]*\\)", "$1")
        .toLowerCase(Locale.ROOT)
        .replaceAll("[^\\p{L}\\p{N} _-]", "")
        .replace(' ', '-');
  }
}
