/**
 * All of taskauth that speaks HTTP: {@link io.taskauth.servlet.TaskAuthFilter} with its API and its
 * pages, for any Jakarta Servlet 6 container. {@link io.taskauth.servlet.WebOptions} sets it, and
 * {@link io.taskauth.servlet.TaskAuthPrincipal} says who makes a request.
 *
 * <p>The servlet API comes from the container. One that brings it in a module of its own, as Tomcat
 * does, is made readable by {@code --add-reads io.taskauth.servlet=<that module>}.
 */
@SuppressWarnings("requires-automatic") // Its name is in the manifest of its jar, and lasts.
module io.taskauth.servlet {
  requires transitive io.taskauth;
  requires static jakarta.servlet;
  requires org.slf4j;
  requires tools.jackson.core;
  requires tools.jackson.databind;
  requires gg.jte.runtime;
  requires static java.compiler; // for @Generated on what jte makes of the pages

  exports io.taskauth.servlet;
}
