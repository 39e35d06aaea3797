package io.taskauth.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.PathItem;
import io.swagger.v3.oas.models.PathItem.HttpMethod;
import io.swagger.v3.parser.OpenAPIV3Parser;
import io.swagger.v3.parser.core.models.SwaggerParseResult;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** docs/openapi.yaml is proper, and what it says is there answers with these methods alone. */
class OpenApiTest {
  private static final Path FILE =
      Path.of("").toAbsolutePath().getParent().resolve("docs/openapi.yaml");
  private static final SwaggerParseResult READ =
      new OpenAPIV3Parser().readLocation(FILE.toString(), null, null);
  private static final OpenAPI API = READ.getOpenAPI();
  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  private static RunningServer server;
  private static String[] root;

  @BeforeAll
  static void start() throws Exception {
    server = RunningServer.start(RunningServer.ADMIN);
    root = server.bearer("root");
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  static Set<String> paths() {
    return API.getPaths().keySet();
  }

  @Test
  void theFileIsProper() {
    assertThat(READ.getMessages()).isEmpty();
    assertThat(API.getOpenapi()).startsWith("3.1.");
  }

  @Test
  void everyOperationSaysWhoMayAndWhatCanGoWrong() {
    assertThat(operations())
        .isNotEmpty()
        .allSatisfy(
            operation -> {
              String role = String.valueOf(operation.getExtensions().get("x-role"));
              assertThat(operation.getTags()).hasSize(1);
              assertThat(operation.getSecurity()).as(operation.getOperationId()).isNotNull();
              assertThat(operation.getSecurity().isEmpty()).isEqualTo(role.equals("everybody"));
              if (!role.equals("everybody")) {
                assertThat(operation.getResponses()).containsKeys("401", "403", "503");
              }
            });
    assertThat(operations().stream().map(Operation::getOperationId)).doesNotHaveDuplicates();
  }

  private static List<Operation> operations() {
    return API.getPaths().values().stream()
        .map(PathItem::readOperations)
        .flatMap(List::stream)
        .toList();
  }

  /** With 405 nothing has been done, so this can be tried at every path. */
  @ParameterizedTest
  @MethodSource("paths")
  void noOtherMethodIsAnswered(String path) throws Exception {
    Set<HttpMethod> written = API.getPaths().get(path).readOperationsMap().keySet();
    for (HttpMethod method : List.of(HttpMethod.POST, HttpMethod.PUT, HttpMethod.DELETE)) {
      if (!written.contains(method)) {
        HttpResponse<Void> answer = send(method, path.replaceAll("\\{[a-z_]+}", "x"));
        assertThat(answer.statusCode()).as(method + " " + path).isEqualTo(405);
        answer
            .headers()
            .firstValue("Allow")
            .ifPresent(allow -> assertThat(methods(allow)).isEqualTo(names(written)));
      }
    }
  }

  private static HttpResponse<Void> send(HttpMethod method, String path) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(server.url(path)))
            .headers(root)
            .method(method.name(), BodyPublishers.noBody())
            .build();
    return CLIENT.send(request, BodyHandlers.discarding());
  }

  private static Set<String> methods(String allow) {
    // What GET answers HEAD answers too, so the file does not name it.
    return Stream.of(allow.split(",", -1))
        .map(String::strip)
        .filter(name -> !name.equals("HEAD"))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static Set<String> names(Set<HttpMethod> methods) {
    return methods.stream().map(HttpMethod::name).collect(Collectors.toCollection(TreeSet::new));
  }
}
