package hak.core;

import hak.core.spi.Role;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A resolved stack.
 *
 * @param profile the profile's name
 * @param layers every box, from the caller down
 * @param regionBytes the region: how much of the reservation is used, from its base on
 * @param wantedRegionBytes the region that the profile asks for: more than {@code regionBytes}
 *     where the system refused so much address space
 * @param heapBytes bytes of state in each thread heap
 * @param budget how much free memory the stack keeps at most and what says so, e.g. {@code 64 MiB
 *     (stack.budget)}; empty when nothing but its boxes bounds it
 */
public record StackDescription(
    String profile,
    List<Layer> layers,
    long regionBytes,
    long wantedRegionBytes,
    int heapBytes,
    String budget) {
  /**
   * One box of the stack.
   *
   * @param id the box
   * @param role its place
   * @param module the module that has it
   * @param serves what it serves, e.g. {@code 1..1024 B in 21 classes}; empty where there is
   *     nothing to say
   * @param settings option values as a profile would write them
   */
  public record Layer(
      String id, Role role, String module, String serves, Map<String, String> settings) {}

  /** A picture of the stack, one box a line, in the order in which an allocation meets them. */
  @Override
  public String toString() {
    StringBuilder picture = new StringBuilder();
    picture.append(
        String.format(
            "stack '%s': region of %,d MiB%s, %,d B of state per thread%n",
            profile,
            regionBytes >> 20,
            regionBytes < wantedRegionBytes
                ? String.format(", for the system refused %,d MiB", wantedRegionBytes >> 20)
                : "",
            heapBytes));
    if (!budget.isEmpty()) {
      picture.append(String.format("  keeps free memory of at most %s%n", budget));
    }
    picture.append(String.format("  malloc / free%n"));
    for (Role role : Role.values()) {
      section(picture, role);
    }
    return picture.toString();
  }

  private void section(StringBuilder picture, Role role) {
    for (Layer layer : layers) {
      if (layer.role() == role) {
        String settings =
            layer.settings().entrySet().stream()
                .map(entry -> entry.getKey() + " = " + entry.getValue())
                .collect(Collectors.joining(", "));
        picture.append(
            String.format(
                    "%s%-16s %-26s %-20s %s",
                    arrow(role), layer.id(), layer.serves(), layer.module(), settings)
                .stripTrailing());
        picture.append(System.lineSeparator());
      }
    }
    if (role == Role.SUPERSLAB_SOURCE) {
      picture.append(String.format("       superslabs <- reservation%n"));
    }
  }

  private static String arrow(Role role) {
    return switch (role) {
      case SITE_RULES -> "       sites ruled by ";
      case OBSERVER -> "    |  ";
      case CACHE, SIZE_TIER, LARGE_TIER -> "    v  ";
      case SUPERSLAB_SOURCE -> "       superslabs <- ";
      case SLAB_PLACEMENT -> "       slabs placed by ";
      case GUARD -> "       foreign free -> ";
      case LEARNER -> "       set by ";
      default -> "       ";
    };
  }
}
