package io.taskauth.servlet.http;

import jakarta.servlet.http.HttpServletRequest;
import java.lang.reflect.Proxy;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/** A request with these headers and this path, as no server would make one. */
final class FakeRequest {
  private FakeRequest() {}

  static HttpServletRequest with(Map<String, List<String>> headers) {
    return of(headers, "/", "", "/");
  }

  /** A path as it came, and what the container made of it. */
  static HttpServletRequest at(String uri, String contextPath, String dispatched) {
    return of(Map.of(), uri, contextPath, dispatched);
  }

  /** From an address, as the container sees it. */
  static HttpServletRequest from(String address, String... headers) {
    return (HttpServletRequest)
        Proxy.newProxyInstance(
            FakeRequest.class.getClassLoader(),
            new Class<?>[] {HttpServletRequest.class},
            (self, method, arguments) ->
                switch (method.getName()) {
                  case "getRemoteAddr" -> address;
                  case "getHeaderNames" -> Collections.enumeration(List.of(headers));
                  default -> throw new UnsupportedOperationException(method.getName());
                });
  }

  private static HttpServletRequest of(
      Map<String, List<String>> headers, String uri, String contextPath, String dispatched) {
    return (HttpServletRequest)
        Proxy.newProxyInstance(
            FakeRequest.class.getClassLoader(),
            new Class<?>[] {HttpServletRequest.class},
            (self, method, arguments) ->
                switch (method.getName()) {
                  case "getHeader" ->
                      headers.getOrDefault(arguments[0], List.of()).stream()
                          .findFirst()
                          .orElse(null);
                  case "getHeaders" ->
                      Collections.enumeration(headers.getOrDefault(arguments[0], List.of()));
                  case "getRequestURI" -> uri;
                  case "getContextPath" -> contextPath;
                  case "getServletPath" -> "";
                  case "getPathInfo" -> dispatched;
                  case "getQueryString" -> null;
                  default -> throw new UnsupportedOperationException(method.getName());
                });
  }
}
