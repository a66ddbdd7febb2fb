package hak.core.profile.check;

import hak.core.memory.SizeClasses;
import hak.core.profile.NearestName;
import hak.core.profile.Problem;
import hak.core.profile.Profile;
import hak.core.profile.StackOptions;
import hak.core.spi.BoxProvider;
import hak.core.spi.HeapSpace;
import hak.core.spi.LargeTierProvider;
import hak.core.spi.LearnerProvider;
import hak.core.spi.Option;
import hak.core.spi.Role;
import hak.core.spi.Section;
import hak.core.spi.Settings;
import hak.core.spi.SizeTierProvider;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Checks a profile against the boxes there are and resolves it: providers, settings, size classes.
 * Nothing is mapped here. All problems are found in one pass.
 */
public final class Composition {
  private final BoxRegistry registry;
  private final Profile profile;
  private final List<Problem> problems = new ArrayList<>();
  private final Map<String, Part> parts = new LinkedHashMap<>();
  private final List<Integer> blockBytes = new ArrayList<>();
  private final List<Integer> headBytes = new ArrayList<>();
  private HeapLayout layout;
  private RegionPlan plan;

  /** A box of the stack before it is made. For a size tier: its first and last class. */
  public record Part(
      String name, BoxProvider provider, Settings settings, int firstClass, int lastClass) {}

  private Composition(BoxRegistry registry, Profile profile) {
    this.registry = registry;
    this.profile = profile;
  }

  /** Checks a profile; {@link #problems} is empty when it can be opened. */
  public static Composition of(BoxRegistry registry, Profile profile) {
    Composition composition = new Composition(registry, profile);
    composition.resolve();
    return composition;
  }

  private void resolve() {
    for (Section section : Role.sections()) {
      List<String> names = profile.boxes(section);
      for (int i = 0; i < names.size(); i++) {
        addPart(section.path() + "[" + i + "]", section, names.get(i));
      }
    }
    for (String box : profile.settings().keySet()) {
      if (registry.find(Profile.providerId(box)) == null) {
        problem(settingsPath(box), "no box '" + box + "'" + registry.hint(box, ids()));
      } else if (!parts.containsKey(box)) {
        settingsOf(registry.find(Profile.providerId(box)), box); // unused, still checked
      }
    }
    checkTiers();
    checkLearners();
    problems.addAll(Contracts.broken(registry, List.copyOf(parts.values())));
    layout = layOut();
    boolean inRange = checkRanges();
    boolean few = checkCounts();
    if (inRange && few) {
      plan = RegionPlan.of(profile.options(), layout.heapBytes());
      RegionCheck.of(plan, layout).ifPresent(problems::add);
      checkLimit();
    }
  }

  /** Whether a stack can be opened within its limit, and hold a block. */
  private void checkLimit() {
    long least = plan.leastBytes();
    if (profile.options().limitBytes() < least) {
      problem(
          "stack.limit",
          String.format(
              "limit %,d B is less than %,d B, what a stack with one block holds",
              profile.options().limitBytes(), least));
    }
  }

  /** What the boxes keep in a thread heap; those that go wrong elsewhere keep nothing. */
  private HeapLayout layOut() {
    HeapLayout heap = new HeapLayout(blockBytes.size());
    for (Role role : Role.values()) {
      for (Part part : parts(role)) {
        heap.add(
            part.name(),
            part.settings() == null
                ? HeapSpace.NONE
                : part.provider().heapSpace(part.settings(), layers()));
      }
    }
    return heap;
  }

  /** What is wrong with another profile, by the same boxes; empty if nothing. */
  public List<Problem> problemsOf(Profile other) {
    return of(registry, other).problems();
  }

  /** How many layers an observer sees: the caches and the size tiers. */
  public int layers() {
    return caches() + parts(Role.SIZE_TIER).size();
  }

  /** How many of them are caches. */
  public int caches() {
    return parts(Role.CACHE).size();
  }

