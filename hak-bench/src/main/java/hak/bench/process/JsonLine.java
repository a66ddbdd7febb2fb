package hak.bench.process;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.ToNumberPolicy;

/**
 * What a process and those it started tell each other: a record as a line of JSON, by the names of
 * its components. The package of the record is open to Gson.
 */
public final class JsonLine {
  private static final Gson GSON =
      new GsonBuilder()
          .serializeSpecialFloatingPointValues()
          .setObjectToNumberStrategy(ToNumberPolicy.LONG_OR_DOUBLE) // the settings of a profile
          .disableHtmlEscaping()
          .create();

  private JsonLine() {}

  /** The line of a record; components that are null are left out. */
  public static String of(Record told) {
    return GSON.toJson(told);
  }

  /**
   * The record of a line.
   *
   * @throws com.google.gson.JsonParseException when it is none of that type
   */
  public static <T extends Record> T parse(String line, Class<T> type) {
    return GSON.fromJson(line, type);
  }
}
