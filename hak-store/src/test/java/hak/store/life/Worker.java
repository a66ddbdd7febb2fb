package hak.store.life;

import hak.store.DuplicateNameException;
import hak.store.NoSuchObjectException;
import hak.store.ObjectRef;
import hak.store.ObjectStore;
import hak.store.ObjectView;
import hak.store.StoreFullException;
import hak.store.StoreOptions;
import hak.store.WritableObject;
import hak.store.access.TestStores;
import java.io.PrintStream;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Random;

/**
 * Works in a store until its process is killed. What an object holds follows from its length, so
 * whoever finds one can tell whether it is whole.
 */
final class Worker {
  /** What is done over and over: mostly one thing, so that many deaths are in the midst of it. */
  enum Work {
    /**
     * Puts until the store is full, so rows and length are added, or memory that was given back.
     */
    GROW,

    /** Scatters the free space and brings it together. */
    COMPACT,

    /** Puts, writes, replaces, reads and deletes, with and without names, in no order. */
    MIX,

    /** Gives the memory behind free space back. */
    PUNCH;

    /**
     * Memory is given back at once where that is the work: to get it again would be most of any.
     */
    private StoreOptions options() {
      return this == PUNCH ? OPTIONS.withPurge(Duration.ofMillis(1), 4096) : OPTIONS;
    }
  }

  /** 16 MiB in steps of 64 KiB; more objects than have rows at first. */
  static final StoreOptions OPTIONS =
      StoreOptions.DEFAULT
          .withCapacityBytes(16 << 20)
          .withObjectLimit(3000)
          .withProcessLimit(8)
          .withGrowthBytes(64 << 10);

  /** What a worker says when it begins. */
  static final String READY = "ready";

  private static final int SMALL = 300;
  private static final int LARGE = 256 << 10;
  private static final int MOST_KEPT = 40;
  private static final int NAMES = 8;
  private static final MemorySegment PATTERN = TestStores.data(1, LARGE + 64);

  private final ObjectStore store;
  private final Random random;
  private final Deque<ObjectRef> mine = new ArrayDeque<>();

  private Worker(ObjectStore store, Random random) {
    this.store = store;
    this.random = random;
  }

  /**
   * Works after a round in a store of its own, for in its first one a process hardly does anything
   * but load classes and link native calls. Says when it begins, and what went wrong if anything
   * does.
   */
  static void run(Path path, Work work, long seed) {
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    Random random = new Random(seed);
    Path scratch = path.resolveSibling(path.getFileName() + "-of-" + ProcessHandle.current().pid());
    try {
      try (ObjectStore store = ObjectStore.open(scratch, work.options())) {
        new Worker(store, random).round(work);
      } finally {
        Files.deleteIfExists(scratch);
      }
      try (ObjectStore store = ObjectStore.open(path, work.options())) {
        Worker worker = new Worker(store, random);
        out.println(READY);
        while (true) {
          worker.round(work);
        }
      }
    } catch (Throwable e) {
      out.println(e);
      e.printStackTrace();
      Runtime.getRuntime().halt(3);
    }
  }

  /** What an object of that length holds. */
  static MemorySegment data(int length) {
    return PATTERN.asSlice(length % 64, length);
  }

  /** Whether an object holds what it should. */
  static boolean isWhole(ObjectView view) {
    return view.segment().mismatch(data((int) view.sizeBytes())) < 0 && view.isIntact();
  }

  private void round(Work work) {
    try {
      switch (work) {
        case GROW -> grow();
        case MIX -> mix();
        case PUNCH -> punch();
        case COMPACT -> compact();
      }
    } catch (StoreFullException e) {
      deleteMine();
      store.trim();
    } catch (DuplicateNameException | NoSuchObjectException e) {
      // Another worker has the same names.
    }
  }

  private int small() {
    return random.nextInt(SMALL);
  }

  private int large() {
    return random.nextInt(LARGE);
  }

  private void put(int length) {
    mine.add(store.put(data(length)));
  }

  private void deleteMine() {
    while (!mine.isEmpty()) {
      store.delete(mine.remove());
    }
  }

  private void grow() {
    while (true) {
      put(random.nextInt(16) == 0 ? large() : small());
    }
  }

  private void punch() {
    for (int i = 0; i < 8; i++) {
      store.create(LARGE).close();
    }
    store.trim();
  }

  private void compact() {
    for (int i = 0; i < 24; i++) {
      put(i % 2 == 0 ? small() + 1 : large());
    }
    for (int i = mine.size(); i > 0; i--) {
      ObjectRef ref = mine.remove();
      if (i % 2 == 0) { // The small ones, so that the large ones move by little, in many pieces.
        store.delete(ref);
      } else {
        mine.add(ref);
      }
    }
    store.compact();
    read(store.get(mine.peek()));
    deleteMine();
  }

  private void mix() {
    String name = "name " + random.nextInt(NAMES);
    int length = random.nextInt(4) == 0 ? large() : small();
    switch (random.nextInt(9)) {
      case 0 -> store.put(name, data(length));
      case 1 -> store.replace(name, data(length));
      case 2 -> read(store.get(name));
      case 3 -> store.delete(name);
      case 4 -> write(length);
      case 5 -> referTwice();
      default -> put(length);
    }
    if (mine.size() > MOST_KEPT) {
      store.delete(mine.remove());
    }
  }

  private void write(int length) {
    try (WritableObject object = store.create(length)) {
      int half = length / 2;
      object.append(data(length).asSlice(0, half));
      object.segment().asSlice(half).copyFrom(data(length).asSlice(half));
      mine.add(object.seal());
    }
  }

  private void referTwice() {
    if (!mine.isEmpty()) {
      store.retain(mine.peek());
      store.release(mine.peek());
    }
  }

  private static void read(ObjectView opened) {
    try (ObjectView view = opened) {
      if (!isWhole(view)) {
        throw new AssertionError(view.ref() + " of " + view.sizeBytes() + " bytes is not whole");
      }
    }
  }
}