  private boolean checkCounts() {
    boolean good = true;
    for (Section section : Role.sections()) {
      int count = profile.boxes(section).size();
      if (count > section.most()) {
        problem(
            section.path(),
            count + " " + section.key() + "; " + section.most() + possible(section));
        good = false;
      }
    }
    return good;
  }

  private static String possible(Section section) {
    if (section.most() == 1) {
      return " is possible";
    }
    return section == Section.LEARNERS
        ? " are possible"
        : " are possible, for malloc and free are written out for them and must stay short enough"
            + " to be compiled";
  }

  private boolean checkRanges() {
    boolean good = true;
    for (Option option : StackOptions.ALL) {
      try {
        option.parse(profile.options().number(option));
      } catch (IllegalArgumentException e) {
        problem(StackOptions.path(option), e.getMessage());
        good = false;
      }
    }
    return good;
  }

  private List<String> ids() {
    return registry.all().stream().map(BoxProvider::id).toList();
  }

  private String settingsPath(String box) {
    BoxProvider provider = registry.find(Profile.providerId(box));
    return (provider == null ? "box" : provider.role().section().table()) + "." + box;
  }

  private void addPart(String path, Section section, String name) {
    BoxProvider provider = registry.find(Profile.providerId(name));
    if (provider == null) {
      problem(path, "no box '" + name + "'" + registry.hint(name, registry.idsFor(section)));
      return;
    }
    if (provider.role().section() != section) {
      problem(
          path,
          "'"
              + name
              + "' belongs under "
              + provider.role().section().path()
              + ", not "
              + section.path());
      return;
    }
    if (parts.containsKey(name)) {
      problem(path, "'" + name + "' is named twice; a second one would be called '" + name + "#2'");
      return;
    }
    if (provider.role() == Role.LARGE_TIER && !NativeAccess.isTrusted(provider)) {
      problem(path, "'" + name + "' says where blocks are; " + NativeAccess.neededBy(provider));
    }
    Settings settings = settingsOf(provider, name);
    int first = blockBytes.size() + 1;
    if (settings != null && provider instanceof SizeTierProvider sizeTier) {
      addClasses(sizeTier.blockBytes(settings), sizeTier.headBytes(settings));
    }
    parts.put(name, new Part(name, provider, settings, first, blockBytes.size()));
  }

  /**
   * Adds the classes that no tier before serves, so a tier's lower end follows the upper end of the
   * one before.
   */
  private void addClasses(int[] sizes, int head) {
    for (int bytes : sizes) {
      if (blockBytes.isEmpty() || bytes > blockBytes.getLast()) {
        blockBytes.add(bytes);
        headBytes.add(head);
      }
    }
  }

  private Settings settingsOf(BoxProvider provider, String name) {
    Map<String, Object> values = new TreeMap<>();
    Set<String> known = new HashSet<>();
    boolean good = true;
    for (Option option : provider.options()) {
      known.add(option.name());
      Object raw = profile.settings(name).get(option.name());
      String path = settingsPath(name) + "." + option.name();
      if (raw == null) {
        values.put(option.name(), option.defaultValue());
      } else if (isAllowed(option, raw, path)) {
        values.put(option.name(), option.parse(raw));
      } else {
        good = false;
      }
    }
    for (String key : profile.settings(name).keySet()) {
      if (!known.contains(key)) {
        String hint =
            known.isEmpty()
                ? "; the box has no options"
                : NearestName.hint(key, known.stream().sorted().toList());
        problem(
            settingsPath(name) + "." + key, "'" + name + "' has no option '" + key + "'" + hint);
      }
    }
    return good ? new Settings(values) : null;
  }

  /** Whether an option takes a value; of a list each element that it does not is a problem. */
  private boolean isAllowed(Option option, Object raw, String path) {
    if (option.kind() == Option.Kind.LIST && raw instanceof List<?> list) {
      boolean good = true;
      for (int i = 0; i < list.size(); i++) {
        good &= isAllowed(option, list.get(i), path + "[" + i + "]");
      }
      return good;
    }
    try {
      option.parse(raw);
      return true;
    } catch (IllegalArgumentException e) {
      problem(path, e.getMessage());
      return false;
    }
  }

