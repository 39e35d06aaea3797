package io.taskauth.servlet;

import io.taskauth.servlet.http.Handshake;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.util.Collections;
import java.util.Enumeration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A request without the ticket that it came with: whatever the host logs or answers of it tells
 * nothing.
 */
final class TicketlessRequest extends HttpServletRequestWrapper {
  TicketlessRequest(HttpServletRequest request) {
    super(request);
  }

  @Override
  public @Nullable String getQueryString() {
    return withoutTicket(super.getQueryString());
  }

  /** Containers keep the query of the first request in attributes while they dispatch it again. */
  @Override
  public @Nullable Object getAttribute(String name) {
    Object value = super.getAttribute(name);
    return value instanceof String query && name.endsWith(".query_string")
        ? withoutTicket(query)
        : value;
  }

  private @Nullable String withoutTicket(@Nullable String query) {
    if (query == null || super.getParameter(Handshake.TICKET_PARAMETER) == null) {
      return query;
    }
    // What is left may be spelt in many ways; the decoded names are what counts.
    String rest =
        Stream.of(query.split("&", -1))
            .filter(pair -> isHarmless(pair))
            .collect(Collectors.joining("&"));
    return rest.isEmpty() ? null : rest;
  }

  private static boolean isHarmless(String pair) {
    String name = pair.split("=", 2)[0];
    return !name.contains("%") && !name.equals(Handshake.TICKET_PARAMETER);
  }

  @Override
  public @Nullable String getParameter(String name) {
    return name.equals(Handshake.TICKET_PARAMETER) ? null : super.getParameter(name);
  }

  @Override
  public String @Nullable [] getParameterValues(String name) {
    return name.equals(Handshake.TICKET_PARAMETER) ? null : super.getParameterValues(name);
  }

  @Override
  public Map<String, String[]> getParameterMap() {
    Map<String, String[]> parameters = new LinkedHashMap<>(super.getParameterMap());
    parameters.remove(Handshake.TICKET_PARAMETER);
    return Collections.unmodifiableMap(parameters);
  }

  @Override
  public Enumeration<String> getParameterNames() {
    return Collections.enumeration(getParameterMap().keySet());
  }

  @Override
  public @Nullable String getHeader(String name) {
    return name.equalsIgnoreCase(Handshake.PROTOCOLS)
        ? protocols().stream().findFirst().orElse(null)
        : super.getHeader(name);
  }

  @Override
  public Enumeration<String> getHeaders(String name) {
    return name.equalsIgnoreCase(Handshake.PROTOCOLS)
        ? Collections.enumeration(protocols())
        : super.getHeaders(name);
  }

  /** As one line, or none. */
  private List<String> protocols() {
    String left =
        Collections.list(super.getHeaders(Handshake.PROTOCOLS)).stream()
            .flatMap(line -> Stream.of(line.split(",", -1)))
            .map(String::strip)
            .filter(protocol -> !Handshake.isTicket(protocol))
            .collect(Collectors.joining(", "));
    return left.isEmpty() ? List.of() : List.of(left);
  }
}
