package hak.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hak.core.AllocationSite;
import hak.core.Hak;
import hak.core.HakAllocator;
import hak.core.inside.RawAccess;
import hak.core.inside.StackView;
import hak.core.profile.Profile;
import hak.core.spi.SiteRule;
import hak.core.spi.SiteRules;
import hak.core.spi.SiteRulesProvider;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/**
 * The contract of {@link SiteRules}: any site has a rule, always the same, and the blocks of a site
 * are what it asks for and blocks as any other.
 */
public abstract class SiteRulesContract extends BoxContract<SiteRulesProvider> {
  private static final MemorySegment MEMORY = RawAccess.everything();

  /** For subclasses. */
  protected SiteRulesContract() {
    super(SiteRulesProvider.class);
  }

  /** Names of sites that have a rule with the settings of the test. */
  protected abstract List<String> ruledSites();

  @Override
  final Profile profile() {
    return withBox(stackOfTiers(sizeTiers()));
  }

  private static SiteRules rules(HakAllocator allocator) {
    return StackView.of(allocator).boxes().of(SiteRules.class).getFirst();
  }

  @Property(tries = 20)
  void anyTextHasARule(@ForAll List<String> names) {
    try (HakAllocator allocator = Hak.open(profile())) {
      for (String name : names) {
        assertNotNull(rules(allocator).ruleOf(name), name);
        assertEquals(rules(allocator).ruleOf(name), allocator.site(name).rule(), name);
      }
    }
  }

  @Test
  void theSitesOfThisTestHaveARuleAlwaysTheSame() {
    try (HakAllocator allocator = Hak.open(profile())) {
      for (String name : ruledSites()) {
        SiteRule rule = allocator.site(name).rule();
        assertNotEquals(SiteRule.NONE, rule, name);
        for (int i = 0; i < 100; i++) {
          allocator.site(name + i);
          assertEquals(rule, allocator.site(name).rule(), name);
        }
      }
    }
  }

  /** Blocks of one site, each filled with its own number. */
  private static final class SiteUser {
    private final AllocationSite site;
    private final List<Long> blocks = new ArrayList<>();
    private final List<Long> sizes = new ArrayList<>();

    SiteUser(AllocationSite site) {
      this.site = site;
    }

    void takeSome(SplittableRandom random, int count) {
      for (int i = 0; i < count; i++) {
        long size = CheckedUser.Sizes.upTo(i % 8 == 0 ? 100_000 : 2_000).next(random);
        switch (random.nextInt(5)) {
          case 0 -> add(zeroed(site.calloc(1, size), size), size);
          case 1 -> add(site.malloc(size, 256), size);
          case 2 -> add(site.allocate(size, 32).address(), size);
          case 3 -> resize(random, size);
          default -> add(site.malloc(size), size);
        }
      }
    }

    private static long zeroed(long address, long size) {
      assertEquals(
          -1, MEMORY.asSlice(address, size).mismatch(MemorySegment.ofArray(new byte[(int) size])));
      return address;
    }

    private void add(long address, long size) {
      requireWhatTheRuleAsks(address, size);
      if (size >= Long.BYTES) {
        MEMORY.set(ValueLayout.JAVA_LONG_UNALIGNED, address, blocks.size());
      }
      blocks.add(address);
      sizes.add(size);
    }

    private void resize(SplittableRandom random, long size) {
      if (blocks.isEmpty()) {
        return;
      }
      int i = random.nextInt(blocks.size());
      long newSize = Math.max(size, Long.BYTES);
      long address = site.realloc(blocks.get(i), newSize);
      assertTrue(site.allocator().usableSize(address) >= newSize);
      if (sizes.get(i) >= Long.BYTES) {
        assertEquals(i, MEMORY.get(ValueLayout.JAVA_LONG_UNALIGNED, address));
      }
      MEMORY.set(ValueLayout.JAVA_LONG_UNALIGNED, address, i);
      requireAligned(address);
      blocks.set(i, address);
      sizes.set(i, newSize);
    }

    private void requireAligned(long address) {
      assertEquals(0, address % site.rule().alignment(), site::name);
    }

    private void requireWhatTheRuleAsks(long address, long size) {
      requireAligned(address);
      SiteRule rule = site.rule();
      long asked = Math.max(size + size * rule.headroomPercent() / 100, rule.leastBytes());
      assertTrue(
          site.allocator().usableSize(address) >= asked, () -> size + " B of " + site.name());
    }

    void checkAndFreeAll() {
      for (int i = 0; i < blocks.size(); i++) {
        if (sizes.get(i) >= Long.BYTES) {
          assertEquals(i, MEMORY.get(ValueLayout.JAVA_LONG_UNALIGNED, blocks.get(i)), site::name);
        }
        site.allocator().free(blocks.get(i));
      }
    }
  }

  private void useAllSites(HakAllocator allocator, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    List<SiteUser> users = new ArrayList<>();
    ruledSites().forEach(name -> users.add(new SiteUser(allocator.site(name))));
    users.add(new SiteUser(allocator.site()));
    for (int round = 0; round < 20; round++) {
      users.forEach(user -> user.takeSome(random, 20));
    }
    users.forEach(SiteUser::checkAndFreeAll);
  }

  @Test
  void blocksAreWhatTheRuleAsksForAndKeepWhatIsWritten() {
    try (HakAllocator allocator = Hak.open(profile())) {
      useAllSites(allocator, 1);
      HeapWalker.check(allocator, new long[0]);
    }
  }

  @Test
  void sitesAreForSeveralThreads() throws InterruptedException {
    try (HakAllocator allocator = Hak.open(profile())) {
      List<Throwable> thrown = new ArrayList<>();
      List<Thread> threads = new ArrayList<>();
      for (int i = 0; i < 3; i++) {
        int seed = i;
        Thread thread = new Thread(() -> useAllSites(allocator, seed));
        thread.setUncaughtExceptionHandler((_, e) -> {
          synchronized (thrown) {
            thrown.add(e);
          }
        });
        threads.add(thread);
      }
      threads.forEach(Thread::start);
      for (Thread thread : threads) {
        thread.join();
      }
      assertEquals(List.of(), thrown);
      HeapWalker.check(allocator, new long[0]);
    }
  }
}
