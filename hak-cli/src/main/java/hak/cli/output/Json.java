package hak.cli.output;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonObject;
import java.util.Map;

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

  /** The JSON text of a record, with one field more, which is left out if it is null. */
  public static String of(Record value, String name, Object more) {
    return of(value, more == null ? Map.of() : Map.of(name, more));
  }

  /** The JSON text of a record, with some fields more, in order. */
  public static String of(Record value, Map<String, ?> more) {
    JsonObject json = GSON.toJsonTree(value).getAsJsonObject();
    more.forEach((name, each) -> json.add(name, GSON.toJsonTree(each)));
    return GSON.toJson(json);
  }
}
