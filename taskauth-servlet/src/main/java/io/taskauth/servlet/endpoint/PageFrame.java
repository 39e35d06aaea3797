package io.taskauth.servlet.endpoint;

import io.taskauth.servlet.http.Branding;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What every page needs to know.
 *
 * @param base the path that the library is mounted at, empty for the root
 * @param csrf the token that forms of this page carry
 * @param user how to call who is signed in, or null
 */
public record PageFrame(
    String title,
    Branding branding,
    List<String> stylesheets,
    String base,
    String csrf,
    @Nullable String user) {}
