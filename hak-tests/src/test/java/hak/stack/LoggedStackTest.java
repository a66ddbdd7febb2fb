package hak.stack;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hak.core.Hak;
import hak.core.HakAllocator;
import hak.core.ScopedArena;
import hak.core.inside.StackView;
import hak.core.profile.Profile;
import hak.core.spi.BoxContext;
import hak.core.spi.CallLog;
import hak.core.spi.Observer;
import hak.core.spi.ObserverProvider;
import hak.core.spi.Section;
import hak.testkit.CheckedUser;
import hak.testkit.HeapWalker;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A stack with an observer that is told every call. */
class LoggedStackTest {
  /** What the next observer that is asked gives. */
  private static volatile Supplier<CallLog> next = () -> null;

  /** An observer whose log the test makes. */
  private record Ear() implements Observer {
    @Override
    public void popped(int heap, int layer, int sizeClass, boolean hit) {
      // Only the calls are of interest.
    }

    @Override
    public void pushed(int heap, int layer, int sizeClass, boolean accepted) {
      // Only the calls are of interest.
    }

    @Override
    public List<Count> counts(int heap) {
      return List.of();
    }

    @Override
    public CallLog callLog() {
      return next.get();
    }
  }

  /** Names the observer. */
  public static final class Provider implements ObserverProvider {
    @Override
    public String id() {
      return "ear";
    }

    @Override
    public String summary() {
      return "is told every call, for a test";
    }

    @Override
    public Observer create(BoxContext context) {
      return new Ear();
    }
  }

  /** Keeps what it is told. */
  private static class Told implements CallLog {
    final AtomicLong places = new AtomicLong();
    final List<Call> calls = Collections.synchronizedList(new ArrayList<>());

    @Override
    public long next() {
      return places.getAndIncrement();
    }

    @Override
    public void tell(long place, Call call, long address, long size, long alignment) {
      calls.add(call);
    }
  }

  private static Profile profile() {
    return TestStack.FULL.profile().withMore(Section.OBSERVERS, "ear");
  }

  private static HakAllocator open(CallLog log) {
    next = () -> log;
    return Hak.open(profile());
  }

  @AfterEach
  void forget() {
    next = () -> null;
  }

  @Test
  void everyWayToABlockIsTold() {
    Told told = new Told();
    try (HakAllocator heap = open(told)) {
      long a = heap.malloc(10);
      a = heap.realloc(a, 100_000);
      a = heap.realloc(a, 5_000_000, 64);
      heap.free(a);
      heap.free(heap.calloc(1, 7), 7);
      heap.free(heap.malloc(7, 4096));
      MemorySegment segment = heap.allocate(1_000, 8);
      heap.free(segment);
      heap.free(heap.site(TestStack.SITE).malloc(1));
      HeapWalker.check(heap);
    }
    assertEquals(
        List.of(
            CallLog.Call.MALLOC,
            CallLog.Call.REALLOC_BEGIN,
            CallLog.Call.REALLOC_END,
            CallLog.Call.REALLOC_BEGIN,
            CallLog.Call.REALLOC_END,
            CallLog.Call.FREE,
            CallLog.Call.CALLOC,
            CallLog.Call.FREE,
            CallLog.Call.ALIGNED,
            CallLog.Call.FREE,
            CallLog.Call.MALLOC,
            CallLog.Call.FREE,
            CallLog.Call.MALLOC,
            CallLog.Call.FREE),
        told.calls);
  }

  @Test
  void anArenaThatOutlivesTheStackEndsQuietly() {
    Told told = new Told();
    HakAllocator heap = open(told);
    ScopedArena arena = heap.arena();
    MemorySegment segment = arena.allocate(10);
    heap.close();
    arena.close();
    assertThrows(IllegalStateException.class, () -> segment.fill((byte) 1));
    assertThrows(IllegalStateException.class, () -> heap.malloc(1));
    assertThrows(IllegalStateException.class, () -> heap.site("any"));
  }

  @Test
  void withoutALogTheStackIsTheSpecialisedOne() {
    try (HakAllocator heap = open(null)) {
      assertTrue(heap.getClass().isHidden());
    }
    try (HakAllocator heap = open(new Told())) {
      assertEquals("LoggedStack", heap.getClass().getSimpleName());
      assertEquals(2, StackView.of(heap).observers().size());
    }
  }

