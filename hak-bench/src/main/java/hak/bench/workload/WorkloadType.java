package hak.bench.workload;

import hak.core.spi.Option;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * A row of the table of synthetic workloads. Parsing, errors, help and documentation come from it.
 *
 * @param name its name, or what all its names begin with
 * @param numberInName the parameter whose value is the end of a name, as in {@code fixed-64}; null
 *     if there is none
 * @param summary what it does, a sentence
 * @param operation what an operation is, which times are divided by
 * @param parameters what can be set besides, in the order of the documentation; one is {@link
 *     Parameters#THREADS}
 */
public record WorkloadType(
    String name, Option numberInName, String summary, String operation, List<Option> parameters) {
  /** Copies the list. */
  public WorkloadType {
    parameters = List.copyOf(parameters);
  }

  /** All that can be set, that in the name first. */
  public List<Option> allParameters() {
    return Stream.concat(Stream.ofNullable(numberInName), parameters.stream()).toList();
  }

  /** What its names look like: {@code larson}, {@code fixed-SIZE}. */
  public String form() {
    return numberInName == null ? name : name + numberInName.name().toUpperCase(Locale.ROOT);
  }

  /** A name of it: the only one, or a usual one. */
  public String usualName() {
    return numberInName == null ? name : name + numberInName.defaultValue();
  }
}
