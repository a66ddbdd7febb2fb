package hak.bench.verify;

import hak.bench.replay.Crew;
import hak.bench.replay.Operations;
import hak.bench.trace.Program;

/**
 * Replays a program and checks what an allocator promises:
 *
 * <ul>
 *   <li>a block of more than 8 bytes lies at a multiple of 16, a smaller one of 8, an aligned one
 *       as asked for;
 *   <li>its usable size is no less than its size, and no two live blocks of any thread share a
 *       usable byte;
 *   <li>calloc gives zeros;
 *   <li>every byte of a block is as it was written until it is freed, and up to the smaller size
 *       after realloc.
 * </ul>
 */
public final class Verifier {
  private final Program program;
  private final Operations heap;
  private final BlockMap map = new BlockMap();
  private final Replica[] replicas;

  /** Prepares a verified replay by {@code threads} threads. */
  public Verifier(Program program, Operations heap, int threads) {
    this.program = program;
    this.heap = heap;
    this.replicas = new Replica[threads];
    for (int i = 0; i < threads; i++) {
      replicas[i] = new Replica(i);
    }
  }

  /**
   * Replays all events on all threads of a crew.
   *
   * @throws VerificationException at the first broken promise
   */
  public void replay(Crew crew) {
    crew.run(index -> replicas[index].replay());
  }

  /**
   * Checks and frees the blocks that are left.
   *
   * @throws VerificationException at the first broken promise
   */
  public void freeLeftover(Crew crew) {
    crew.run(index -> replicas[index].freeLeftover());
  }

  /** The copy of one thread. */
  private final class Replica {
    private final int thread;
    private final long[] addresses = new long[program.slots()];
    private final long[] sizes = new long[program.slots()];
    private final long[] usable = new long[program.slots()];
    private final long[] ids = new long[program.slots()];
    private long nextId;
    private int event;

    Replica(int thread) {
      this.thread = thread;
    }

    void replay() {
      long[] events = program.events();
      for (event = 0; event < events.length; event++) {
        long word = events[event];
        int slot = Program.slot(word);
        long argument = Program.argument(word);
        switch (Program.op(word)) {
          case Program.ALIGNED ->
              call(
                  Program.ALIGNED,
                  slot,
                  Program.alignment(argument),
                  Program.alignedSize(argument));
          case Program.WIDE -> {
            long entry = program.wide()[(int) argument];
            call(
                Program.wideOp(entry), slot, Program.wideAlignment(entry), Program.wideSize(entry));
          }
          default -> call(Program.op(word), slot, 1, argument);
        }
      }
    }

    void freeLeftover() {
      for (int slot : program.leftover()) {
        free(slot);
      }
    }

    private void call(int op, int slot, long alignment, long size) {
      switch (op) {
        case Program.MALLOC -> begin(slot, heap.malloc(0, slot, size), 1, size);
        case Program.CALLOC -> {
          begin(slot, heap.calloc(0, slot, size), 1, size);
          requireZero(slot);
        }
        case Program.ALIGNED ->
            begin(slot, heap.aligned(0, slot, alignment, size), alignment, size);
        case Program.FREE -> {
          free(slot);
          return;
        }
        default -> realloc(slot, size);
      }
      Pattern.fill(addresses[slot], size, Pattern.seed(thread, ids[slot]));
    }

    private void begin(int slot, long address, long alignment, long size) {
      ids[slot] = nextId++;
      addresses[slot] = address;
      sizes[slot] = size;
      if (address == 0) {
        throw failure(slot, "the address is 0");
      }
      long atLeast = Math.max(alignment, size > 8 ? 16 : 8);
      if ((address & atLeast - 1) != 0) {
        throw failure(slot, "not at a multiple of " + atLeast);
      }
      usable[slot] = heap.usableSize(address);
      if (usable[slot] < size) {
        throw failure(slot, "usable size " + usable[slot] + " is less than the size");
      }
      long shared = map.mark(address, usable[slot]);
      if (shared != 0) {
        throw failure(
            slot, String.format("overlaps a live block at 0x%x%s", shared, owner(shared, slot)));
      }
    }

    private void end(int slot) {
      requireContent(slot, addresses[slot], sizes[slot], Pattern.seed(thread, ids[slot]));
      map.unmark(addresses[slot], usable[slot]);
    }

    private void free(int slot) {
      end(slot);
      long address = addresses[slot];
      addresses[slot] = 0;
      heap.free(address);
    }

    private void realloc(int slot, long size) {
      end(slot);
      long kept = Math.min(sizes[slot], size);
      long oldSeed = Pattern.seed(thread, ids[slot]);
      long old = addresses[slot];
      addresses[slot] = 0;
      begin(slot, heap.realloc(old, size), 1, size);
      requireContent(slot, addresses[slot], kept, oldSeed);
    }

    private void requireContent(int slot, long address, long bytes, long seed) {
      long at = Pattern.difference(address, bytes, seed);
      if (at != Pattern.NONE) {
        throw failure(slot, bytes(at, Pattern.byteAt(address + at), Pattern.byteOf(seed, at)));
      }
    }

    private void requireZero(int slot) {
      long at = Pattern.nonZero(addresses[slot], sizes[slot]);
      if (at != Pattern.NONE) {
        throw failure(slot, "calloc: " + bytes(at, Pattern.byteAt(addresses[slot] + at), (byte) 0));
      }
    }

    private static String bytes(long at, byte found, byte expected) {
      return String.format("byte %d is 0x%02x, expected 0x%02x", at, found, expected);
    }

    private VerificationException failure(int slot, String what) {
      String when = event < program.events().length ? "event " + event : "the last frees";
      return new VerificationException(
          String.format(
              "thread %d, %s, block %d of %d B at 0x%x: %s",
              thread, when, ids[slot], sizes[slot], addresses[slot], what));
    }

    /** Which block covers an address, as far as this thread can see. */
    private String owner(long address, int besides) {
      for (Replica replica : replicas) {
        for (int slot = 0; slot < replica.addresses.length; slot++) {
          long start = replica.addresses[slot];
          boolean itself = replica == this && slot == besides;
          if (start != 0 && !itself && address >= start && address < start + replica.usable[slot]) {
            return ", block " + replica.ids[slot] + " of thread " + replica.thread;
          }
        }
      }
      return "";
    }
  }
}
