package hak.cli;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;

/** JSON of what only the command prints: fields are named as the components of the records are. */
final class Json {
  private static final Gson GSON =
      new GsonBuilder().serializeNulls().setPrettyPrinting().disableHtmlEscaping().create();

  private Json() {}

  /** The JSON text of a public record, a map or a list. */
  static String of(Object value) {
    return GSON.toJson(value);
  }
}
