package io.taskauth.cli;

import com.google.gson.Strictness;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonWriter;
import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * JSON texts to objects and back, on Gson's streaming half: its data binding would be twice the
 * classes at every start.
 */
final class Json {
  private Json() {}

  /** Empty where this is no JSON object, has a name twice, or is nested more than 255 deep. */
  static Optional<JsonObject> parse(String text) {
    try (JsonReader reader = new JsonReader(new StringReader(text))) {
      reader.setStrictness(Strictness.STRICT);
      Object value = read(reader);
      return switch (reader.peek()) {
        case END_DOCUMENT ->
            Optional.ofNullable(value instanceof JsonObject object ? object : null);
        default -> Optional.empty();
      };
    } catch (IOException | IllegalStateException | NumberFormatException e) {
      return Optional.empty();
    }
  }

  private static @Nullable Object read(JsonReader reader) throws IOException {
    return switch (reader.peek()) {
      case BEGIN_OBJECT -> readObject(reader);
      case BEGIN_ARRAY -> readList(reader);
      case STRING -> reader.nextString();
      case NUMBER -> new BigDecimal(reader.nextString());
      case BOOLEAN -> reader.nextBoolean();
      case NULL -> {
        reader.nextNull();
        yield null;
      }
      default -> throw new IOException("no value");
    };
  }

  private static List<@Nullable Object> readList(JsonReader reader) throws IOException {
    List<@Nullable Object> list = new ArrayList<>();
    reader.beginArray();
    while (reader.hasNext()) {
      list.add(read(reader));
    }
    reader.endArray();
    return list;
  }

  private static JsonObject readObject(JsonReader reader) throws IOException {
    JsonObject object = new JsonObject();
    reader.beginObject();
    while (reader.hasNext()) {
      String name = reader.nextName();
      if (object.members().containsKey(name)) {
        throw new IOException("a name twice");
      }
      object.with(name, read(reader));
    }
    reader.endObject();
    return object;
  }

  /** On one line. */
  static String compact(Object value) {
    return write(value, "");
  }

  /** For people and programs alike, and safe to show on a terminal. */
  static String pretty(Object value) {
    // What can do harm can only stand inside of strings, except for the line breaks made here.
    return String.join("\n", write(value, "  ").lines().map(VisibleText::of).toList());
  }

  private static String write(Object value, String indent) {
    StringWriter text = new StringWriter();
    try (JsonWriter writer = new JsonWriter(text)) {
      writer.setIndent(indent);
      writer.setHtmlSafe(false);
      write(writer, value);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text.toString();
  }

  private static void write(JsonWriter writer, @Nullable Object value) throws IOException {
    if (value instanceof JsonObject object) {
      writer.beginObject();
      for (Map.Entry<String, @Nullable Object> member : object.members().entrySet()) {
        writer.name(member.getKey());
        write(writer, member.getValue());
      }
      writer.endObject();
    } else if (value instanceof List<?> list) {
      writer.beginArray();
      for (Object item : list) {
        write(writer, item);
      }
      writer.endArray();
    } else if (value instanceof Boolean flag) {
      writer.value(flag);
    } else if (value instanceof Number number) {
      writer.value(number);
    } else if (value == null) {
      writer.nullValue();
    } else {
      writer.value(value.toString());
    }
  }
}
