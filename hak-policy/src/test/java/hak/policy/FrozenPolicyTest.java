package hak.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hak.core.Hak;
import hak.core.Policy;
import hak.core.profile.Profile;
import hak.core.profile.ProfileException;
import hak.core.profile.StackOptions;
import hak.core.spi.Section;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FrozenPolicyTest {
  private static final Profile DEFAULT = Hak.profile("default");

  private final PolicyBoard board = new PolicyBoard(FrozenPolicy.of(DEFAULT));

  private static Profile capacity(long blocks) {
    return DEFAULT.withSetting("tls-sll", "capacity", blocks);
  }

  @Test
  void generationsRiseByOne() {
    assertEquals(0, board.current().generation());
    assertEquals(1, board.publish(capacity(64), Map.of()).generation());
    assertEquals(2, board.publish(capacity(16), Map.of()).generation());
    assertEquals(capacity(16), board.current().profile());
  }

  @Test
  void whatIsOutOfRangeIsRefusedAndTheOldOneHolds() {
    FrozenPolicy old = board.publish(capacity(64), Map.of());
    ProfileException refused =
        assertThrows(ProfileException.class, () -> board.publish(capacity(-1), Map.of()));
    assertEquals(1, refused.errors().size(), refused.getMessage());
    assertTrue(refused.getMessage().contains("box.tls-sll.capacity"), refused.getMessage());
    Profile nan = DEFAULT.withSetting("tls-sll", "capacity", Double.NaN);
    assertThrows(ProfileException.class, () -> board.publish(nan, Map.of()));
    assertThrows(
        IllegalArgumentException.class,
        () -> board.publish(capacity(8), Map.of("stack.caches", "two\nlines")));
    assertSame(old, board.current());
    assertEquals(2, board.publish(capacity(8), Map.of()).generation());
  }

  @Test
  void explainsWhatWasDecidedInOrder() {
    Map<String, String> reasons =
        Map.of("stack.purge-delay", "memory is idle", "box.tls-sll.capacity", "98 % are taken");
    FrozenPolicy policy = board.publish(capacity(64), reasons);
    assertEquals(
        "box.tls-sll.capacity: 98 % are taken\nstack.purge-delay: memory is idle\n",
        policy.explain());
  }

  @Test
  void whatARunningStackWasSetToIsSavedWithoutItsLearners() {
    Policy.Setting learned =
        new Policy.Setting(
            "stack.purge-delay", 8_000, "8000 ms", "0 ms .. 3600000 ms", "x", "pages come back");
    Policy.Setting kept =
        new Policy.Setting("stack.limit", 0, "0 B", "0 B .. 64 TiB", "the profile", "");
    Profile profile = DEFAULT.with(StackOptions.PURGE_DELAY, 8_000);
    FrozenPolicy policy =
        FrozenPolicy.of(new Policy(3, profile, List.of(learned, kept), List.of()));
    assertEquals(3, policy.generation());
    assertEquals(profile, policy.profile());
    assertEquals("stack.purge-delay: x: pages come back\n", policy.explain());
  }

  @Test
  void whatIsAdvisedForTheNextStackIsSaved() {
    Policy.Advice advised =
        new Policy.Advice("tier.mid.largest", "262144", "131072", "x", "few are so long");
    Policy.Advice quiet =
        new Policy.Advice("stack.tiers", "tiny, mid", "tiny, mid", "the profile", "");
    Profile next = DEFAULT.withSetting("mid", "largest", 128L << 10);
    FrozenPolicy policy =
        FrozenPolicy.of(
            new Policy(1, DEFAULT, List.of(), List.of(), List.of(advised, quiet), next));
    assertEquals(next, policy.profile());
    assertEquals("tier.mid.largest: x: few are so long\n", policy.explain());
  }

  @Test
  void whatIsSavedIsLoaded(@TempDir Path folder) throws IOException {
    Profile profile =
        capacity(64).with(StackOptions.PURGE_DELAY, 500).with(Section.SUPERSLABS, List.of());
    FrozenPolicy policy =
        board.publish(profile, Map.of("stack.purge-delay", "quoted \"so\" # and more"));
    Path file = folder.resolve("learned.toml");
    Files.writeString(file, policy.text());
    FrozenPolicy loaded = FrozenPolicy.load(file);
    assertEquals(profile, loaded.profile());
    assertEquals(0, loaded.generation());
    assertEquals(Map.of(), loaded.reasons());
  }

  /** The name, the capacity and the reason of a policy are those of its generation. */
  @Test
  void readersSeeWholePoliciesWhileOthersWrite() throws Exception {
    CountDownLatch begun = new CountDownLatch(2);
    try (ExecutorService threads = Executors.newFixedThreadPool(2)) {
      List<Future<Long>> readers =
          List.of(threads.submit(() -> read(begun)), threads.submit(() -> read(begun)));
      begun.await();
      for (int i = 1; i <= 300; i++) {
        board.publish(capacity(i).withName("p" + i), Map.of("stack.caches", "r" + i));
      }
      for (Future<Long> reader : readers) {
        assertEquals(300, reader.get());
      }
    }
  }

  /** Reads until the last generation; gives it. */
  private long read(CountDownLatch begun) {
    board.current();
    begun.countDown();
    long last = 0;
    while (last < 300) {
      FrozenPolicy policy = board.current();
      long generation = policy.generation();
      assertTrue(generation >= last, "generations rise");
      if (generation > 0) {
        assertEquals("p" + generation, policy.profile().name());
        assertEquals(generation, policy.profile().settings("tls-sll").get("capacity"));
        assertEquals("r" + generation, policy.reasons().get("stack.caches"));
      }
      last = generation;
    }
    return last;
  }
}
