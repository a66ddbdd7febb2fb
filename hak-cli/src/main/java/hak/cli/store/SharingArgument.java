package hak.cli.store;

import hak.store.Sharing;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Makes picocli read who may use a store, written in small letters: {@code group-reads}. */
final class SharingArgument implements ITypeConverter<Sharing> {
  @Override
  public Sharing convert(String value) {
    return Stream.of(Sharing.values())
        .filter(sharing -> show(sharing).equals(value))
        .findFirst()
        .orElseThrow(() ->
            new TypeConversionException(
                "'"
                    + value
                    + "' is none of "
                    + Stream.of(Sharing.values())
                        .map(SharingArgument::show)
                        .collect(Collectors.joining(", "))));
  }

  /** As it is written. */
  static String show(Sharing sharing) {
    return sharing.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
