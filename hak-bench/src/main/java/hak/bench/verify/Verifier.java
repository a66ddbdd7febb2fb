package hak.bench.verify;

import hak.bench.replay.Channels;
import hak.bench.replay.Crew;
import hak.bench.replay.Operations;
import hak.bench.replay.Schedule;
import hak.bench.trace.ParallelProgram;
import hak.bench.trace.Program;
import java.util.Arrays;
import java.util.Objects;
import java.util.function.Predicate;

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
  private final ParallelProgram program;
  private final Operations heap;
  private final Crew crew;
  private final Schedule schedule;
  private final BlockMap map = new BlockMap();

  /** By thread; the last is of the opening. */
  private final Replica[] replicas;

  /** Prepares a verified replay by the threads of a crew: as many as the program has. */
  public Verifier(ParallelProgram program, Operations heap, Crew crew) {
    this.program = program;
    this.heap = heap;
    this.crew = crew;
    this.schedule = new Schedule(program, crew);
    this.replicas = new Replica[program.threads() + 1];
    LiveBlocks ofAll = program.sharesBlocks() ? new LiveBlocks(program.slots()) : null;
    for (int i = 0; i < replicas.length; i++) {
      Program part = program.program(i);
      if (part != null) {
        replicas[i] = new Replica(i, part, ofAll != null ? ofAll : new LiveBlocks(part.slots()));
      }
    }
  }

  /**
   * Replays all events.
   *
   * @throws VerificationException at the first broken promise
   */
  public void replay() {
    schedule.run((thread, from, to) -> replicas[thread].replay(from, to));
  }

  /**
   * Checks and frees the blocks that are left.
   *
   * @throws VerificationException at the first broken promise
   */
  public void freeLeftover() {
    crew.run(thread -> replicas[thread].freeLeftover());
  }

  /** How many blocks are left after the last event, of all threads. */
  public long leftover() {
    return program.parts().stream().mapToLong(part -> part.program().leftover().length).sum();
  }

  /** What one thread does. */
  private final class Replica {
    private static final int LAST_FREES = -1;

    private final int thread;
    private final Program part;
    private final LiveBlocks blocks;
    private final Channels channels = schedule.channels();
    private long nextId;
    private int event;

    Replica(int thread, Program part, LiveBlocks blocks) {
      this.thread = thread;
      this.part = part;
      this.blocks = blocks;
    }

    void replay(int from, int to) {
      long[] events = part.events();
      for (event = from; event < to; event++) {
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
            long entry = part.wide()[(int) argument];
            call(
                Program.wideOp(entry), slot, Program.wideAlignment(entry), Program.wideSize(entry));
          }
          default -> call(Program.op(word), slot, 1, argument);
        }
      }
    }

    void freeLeftover() {
      event = LAST_FREES;
      for (int slot : part.leftover()) {
        free(slot);
      }
    }

    private void call(int op, int slot, long alignment, long size) {
      switch (op) {
        case Program.FREE -> free(slot);
        case Program.MOVE -> blocks.move(slot, (int) size);
        case Program.POST -> channels.post(slot);
        case Program.AWAIT -> channels.await(slot, size);
        case Program.WRITE -> {} // the pattern stays
        default -> allocate(op, slot, alignment, size);
      }
    }

    private void allocate(int op, int slot, long alignment, long size) {
      switch (op) {
        case Program.MALLOC -> begin(slot, heap.malloc(0, slot, size), 1, size);
        case Program.CALLOC -> {
          begin(slot, heap.calloc(0, slot, size), 1, size);
          requireZero(slot);
        }
        case Program.ALIGNED ->
            begin(slot, heap.aligned(0, slot, alignment, size), alignment, size);
        default -> realloc(slot, size);
      }
      Pattern.fill(blocks.addresses[slot], size, blocks.seed(slot));
    }

    private void begin(int slot, long address, long alignment, long size) {
      blocks.threads[slot] = thread;
      blocks.ids[slot] = nextId++;
      blocks.addresses[slot] = address;
      blocks.sizes[slot] = size;
      if (address == 0) {
        throw failure(slot, "the address is 0");
      }
      long atLeast = Math.max(alignment, size > 8 ? 16 : 8);
      if ((address & atLeast - 1) != 0) {
        throw failure(slot, "not at a multiple of " + atLeast);
      }
      long usable = heap.usableSize(address);
      blocks.usable[slot] = usable;
      if (usable < size) {
        throw failure(slot, "usable size " + usable + " is less than the size");
      }
      long shared = map.mark(address, usable);
      if (shared != 0) {
        throw failure(
            slot, String.format("overlaps a live block at 0x%x%s", shared, owner(shared, slot)));
      }
    }

    private void end(int slot) {
      requireContent(slot, blocks.sizes[slot], blocks.seed(slot));
      map.unmark(blocks.addresses[slot], blocks.usable[slot]);
    }

    private void free(int slot) {
      end(slot);
      long address = blocks.addresses[slot];
      blocks.addresses[slot] = 0;
      heap.free(address);
    }

    private void realloc(int slot, long size) {
      end(slot);
      long kept = Math.min(blocks.sizes[slot], size);
      long oldSeed = blocks.seed(slot);
      long old = blocks.addresses[slot];
      blocks.addresses[slot] = 0;
      begin(slot, heap.realloc(old, size), 1, size);
      requireContent(slot, kept, oldSeed);
    }

    private void requireContent(int slot, long bytes, long seed) {
      long address = blocks.addresses[slot];
      long at = Pattern.difference(address, bytes, seed);
      if (at != Pattern.NONE) {
        throw failure(slot, bytes(at, Pattern.byteAt(address + at), Pattern.byteOf(seed, at)));
      }
    }

    private void requireZero(int slot) {
      long address = blocks.addresses[slot];
      long at = Pattern.nonZero(address, blocks.sizes[slot]);
      if (at != Pattern.NONE) {
        throw failure(slot, "calloc: " + bytes(at, Pattern.byteAt(address + at), (byte) 0));
      }
    }

    private static String bytes(long at, byte found, byte expected) {
      return String.format("byte %d is 0x%02x, expected 0x%02x", at, found, expected);
    }

    private VerificationException failure(int slot, String what) {
      String when = event == LAST_FREES ? "the last frees" : "event " + event;
      return new VerificationException(
          String.format(
              "thread %d, %s, block %d of %d B at 0x%x%s: %s",
              thread,
              when,
              blocks.ids[slot],
              blocks.sizes[slot],
              blocks.addresses[slot],
              blocks.threads[slot] == thread ? "" : " of thread " + blocks.threads[slot],
              what));
    }

    /** Which block covers an address, as far as this thread can see. */
    private String owner(long address, int besides) {
      return Arrays.stream(replicas)
          .filter(Objects::nonNull)
          .map(replica -> replica.blocks)
          .distinct()
          .map(table -> table.covering(address, blocks, besides))
          .filter(Predicate.not(String::isEmpty))
          .findFirst()
          .orElse("");
    }
  }
}
