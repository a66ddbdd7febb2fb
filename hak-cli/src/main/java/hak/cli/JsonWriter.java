package hak.cli;

import java.util.Collection;

/** Writes JSON, indented. The caller closes what it opens. */
final class JsonWriter {
  private final StringBuilder text = new StringBuilder();
  private int depth;
  private boolean first = true;
  private boolean afterName;

  JsonWriter beginObject() {
    return open('{');
  }

  JsonWriter endObject() {
    return close('}');
  }

  JsonWriter beginArray() {
    return open('[');
  }

  JsonWriter endArray() {
    return close(']');
  }

  /** The name of the member whose value comes next. */
  JsonWriter name(String name) {
    next();
    quote(name);
    text.append(": ");
    afterName = true;
    return this;
  }

  /** A string, a number, a boolean or null. */
  JsonWriter value(Object value) {
    next();
    if (value instanceof String string) {
      quote(string);
    } else {
      text.append(value);
    }
    return this;
  }

  /** An array of strings. */
  JsonWriter strings(Collection<String> values) {
    beginArray();
    values.stream().sorted().forEach(this::value);
    return endArray();
  }

  private JsonWriter open(char bracket) {
    next();
    text.append(bracket);
    depth++;
    first = true;
    return this;
  }

  private JsonWriter close(char bracket) {
    depth--;
    if (!first) {
      newLine();
    }
    text.append(bracket);
    first = false;
    return this;
  }

  private void next() {
    if (afterName) {
      afterName = false;
      return;
    }
    if (!first) {
      text.append(',');
    }
    if (depth > 0) {
      newLine();
    }
    first = false;
  }

  private void newLine() {
    text.append(System.lineSeparator()).append("  ".repeat(depth));
  }

  private void quote(String string) {
    text.append('"');
    for (char c : string.toCharArray()) {
      if (c == '"' || c == '\\') {
        text.append('\\').append(c);
      } else if (c < ' ') {
        text.append(String.format("\\u%04x", (int) c));
      } else {
        text.append(c);
      }
    }
    text.append('"');
  }

  @Override
  public String toString() {
    return text.toString();
  }
}
