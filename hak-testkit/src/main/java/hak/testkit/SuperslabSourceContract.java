package hak.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hak.core.memory.PageRuns;
import hak.core.profile.Profile;
import hak.core.spi.SuperslabSource;
import hak.core.spi.SuperslabSourceProvider;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * The contract of {@link SuperslabSource}: a superslab that was retired comes out again, once, or
 * is purged; none is lost and none has two owners.
 *
 * <p>The source stands below {@link BarePages}; superslabs are claimed and released whole.
 */
public abstract class SuperslabSourceContract extends BoxContract<SuperslabSourceProvider> {
  private static final int SUPERSLABS = 40;

  private FailingVirtualMemory system;
  private BarePages bare;
  private SuperslabSource source;

  /** For subclasses. */
  protected SuperslabSourceContract() {
    super(SuperslabSourceProvider.class);
  }

  @Override
  final Profile profile() {
    return withBox(stackOfTiers(sizeTiers()));
  }

  @BeforeEach
  void makeSource() {
    system = new FailingVirtualMemory();
    bare = new BarePages(system, SUPERSLABS);
    BareContext context = new BareContext(bare, OpenStack.settings(provider(), settings()), system);
    source = provider().create(context);
    bare.pageRuns().connect(new PageRuns.Source[] {source}, null, () -> {});
  }

  @AfterEach
  void unmap() {
    system.succeed();
    bare.close();
    system.assertNothingMapped();
  }

  private List<Integer> claimAll() {
    List<Integer> runs = new ArrayList<>();
    for (int run = bare.claimRun(PageRuns.PAGES); run != 0; run = bare.claimRun(PageRuns.PAGES)) {
      runs.add(run);
    }
    return runs;
  }

  private void releaseAll(List<Integer> runs) {
    runs.forEach(bare.pageRuns()::release);
  }

  private int count(IntPredicate which) {
    PageRuns runs = bare.pageRuns();
    return (int) IntStream.range(runs.firstSuperslab(), runs.superslabEnd()).filter(which).count();
  }

  private int count(int status) {
    return count(superslab -> bare.pageRuns().status(superslab) == status);
  }

  private boolean isClaimed(int superslab) {
    PageRuns runs = bare.pageRuns();
    return runs.status(superslab) == PageRuns.IN_USE && runs.claimed(superslab) != 0;
  }

  @Test
  void isARecord() {
    assertTrue(source.getClass().isRecord(), "fields of other classes are no constants");
  }

  @Test
  void whatIsRetiredComesBackOnce() {
    List<Integer> first = claimAll();
    for (int round = 0; round < 3; round++) {
      releaseAll(first);
      assertEquals(0, count(PageRuns.IN_USE));
      List<Integer> again = claimAll();
      assertEquals(first.size(), again.size(), "superslabs that can be claimed");
      assertEquals(Set.copyOf(first), new HashSet<>(again));
    }
  }

  @Test
  void anyOrderOfClaimsAndReleasesKeepsEachSuperslabOnce() {
    SplittableRandom random = new SplittableRandom(6);
    int most = claimAll().size();
    unmap();
    makeSource();
    List<Integer> held = new ArrayList<>();
    for (int i = 0; i < 2_000; i++) {
      if (random.nextInt(100) < (i / 200 % 2 == 0 ? 60 : 40)) {
        int run = bare.claimRun(PageRuns.PAGES);
        assertEquals(held.size() == most, run == 0, "none left with " + held.size() + " claimed");
        if (run != 0) {
          held.add(run);
        }
      } else if (!held.isEmpty()) {
        bare.pageRuns().release(takeOut(held, random.nextInt(held.size())));
      }
      if (random.nextInt(50) == 0) {
        bare.pageRuns().trim();
      }
      assertEquals(held.size(), new HashSet<>(held).size());
      assertEquals(held.size(), count(this::isClaimed), "without empty ones that stay open");
    }
  }

  @Test
  void trimGivesAllMemoryBack() {
    List<Integer> runs = claimAll();
    releaseAll(runs);
    bare.pageRuns().trim();
    assertEquals(0, count(PageRuns.PARKED));
    assertEquals(runs.size(), count(PageRuns.PURGED));
    assertEquals(runs.size(), claimAll().size(), "superslabs that can be claimed after a trim");
  }

  @Test
  void aTrimThatTheSystemRefusesLosesNothing() {
    List<Integer> runs = claimAll();
    releaseAll(runs);
    system.failFrom(1);
    bare.pageRuns().trim();
    system.succeed();
    List<Integer> again = claimAll();
    assertEquals(Set.copyOf(runs), new HashSet<>(again));
    releaseAll(again);
    bare.pageRuns().trim();
    assertEquals(0, count(PageRuns.PARKED), "superslabs parked after a second trim");
  }

  @Test
  void twoThreadsNeverClaimOneSuperslabAtOnce() throws InterruptedException {
    AtomicIntegerArray owners = new AtomicIntegerArray(SUPERSLABS);
    List<Throwable> thrown = new ArrayList<>();
    List<Thread> threads = new ArrayList<>();
    for (int i = 1; i <= 2; i++) {
      int me = i;
      Thread thread = new Thread(() -> claimAndRelease(me, owners));
      thread.setUncaughtExceptionHandler((t, e) -> thrown.add(e));
      threads.add(thread);
    }
    threads.forEach(Thread::start);
    for (Thread thread : threads) {
      thread.join();
    }
    assertEquals(List.of(), thrown);
    assertEquals(0, count(PageRuns.IN_USE));
  }

  private void claimAndRelease(int me, AtomicIntegerArray owners) {
    SplittableRandom random = new SplittableRandom(me);
    List<Integer> held = new ArrayList<>();
    for (int i = 0; i < 20_000; i++) {
      if (held.isEmpty() || (held.size() < 8 && random.nextBoolean())) {
        int run = bare.claimRun(PageRuns.PAGES);
        assertNotEquals(0, run);
        held.add(run);
        assertEquals(0, owners.getAndSet(superslabOf(run), me), "owner of a claimed superslab");
      } else {
        int run = takeOut(held, random.nextInt(held.size()));
        assertEquals(me, owners.getAndSet(superslabOf(run), 0));
        bare.pageRuns().release(run);
      }
    }
    for (int run : held) {
      owners.set(superslabOf(run), 0);
      bare.pageRuns().release(run);
    }
  }

  private static int takeOut(List<Integer> runs, int index) {
    int run = runs.set(index, runs.getLast());
    runs.removeLast();
    return run;
  }

  /** Which of the superslabs a run lies in, counted from the first. */
  private int superslabOf(int run) {
    PageRuns pageRuns = bare.pageRuns();
    long first = pageRuns.addressOf(pageRuns.firstSuperslab());
    long offset = bare.memory().address(bare.pages().pageOf(run)) - first;
    return (int) (offset >> PageRuns.SUPERSLAB_SHIFT);
  }
}