  @Test
  void twoObserversAreBothTold() {
    List<Told> all = new ArrayList<>();
    next =
        () -> {
          Told told = new Told();
          all.add(told);
          return told;
        };
    try (HakAllocator heap = Hak.open(profile().withMore(Section.OBSERVERS, "ear#2"))) {
      heap.free(heap.malloc(1));
    }
    assertEquals(2, all.size(), "each is asked once, and not for the rehearsal");
    for (Told told : all) {
      assertEquals(List.of(CallLog.Call.MALLOC, CallLog.Call.FREE), told.calls);
    }
  }

  @Test
  void aLogThatHasEnoughIsToldNothing() {
    Told told =
        new Told() {
          @Override
          public long next() {
            return NONE;
          }
        };
    try (HakAllocator heap = open(told)) {
      heap.free(heap.realloc(heap.malloc(1), 1_000));
    }
    assertEquals(List.of(), told.calls);
  }

  private static void useAndCheck(HakAllocator heap) {
    long[] blocks = new long[100];
    for (int i = 0; i < blocks.length; i++) {
      blocks[i] = i % 2 == 0 ? heap.malloc(i) : heap.malloc(i, 128);
    }
    HeapWalker.check(heap, blocks.clone());
    assertEquals(blocks.length, heap.stats().liveBlocks());
    for (long block : blocks) {
      heap.free(heap.realloc(block, 3_000));
    }
    assertEquals(0, heap.stats().liveBlocks());
    HeapWalker.check(heap, new long[0]);
  }

  /** Blocks of all sizes with their contents, and as many told as there are. */
  @Test
  void randomCallsKeepContentsAndAreTold() {
    Told told = new Told();
    try (HakAllocator heap = open(told)) {
      CheckedUser user = new CheckedUser(heap, 1);
      user.play(new SplittableRandom(5), 5_000, CheckedUser.Sizes.upTo(200_000));
      HeapWalker.check(heap, user.addresses());
      assertEquals(user.blockCount(), begun(told) - ended(told));
      user.freeAll();
      HeapWalker.check(heap, new long[0]);
      assertEquals(begun(told), ended(told));
      assertEquals(told.places.get(), told.calls.size(), "every place is told of");
    }
  }

  private static long begun(Told told) {
    Set<CallLog.Call> kinds =
        EnumSet.of(CallLog.Call.MALLOC, CallLog.Call.CALLOC, CallLog.Call.ALIGNED);
    return told.calls.stream().filter(kinds::contains).count();
  }

  private static long ended(Told told) {
    return told.calls.stream().filter(CallLog.Call.FREE::equals).count();
  }

  @Test
  void whatALogThrowsIsNobodysConcern() {
    CallLog failsFirst =
        new Told() {
          @Override
          public long next() {
            throw new IllegalStateException("of the test");
          }
        };
    CallLog failsLater =
        new Told() {
          @Override
          public void tell(long place, Call call, long address, long size, long alignment) {
            throw new OutOfMemoryError("of the test");
          }
        };
    for (CallLog log : List.of(failsFirst, failsLater)) {
      try (HakAllocator heap = open(log)) {
        useAndCheck(heap);
      }
    }
  }

  @Test
  void anObserverThatThrowsFailsTheOpening() {
    next =
        () -> {
          throw new IllegalArgumentException("of the test");
        };
    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> Hak.open(profile()));
    assertEquals("of the test", e.getMessage());
  }

  /** Wherever the stack of the thread ends, a block that was taken is returned. */
  @Test
  void theEndOfAStackLosesNoBlock() throws InterruptedException {
    try (HakAllocator heap = open(new Told())) {
      Diver diver = new Diver(heap);
      Thread thread = new Thread(null, diver::dive, "diver", 256 << 10);
      thread.start();
      thread.join();
      assertTrue(diver.failed > 0, "the stack never ended");
      assertTrue(diver.count > 0, "there never was room");
      assertEquals(diver.count, heap.stats().liveBlocks());
      for (int i = 0; i < diver.count; i++) {
        heap.free(diver.blocks[i]);
      }
      assertEquals(0, heap.stats().liveBlocks());
      HeapWalker.check(heap, new long[0]);
    }
  }

  /** Goes to the end of the stack, and on the way back makes a call in each frame. */
  private static final class Diver {
    private final HakAllocator heap;
    private final long[] blocks = new long[1_000];
    private int count;
    private int failed;

    Diver(HakAllocator heap) {
      this.heap = heap;
    }

    @SuppressWarnings("InfiniteRecursion") // it ends where the stack does
    private void dive() {
      try {
        dive();
      } catch (StackOverflowError end) {
        // as deep as it goes: back from here
      }
      if (count < blocks.length) {
        try {
          blocks[count] = heap.malloc(count * 40L);
          count++;
        } catch (StackOverflowError end) {
          failed++;
        }
      }
    }
  }
}
