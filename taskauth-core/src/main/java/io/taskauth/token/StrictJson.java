package io.taskauth.token;

import io.jsonwebtoken.io.AbstractDeserializer;
import io.jsonwebtoken.io.AbstractSerializer;
import java.io.OutputStream;
import java.io.Reader;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** The JSON inside tokens: small, flat, no name twice (RFC 7519, section 4). */
final class StrictJson {
  private static final TypeReference<Map<String, Object>> OBJECT = new TypeReference<>() {};
  private static final JsonMapper MAPPER =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxNestingDepth(4)
                          .maxNumberLength(20)
                          .maxDocumentLength(4096)
                          .build())
                  .build())
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  // jjwt takes {} for no end at all and 1e400 for some end.
  private static final List<String> TIMES = List.of("exp", "nbf", "iat");

  private StrictJson() {}

  /** Null for the JSON {@code null}. */
  static @Nullable Map<String, Object> read(byte[] json) {
    return MAPPER.readValue(json, OBJECT);
  }

  /** For jjwt's builder. */
  static final class Writer extends AbstractSerializer<Map<String, ?>> {
    @Override
    protected void doSerialize(Map<String, ?> object, OutputStream out) {
      MAPPER.writeValue(out, object);
    }
  }

  /** For jjwt's parser. */
  static final class Parser extends AbstractDeserializer<Map<String, ?>> {
    @Override
    protected Map<String, ?> doDeserialize(Reader reader) {
      Map<String, Object> object = MAPPER.readValue(reader, OBJECT);
      for (String time : TIMES) {
        Object value = object.get(time);
        if (object.containsKey(time) && !(value instanceof Integer || value instanceof Long)) {
          throw new IllegalArgumentException(time + " is not a whole number of seconds");
        }
      }
      return object;
    }
  }
}
