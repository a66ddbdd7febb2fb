package hak.core.profile.check;

import hak.core.profile.Problem;
import hak.core.profile.check.Composition.Part;
import hak.core.spi.BoxProvider;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What boxes say of each other: what they need, what they cannot stand, what they come before. */
final class Contracts {
  private final BoxRegistry registry;
  private final List<Part> parts;
  private final List<Problem> problems = new ArrayList<>();

  private Contracts(BoxRegistry registry, List<Part> parts) {
    this.registry = registry;
    this.parts = parts;
  }

  /** A problem for each that is broken, at the list of the box that says it. */
  static List<Problem> broken(BoxRegistry registry, List<Part> parts) {
    Contracts contracts = new Contracts(registry, parts);
    parts.forEach(contracts::check);
    return contracts.problems;
  }

  private void check(Part part) {
    for (String needed : part.provider().requires()) {
      if (others(part).noneMatch(other -> has(other.provider(), needed))) {
        problem(part, "needs '" + needed + "' in the same stack" + known(needed));
      }
    }
    for (String excluded : part.provider().excludes()) {
      others(part)
          .filter(other -> has(other.provider(), excluded))
          .forEach(other -> problem(part, "cannot be in one stack with " + named(other, excluded)));
    }
    Set<String> later = part.provider().before();
    parts.stream()
        .takeWhile(other -> !isSame(other, part))
        .filter(other -> other.provider().role().section() == part.provider().role().section())
        .filter(other -> later.stream().anyMatch(name -> has(other.provider(), name)))
        .forEach(other -> problem(part, "must come before '" + other.name() + "'"));
  }

  private Stream<Part> others(Part part) {
    return parts.stream().filter(other -> !isSame(other, part));
  }

  private static boolean isSame(Part one, Part other) {
    return one.name().equals(other.name());
  }

  private static boolean has(BoxProvider provider, String name) {
    return provider.id().equals(name) || provider.provides().contains(name);
  }

  private static String named(Part part, String excluded) {
    return part.provider().id().equals(excluded)
        ? "'" + part.name() + "'"
        : "'" + part.name() + "', which provides '" + excluded + "'";
  }

  /** Which boxes provide something; nothing where it is the id of a box. */
  private String known(String needed) {
    String providers =
        registry.all().stream()
            .filter(provider -> provider.provides().contains(needed))
            .map(provider -> "'" + provider.id() + "'")
            .sorted()
            .collect(Collectors.joining(", "));
    return providers.isEmpty() ? "" : ", as provided by " + providers;
  }

  private void problem(Part part, String words) {
    problems.add(
        new Problem(part.provider().role().section().path(), "'" + part.name() + "' " + words));
  }
}
