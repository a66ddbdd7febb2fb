package hak.cli.store;

import hak.core.spi.Option;
import hak.store.StoreOptions;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** What the numbers of a new store may be; amounts are written as in a profile. */
abstract class StoreLimit implements ITypeConverter<Long> {
  private final Option option;

  private StoreLimit(Option option) {
    this.option = option;
  }

  @Override
  public Long convert(String value) {
    try {
      return (Long) option.parse(value);
    } catch (IllegalArgumentException e) {
      throw new TypeConversionException(e.getMessage());
    }
  }

  /** An amount of data. */
  static final class Bytes extends StoreLimit {
    private static final Option OPTION =
        Option.bytes(
            "bytes",
            StoreOptions.MIN_CAPACITY_BYTES,
            StoreOptions.MAX_CAPACITY_BYTES,
            StoreOptions.DEFAULT.capacityBytes(),
            "");

    Bytes() {
      super(OPTION);
    }

    /** The amount as it is written. */
    static String show(long bytes) {
      return OPTION.show(bytes);
    }
  }

  /** A number of objects. */
  static final class Objects extends StoreLimit {
    Objects() {
      super(
          Option.count(
              "objects",
              "objects",
              1,
              StoreOptions.MAX_OBJECTS,
              StoreOptions.DEFAULT.objectLimit(),
              ""));
    }
  }

  /** A number of processes. */
  static final class Processes extends StoreLimit {
    Processes() {
      super(
          Option.count(
              "processes",
              "processes",
              1,
              StoreOptions.MAX_PROCESSES,
              StoreOptions.DEFAULT.processLimit(),
              ""));
    }
  }
}
