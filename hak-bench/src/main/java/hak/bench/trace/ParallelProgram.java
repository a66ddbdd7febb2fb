package hak.bench.trace;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * What several threads do at the same time: a {@link Part} for each, and where they meet.
 *
 * <p>The blocks are in tables of addresses, a table for each thread or one for all. In the table of
 * all a block goes from thread to thread: one writes its slot, by an allocation or a {@link
 * Program#MOVE}, and counts a channel up; the other awaits the count and reads the slot. A channel
 * is counted up by one thread alone. Bounded queues are made of this: a ring of slots, a channel
 * for what was put in and one for what was taken out.
 *
 * <p>All of it is fixed before anything is replayed: which thread frees which block, and when at
 * the earliest. So the calls of a thread are the same each time, in any language.
 *
 * @param parts what each thread does
 * @param opening what one more thread does before the parts begin, in every round; null if nothing
 * @param sharesBlocks whether all have one table, and the same number of slots
 * @param channels how many channels there are
 * @param frees blocks that are freed by an event, every event counted once
 * @param remoteFrees those of them that another part allocated, or the opening
 */
public record ParallelProgram(
    List<Part> parts,
    Program opening,
    boolean sharesBlocks,
    int channels,
    long frees,
    long remoteFrees) {
  /**
   * Copies the list.
   *
   * @throws IllegalArgumentException if there is no part, or a channel or an opening without a
   *     table of all
   */
  public ParallelProgram {
    parts = List.copyOf(parts);
    if (parts.isEmpty() || (!sharesBlocks && (channels > 0 || opening != null))) {
      throw new IllegalArgumentException(
          parts.size() + " parts, " + channels + " channels, one table: " + sharesBlocks);
    }
  }

  /** Threads that do not meet. */
  public static ParallelProgram apart(List<Program> programs) {
    return ofParts(programs.stream().map(Part::of).toList());
  }

  /** Parts that do not meet. */
  public static ParallelProgram ofParts(List<Part> parts) {
    return new ParallelProgram(parts, null, false, 0, 0, 0);
  }

  /** Threads that all do the same, each with blocks of its own. */
  public static ParallelProgram copies(Program program, int threads) {
    return copies(Part.of(program), threads);
  }

  /** As {@link #copies(Program, int)}, in shifts. */
  public static ParallelProgram copies(Part part, int threads) {
    return ofParts(Collections.nCopies(threads, part));
  }

  /** How many threads replay a part. */
  public int threads() {
    return parts.size();
  }

  /** What a thread does: of a part, or, one past the last part, of the opening. */
  public Program program(int thread) {
    return thread == parts.size() ? opening : parts.get(thread).program();
  }

  /** All programs without repetition, the opening last. */
  public List<Program> programs() {
    return Stream.concat(
            parts.stream().map(Part::program), Stream.of(opening).filter(Objects::nonNull))
        .distinct()
        .toList();
  }

  /** Whether the parts are one program. */
  public boolean isOfCopies() {
    return parts.stream().allMatch(part -> part.equals(parts.getFirst()));
  }

  /** Whether each part has one thread, which is there before and after a round. */
  public boolean keepsItsThreads() {
    return parts.stream().allMatch(part -> part.workers() == Part.Workers.OWN_THREAD);
  }

  /** Calls of the allocator in one round, by all threads together; those of the opening are not. */
  public long calls() {
    return isOfCopies()
        ? parts.getFirst().calls() * parts.size()
        : parts.stream().mapToLong(Part::calls).sum();
  }

  /** The calls of a round by the threads: what a time is divided by; 1 or more. */
  public double callsPerThread() {
    return Math.max(1, (double) calls() / threads());
  }

  /** The frees of blocks of other threads by all frees, a fraction; 0 if there are no frees. */
  public double remoteShare() {
    return frees == 0 ? 0 : (double) remoteFrees / frees;
  }

  /**
   * Empty tables of addresses to replay it with: one for each thread and one more for the opening,
   * which are one table where all share it; null for an opening that there is not.
   */
  public long[][] newTables() {
    long[][] tables = new long[threads() + 1][];
    if (sharesBlocks) {
      Arrays.fill(tables, new long[slots()]);
    } else {
      Arrays.setAll(
          tables, thread -> thread == threads() ? null : new long[program(thread).slots()]);
    }
    return tables;
  }

  /** Whether the first and the last byte of each block are written. */
  public boolean touches() {
    return parts.getFirst().program().touches();
  }

  /** The largest size of any block, in bytes. */
  public long largestBytes() {
    return programs().stream().mapToLong(Program::largestBytes).max().orElseThrow();
  }

  /** The mean size of the blocks of a full table, in bytes. */
  public long meanBytes() {
    long bytes = 0;
    long slots = 0;
    for (Program program : programs()) {
      bytes += program.peakLiveBytes();
      slots += program.slots();
    }
    return bytes / Math.max(1, slots);
  }

  /** The most slots of any table. */
  public int slots() {
    return programs().stream().mapToInt(Program::slots).max().orElseThrow();
  }

  /**
   * The same with sizes above {@code limitBytes} replaced by that; for loops that allocate nothing.
   */
  public ParallelProgram withSizesUpTo(int limitBytes) {
    if (largestBytes() <= limitBytes) {
      return this;
    }
    List<Part> clipped =
        isOfCopies()
            ? Collections.nCopies(threads(), clip(parts.getFirst(), limitBytes))
            : parts.stream().map(part -> clip(part, limitBytes)).toList();
    return new ParallelProgram(
        clipped,
        opening == null ? null : opening.withSizesUpTo(limitBytes),
        sharesBlocks,
        channels,
        frees,
        remoteFrees);
  }

  private static Part clip(Part part, int limitBytes) {
    return part.withProgram(part.program().withSizesUpTo(limitBytes));
  }
}
