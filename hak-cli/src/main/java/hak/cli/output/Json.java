package hak.cli.output;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;

/** JSON of what only the command prints: fields are named as the components of the records are. */
public final class Json {
  private static final Gson GSON =
      new GsonBuilder().serializeNulls().setPrettyPrinting().disableHtmlEscaping().create();

  private Json() {}

  /** The JSON text of a public record, a map or a list. */
  public static String of(Object value) {
    return GSON.toJson(value);
  }
}
