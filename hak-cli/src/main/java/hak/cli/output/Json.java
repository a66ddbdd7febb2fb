package hak.cli.output;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;

/**
 * Reports as JSON: the fields are the components of their records, by name and in order. These
 * names are part of the interface: fields are added, none is renamed.
 */
public final class Json {
  private static final Gson GSON =
      new GsonBuilder().serializeNulls().setPrettyPrinting().disableHtmlEscaping().create();

  private Json() {}

  /** The JSON text of a public record, a map or a list. */
  public static String of(Object value) {
    return GSON.toJson(value);
  }
}