  private void checkTiers() {
    boolean sizeSeen = false;
    boolean largeSeen = false;
    long served = 0;
    for (Part part : parts.values()) {
      if (part.provider().role() == Role.SIZE_TIER) {
        sizeSeen = true;
        if (largeSeen) {
          problem(
              Section.TIERS.path(),
              "size tier '" + part.name() + "' must come before the large tiers");
        }
      } else if (part.provider() instanceof LargeTierProvider largeTier) {
        largeSeen = true;
        if (part.settings() == null) {
          continue; // its own problem is reported; what it serves is unknown
        }
        long largest = largeTier.largestBytes(part.settings());
        if (largest <= served) {
          problem(
              Section.TIERS.path(),
              "'" + part.name() + "' serves nothing that the tiers before it do not");
        }
        served = largest;
      }
    }
    boolean someRefused = parts.size() < profileBoxCount();
    if (!sizeSeen && !someRefused) {
      problem(
          Section.TIERS.path(),
          "a stack needs a size tier" + registry.hint("", registry.idsFor(Section.TIERS)));
    } else if (blockBytes.size() > SizeClasses.MAX_CLASSES) {
      problem(
          Section.TIERS.path(),
          blockBytes.size() + " size classes; " + SizeClasses.MAX_CLASSES + " are possible");
    }
  }

  /** Whether all that learners set can be set. */
  private void checkLearners() {
    List<String> keys =
        Turnable.of(profile.options(), parts()).stream().map(Turnable::key).toList();
    for (Part part : parts(Role.LEARNER)) {
      if (part.provider() instanceof LearnerProvider learner) {
        learner.turns().stream()
            .filter(key -> !keys.contains(key))
            .sorted()
            .forEach(key ->
                problem(
                    Section.LEARNERS.path(),
                    "'"
                        + part.name()
                        + "' sets '"
                        + key
                        + "', which cannot be set while a stack runs"
                        + absent(key)
                        + "; there are "
                        + String.join(", ", keys)));
      }
    }
  }

  /** Says which box is missing for a key; nothing where none would do. */
  private String absent(String key) {
    return registry.all().stream()
        .filter(provider ->
            provider.turnable().stream()
                .anyMatch(option -> Turnable.keyOf(provider, provider.id(), option).equals(key)))
        .filter(provider -> !parts.containsKey(provider.id()))
        .findFirst()
        .map(provider -> " without '" + provider.id() + "'")
        .orElse("");
  }

  private int profileBoxCount() {
    return profile.boxes().values().stream().mapToInt(List::size).sum();
  }

  private void problem(String path, String message) {
    problems.add(new Problem(path, message));
  }

  /** What is wrong; empty when the profile can be opened. */
  public List<Problem> problems() {
    return problems;
  }

  /** The boxes of a role in order. */
  public List<Part> parts(Role role) {
    return parts.values().stream().filter(part -> part.provider().role() == role).toList();
  }

  /** All boxes, from the caller down. */
  public List<Part> parts() {
    return List.copyOf(parts.values());
  }

  /**
   * What can be set while the stack runs: of the stack always, of its boxes what a learner sets.
   */
  public List<Turnable> turnables() {
    Set<String> turned = new HashSet<>();
    parts(Role.LEARNER).forEach(part -> turned.addAll(((LearnerProvider) part.provider()).turns()));
    return Turnable.of(profile.options(), parts()).stream()
        .filter(turnable -> turnable.box().isEmpty() || turned.contains(turnable.key()))
        .toList();
  }

  /** The size classes of all tiers together. */
  public SizeClasses sizeClasses() {
    return SizeClasses.of(ints(blockBytes)).withHeads(ints(headBytes));
  }

  private static int[] ints(List<Integer> numbers) {
    return numbers.stream().mapToInt(Integer::intValue).toArray();
  }

  /** Where the boxes keep their state in a thread heap. */
  public HeapLayout layout() {
    return layout;
  }

  /** How the region is divided; of a profile without problems. */
  public RegionPlan regionPlan() {
    return plan;
  }
}
