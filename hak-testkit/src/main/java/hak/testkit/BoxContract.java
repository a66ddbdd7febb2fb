package hak.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import hak.core.Hak;
import hak.core.HakAllocator;
import hak.core.inside.StackView;
import hak.core.profile.Problem;
import hak.core.profile.Profile;
import hak.core.spi.BoxProvider;
import hak.core.spi.HeapSpace;
import hak.core.spi.LargeTier;
import hak.core.spi.LargeTierProvider;
import hak.core.spi.Option;
import hak.core.spi.Settings;
import hak.core.spi.SizeTierProvider;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * What every box must do, whatever its role: be found, describe its options, be refused with wrong
 * ones, and work with any allowed ones. The suites of the roles extend this one.
 *
 * @param <P> what the provider of such a box implements
 */
public abstract class BoxContract<P extends BoxProvider> {
  /** Address space for the stacks that are opened, beyond 16 GiB. */
  static final long REGION_BYTES = 1L << 30;

  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9]*(-[a-z0-9]+)*");

  private final Class<P> providerType;

  /** For the suites of the roles. */
  BoxContract(Class<P> providerType) {
    this.providerType = providerType;
  }

  /** The id of the box under test. */
  protected abstract String box();

  /** Option values that differ from the defaults. */
  protected Map<String, Object> settings() {
    return Map.of();
  }

  /** The methods of the role that malloc and free call for each block. */
  List<String> hotMethods() {
    return List.of();
  }

  /** Methods, as {@code Class.method}, that the hot ones call when there is no hit. */
  protected Set<String> coldMethods() {
    return Set.of();
  }

  /** A stack with the box in it. */
  abstract Profile profile();

  final P provider() {
    List<P> found =
        providers(providerType).filter(provider -> provider.id().equals(box())).toList();
    assertEquals(1, found.size(), () -> providerType + " with the id '" + box() + "'");
    return found.getFirst();
  }

  /** A stack of size tiers and all large tiers there are, with the settings of the box. */
  final Profile stackOfTiers(List<String> sizeTiers) {
    List<String> tiers = new ArrayList<>(sizeTiers);
    providers(LargeTierProvider.class)
        .sorted(Comparator.comparingLong(provider -> provider.largestBytes(defaults(provider))))
        .forEach(provider -> tiers.add(provider.id()));
    return stackOf(tiers);
  }

  /** A stack of these tiers in the upper half of its reservation, with the settings of the box. */
  final Profile stackOf(List<String> tiers) {
    Profile profile = withSettings(Profile.ofTiers("contract-of-" + box(), tiers));
    return UpperHalf.with(profile, REGION_BYTES);
  }

  /** The profile with the settings of the box. */
  final Profile withSettings(Profile profile) {
    Profile set = profile;
    for (Map.Entry<String, Object> setting : settings().entrySet()) {
      set = set.withSetting(box(), setting.getKey(), setting.getValue());
    }
    return set;
  }

  /** The profile with nothing but the box in the section of its role. */
  final Profile withBox(Profile profile) {
    return profile.with(provider().role().section(), List.of(box()));
  }

  static <T extends BoxProvider> Stream<T> providers(Class<T> type) {
    return Hak.boxes().stream().filter(type::isInstance).map(type::cast);
  }

  /**
   * The size tiers that it takes to serve all sizes that any serves, the one for the smallest
   * blocks first; of those with the same largest block the one that also has the smallest.
   */
  static List<String> sizeTiers() {
    List<SizeTierProvider> all =
        providers(SizeTierProvider.class)
            .sorted(Comparator.comparingInt(provider -> blockBytes(provider)[0]))
            .sorted(Comparator.comparingInt(BoxContract::largestBlock))
            .toList();
    List<String> tiers = new ArrayList<>();
    int served = 0;
    for (SizeTierProvider provider : all) {
      int largest = largestBlock(provider);
      if (largest > served) {
        tiers.add(provider.id());
        served = largest;
      }
    }
    return tiers;
  }

  private static int largestBlock(SizeTierProvider provider) {
    int[] sizes = blockBytes(provider);
    return sizes[sizes.length - 1];
  }

  private static int[] blockBytes(SizeTierProvider provider) {
    return provider.blockBytes(defaults(provider));
  }

  private static Settings defaults(BoxProvider provider) {
    return OpenStack.settings(provider, Map.of());
  }

  @Test
  void providerIsFoundUnderItsIdAndRole() {
    assertEquals(providerType, provider().role().providerType());
    assertTrue(NAME.matcher(box()).matches(), "ids are lower case letters, digits and hyphens");
  }

  @Test
  void summaryIsOneLine() {
    String summary = provider().summary();
    assertFalse(summary.isBlank());
    assertEquals(1, summary.lines().count());
  }

  @Test
  void eachOptionHasOneNameAndAText() {
    Set<String> names = new HashSet<>();
    for (Option option : provider().options()) {
      assertTrue(names.add(option.name()), option.name() + " is there twice");
      assertTrue(NAME.matcher(option.name()).matches(), option.name());
      assertTrue(option.text().endsWith("."), option.name() + " needs a sentence");
    }
  }

  @Test
  void whatLearnersMayTurnAreNumbersOfItsOptions() {
    Set<String> numbers = new HashSet<>();
    for (Option option : provider().options()) {
      if (option.kind() == Option.Kind.COUNT || option.kind() == Option.Kind.BYTES) {
        numbers.add(option.name());
      }
    }
    assertTrue(numbers.containsAll(provider().turnable()), () -> provider().turnable().toString());
  }

  @Test
  void eachDefaultIsAllowedAsAProfileWouldWriteIt() {
    for (Option option : provider().options()) {
      String shown = option.show(option.defaultValue());
      Object raw =
          switch (option.kind()) {
            case FLAG -> Boolean.valueOf(shown);
            case LIST -> option.defaultValue();
            case COUNT, BYTES, CHOICE -> shown;
          };
      assertEquals(option.defaultValue(), option.parse(raw), option.name());
      assertEquals(option.defaultValue(), option.parse(option.defaultValue()), option.name());
    }
  }

  @Test
  void valuesBeyondTheRangeOfAnOptionAreRefused() {
    for (Option option : provider().options()) {
      for (Object wrong : wrongValues(option)) {
        assertThrows(
            IllegalArgumentException.class,
            () -> option.parse(wrong),
            () -> option.name() + " = " + wrong);
        List<Problem> problems = Hak.check(profile().withSetting(box(), option.name(), wrong));
        assertEquals(1, problems.size(), () -> option.name() + " = " + wrong + ": " + problems);
        assertTrue(
            problems.getFirst().path().endsWith("." + box() + "." + option.name()),
            problems.getFirst().path());
      }
    }
  }

  private static List<Object> wrongValues(Option option) {
    return switch (option.kind()) {
      case FLAG -> List.of(1L, "true");
      case CHOICE -> List.of(true, 1L, "no such choice");
      case COUNT, BYTES -> List.of(option.min() - 1, option.max() + 1, true, "many", "1 parsec");
      case LIST -> List.of(true, 1L);
    };
  }

  @Test
  void hotMethodsAreSmallAndAllocateDispatchLockAndThrowNothing() {
    HotPathWalk walk =
        new HotPathWalk(coldMethods(), call -> fail("a box has a written-out call: " + call));
    for (String method : hotMethods()) {
      walk.walkBox(boxClass(), method);
    }
    assertEquals(List.of(), walk.faults(), () -> "methods seen: " + walk.sizes());
  }

  private Class<?> boxClass() {
    try (HakAllocator allocator = Hak.open(profile())) {
      return StackView.of(allocator).boxes().all().stream()
          .filter(made -> made.name().equals(box()))
          .findFirst()
          .orElseThrow()
          .box()
          .getClass();
    }
  }

  @Test
  void anOptionItDoesNotHaveIsRefused() {
    List<Problem> problems = Hak.check(profile().withSetting(box(), "no-such-option", 1L));
    assertEquals(1, problems.size(), problems::toString);
  }

  @Test
  void worksWithEachOptionAtBothEndsOfItsRange() {
    for (Option option : provider().options()) {
      for (Object value : endsOf(option)) {
        Profile profile = profile().withSetting(box(), option.name(), value);
        if (Hak.check(profile).isEmpty()) {
          playIn(profile);
        }
      }
    }
  }

  @Test
  void asksForTheHeapSpaceThatItDeclares() {
    List<Map<String, Object>> all = new ArrayList<>(List.of(Map.of(), settings()));
    for (Option option : provider().options()) {
      endsOf(option).forEach(value -> all.add(Map.of(option.name(), value)));
    }
    FailingVirtualMemory system = new FailingVirtualMemory();
    try (BarePages bare = new BarePages(system, 1)) {
      for (Map<String, Object> given : all) {
        Settings settings = OpenStack.settings(provider(), given);
        BareContext context = new BareContext(bare, settings, system);
        provider().create(context);
        HeapSpace declared = provider().heapSpace(settings, BareContext.LAYERS);
        assertEquals(declared, context.asked(), () -> "heap space with " + given);
      }
    }
    system.assertNothingMapped();
  }

  private static List<? extends Object> endsOf(Option option) {
    return switch (option.kind()) {
      case FLAG -> List.of(true, false);
      case CHOICE -> option.choices();
      case COUNT, BYTES -> List.of(option.min(), option.max());
      case LIST -> List.of(option.defaultValue());
    };
  }

  @Test
  void randomOperationsKeepContentsAndCounts() {
    playIn(profile());
  }

  /** Random operations, then the heap walker, with blocks and without. */
  static void playIn(Profile profile) {
    try (HakAllocator allocator = Hak.open(profile)) {
      SplittableRandom random = new SplittableRandom(42);
      CheckedUser user = new CheckedUser(allocator, 1);
      long largest = largestBytes(allocator);
      user.play(random, 4_000, CheckedUser.Sizes.upTo(Math.min(largest, 4 << 10)));
      user.play(random, 200, CheckedUser.Sizes.upTo(Math.min(largest, 3 << 20)));
      HeapWalker.check(allocator, user.addresses());
      user.freeAll();
      HeapWalker.check(allocator, new long[0]);
      allocator.trim();
      assertEquals(0, HeapWalker.check(allocator).cachedBlocks(), "cached blocks after a trim");
    }
  }

  @Test
  void closingGivesEverythingBack() throws InterruptedException {
    FailingVirtualMemory system = new FailingVirtualMemory();
    openPlayAndClose(system);
    system.awaitNothingMapped();
  }

  /** In a method of its own, so that nothing can reach the stack when it returns. */
  private void openPlayAndClose(FailingVirtualMemory system) {
    try (HakAllocator allocator = system.open(profile())) {
      CheckedUser user = new CheckedUser(allocator, 1);
      long largest = Math.min(largestBytes(allocator), 3 << 20);
      user.play(new SplittableRandom(3), 500, CheckedUser.Sizes.upTo(largest));
      user.freeAll();
    }
  }

  @Test
  void aProgramThatComesAndGoesDoesNotGrow() {
    try (HakAllocator allocator = Hak.open(profile())) {
      CheckedUser user = new CheckedUser(allocator, 1);
      long largest = Math.min(largestBytes(allocator), 200_000);
      long committed = 0;
      for (int round = 0; round < 10; round++) {
        user.play(new SplittableRandom(2), 2_000, CheckedUser.Sizes.upTo(largest));
        HeapWalker.check(allocator, user.addresses());
        user.freeAll();
        allocator.trim();
        HeapWalker.check(allocator, new long[0]);
        long now = allocator.stats().committedBytes();
        assertTrue(round < 2 || now <= committed, "committed " + now + " after " + committed);
        committed = now;
      }
    }
  }

  /** The largest size that a stack serves. */
  static long largestBytes(HakAllocator allocator) {
    List<LargeTier> tiers = StackView.of(allocator).largeTiers();
    return tiers.isEmpty()
        ? StackView.of(allocator).sizeClasses().largestBytes()
        : tiers.getLast().largestBytes();
  }

  @Test
  void stacksWithOneBoxEachDoNotMeet() {
    try (HakAllocator first = Hak.open(profile());
        HakAllocator second = Hak.open(profile())) {
      CheckedUser userOfFirst = new CheckedUser(first, 1);
      CheckedUser userOfSecond = new CheckedUser(second, 2);
      SplittableRandom random = new SplittableRandom(7);
      for (int i = 0; i < 20; i++) {
        userOfFirst.play(random, 100, CheckedUser.Sizes.upTo(1 << 10));
        userOfSecond.play(random, 100, CheckedUser.Sizes.upTo(1 << 10));
      }
      HeapWalker.check(first, userOfFirst.addresses());
      HeapWalker.check(second, userOfSecond.addresses());
    }
  }
}
