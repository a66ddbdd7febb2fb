package hak.core.open;

import hak.core.StackDescription;
import hak.core.memory.SizeClasses;
import hak.core.profile.check.BoxRegistry;
import hak.core.profile.check.Composition;
import hak.core.spi.LargeTierProvider;
import hak.core.spi.Option;
import hak.core.spi.SizeTierProvider;
import java.util.Map;
import java.util.TreeMap;

/** Puts into words what a stack is made of. */
record Description(Composition composition, SizeClasses sizeClasses) {
  StackDescription of(String profile, long regionBytes, String budget) {
    return new StackDescription(
        profile,
        composition.parts().stream().map(this::layer).toList(),
        regionBytes,
        composition.regionPlan().regionBytes(),
        Math.toIntExact(composition.layout().heapBytes()),
        budget);
  }

  private StackDescription.Layer layer(Composition.Part part) {
    Map<String, String> settings = new TreeMap<>();
    for (Option option : part.provider().options()) {
      settings.put(option.name(), option.show(part.settings().values().get(option.name())));
    }
    return new StackDescription.Layer(
        part.name(),
        part.provider().role(),
        BoxRegistry.moduleOf(part.provider()),
        serves(part),
        settings);
  }

  private String serves(Composition.Part part) {
    return switch (part.provider()) {
      case SizeTierProvider _ ->
          part.lastClass() < part.firstClass()
              ? "nothing"
              : String.format(
                  "..%,d B in %d classes",
                  sizeClasses.bytes(part.lastClass()), part.lastClass() - part.firstClass() + 1);
      case LargeTierProvider largeTier ->
          String.format("..%,d KiB", largeTier.largestBytes(part.settings()) >> 10);
      default -> "";
    };
  }
}
