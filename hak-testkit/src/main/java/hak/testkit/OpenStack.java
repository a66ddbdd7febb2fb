package hak.testkit;

import hak.core.Hak;
import hak.core.HakAllocator;
import hak.core.inside.StackView;
import hak.core.memory.Memory;
import hak.core.memory.SizeClasses;
import hak.core.profile.Profile;
import hak.core.spi.BoxProvider;
import hak.core.spi.Option;
import hak.core.spi.Section;
import hak.core.spi.Settings;
import hak.core.spi.SizeTier;
import hak.core.spi.SizeTierProvider;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A stack opened by a test of one thread, with the tiers at hand: which one serves a class, and the
 * heap of that thread.
 */
final class OpenStack implements AutoCloseable {
  final HakAllocator allocator;
  final StackView view;
  final Memory memory;
  final SizeClasses classes;
  final int heap;
  private final List<Integer> lastClassOfTier = new ArrayList<>();

  OpenStack(Profile profile) {
    this(Hak.open(profile), profile);
  }

  OpenStack(Profile profile, FailingVirtualMemory system) {
    this(system.open(profile), profile);
  }

  private OpenStack(HakAllocator allocator, Profile profile) {
    this.allocator = allocator;
    view = StackView.of(allocator);
    memory = view.memory();
    classes = view.sizeClasses();
    for (String tier : profile.boxes(Section.TIERS)) {
      if (provider(tier) instanceof SizeTierProvider provider) {
        int[] sizes = provider.blockBytes(settings(provider, profile.settings(tier)));
        lastClassOfTier.add(classes.of(sizes[sizes.length - 1]));
      }
    }
    allocator.free(allocator.malloc(1));
    heap = view.heaps()[0];
    allocator.trim();
  }

  private static BoxProvider provider(String box) {
    return Hak.boxes().stream()
        .filter(provider -> provider.id().equals(Profile.providerId(box)))
        .findFirst()
        .orElseThrow();
  }

  /** The settings of a box: those given, the defaults for the rest. */
  static Settings settings(BoxProvider provider, Map<String, Object> given) {
    Map<String, Object> values = new TreeMap<>();
    for (Option option : provider.options()) {
      Object raw = given.get(option.name());
      values.put(option.name(), raw == null ? option.defaultValue() : option.parse(raw));
    }
    return new Settings(values);
  }

  /** The tier that serves a size class. */
  SizeTier tierOf(int sizeClass) {
    int tier = 0;
    while (sizeClass > lastClassOfTier.get(tier)) {
      tier++;
    }
    return view.sizeTiers().get(tier);
  }

  /** The first and the last size class of a tier. */
  int[] classesOf(int tier) {
    return new int[] {tier == 0 ? 1 : lastClassOfTier.get(tier - 1) + 1, lastClassOfTier.get(tier)};
  }

  /** Takes a block from its tier, past the caches. */
  int take(int sizeClass) {
    return tierOf(sizeClass).allocate(heap, sizeClass);
  }

  /** Gives a block to its tier, past the caches. */
  void give(int sizeClass, int block) {
    tierOf(sizeClass).release(heap, sizeClass, block);
  }

  @Override
  public void close() {
    allocator.close();
  }
}
