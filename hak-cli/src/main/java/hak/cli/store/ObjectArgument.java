package hak.cli.store;

import hak.store.ObjectRef;
import hak.store.ObjectStore;
import hak.store.ObjectView;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * An object as a command line names it: a ref if it begins with {@code @}, else a name.
 *
 * @param ref null for a name
 */
record ObjectArgument(String text, ObjectRef ref) {
  /** What Java makes of bytes that mean nothing in the locale. */
  static final char NOT_DECODED = '\uFFFD';

  /** Makes picocli read a ref or a name. */
  static final class Converter implements ITypeConverter<ObjectArgument> {
    @Override
    public ObjectArgument convert(String value) {
      if (!value.startsWith("@")) {
        return new ObjectArgument(new NameConverter().convert(value), null);
      }
      try {
        return new ObjectArgument(value, ObjectRef.parse(value));
      } catch (IllegalArgumentException e) {
        throw new TypeConversionException(e.getMessage());
      }
    }
  }

  /** Makes picocli read the name of an object. */
  static final class NameConverter implements ITypeConverter<String> {
    @Override
    public String convert(String value) {
      int bytes = value.getBytes(StandardCharsets.UTF_8).length;
      if (bytes == 0 || bytes > ObjectStore.MAX_NAME_BYTES) {
        throw new TypeConversionException(
            "a name has 1 to " + ObjectStore.MAX_NAME_BYTES + " bytes of UTF-8, this one " + bytes);
      }
      if (value.indexOf(NOT_DECODED) >= 0) {
        throw new TypeConversionException(
            "the name is not in the encoding of the locale: " + value + " (try LC_ALL=C.UTF-8)");
      }
      if (value.startsWith("@")) {
        throw new TypeConversionException("a name does not begin with @, as refs do: " + value);
      }
      return value;
    }
  }

  ObjectRef find(ObjectStore store) {
    return ref != null ? ref : store.find(text);
  }

  ObjectView get(ObjectStore store) {
    return ref != null ? store.get(ref) : store.get(text);
  }

  ObjectView get(ObjectStore store, Duration timeout) throws InterruptedException {
    return ref != null ? store.get(ref, timeout) : store.get(text, timeout);
  }

  @Override
  public String toString() {
    return text;
  }
}
