package io.taskauth.server.docs;

import java.util.Optional;

/**
 * A fenced block of a page.
 *
 * @param line where it begins, counted from 1
 * @param language the word after the fence, empty where there is none
 * @param text without the indentation that it has in a list
 */
record Block(String page, int line, String language, Optional<Marker> marker, String text) {
  /** Where to find it, and what it is. */
  String place() {
    String of = marker.map(m -> ", " + m).orElse("");
    return page + ":" + line + " (" + (language.isEmpty() ? "no language" : language) + of + ")";
  }
}
