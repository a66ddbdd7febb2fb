package hak.bench.trace;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/**
 * Hands a program from one process of this machine to another. Not a format to keep: numbers are in
 * the machine's byte order, and a reader trusts the file.
 *
 * <pre>
 *   0   "HAKPROG3"
 *   8   u64 threads, parts (1: all threads have the same; else one for each), opening (0, 1), one table (0, 1), channels,
 *       frees, remote frees
 *   64  the parts, then the opening, each:
 *         u64 events, side table entries, slots left over, slots, touches (0, 1), peak live bytes, largest bytes, shifts,
 *             workers ({@link Part.Workers}), virtual threads
 *         u64 events; u64 side table; u32 slots left over; u32 from, u32 to of each shift
 * </pre>
 */
public final class ProgramFile {
  private static final long MAGIC_WORD = magicWord();
  private static final int HEAD_WORDS = 8;
  private static final int PART_HEAD_WORDS = 10;

  private ProgramFile() {}

  private static long magicWord() {
    byte[] magic = "HAKPROG3".getBytes(StandardCharsets.US_ASCII);
    return WordChannel.buffer(magic.length).put(magic).flip().getLong();
  }

  /** Writes a program over what is in the file. */
  public static void write(ParallelProgram program, Path file) throws IOException {
    try (FileChannel channel =
        FileChannel.open(
            file,
            StandardOpenOption.WRITE,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING)) {
      WordChannel words = new WordChannel(channel);
      List<Part> parts = program.isOfCopies() ? program.parts().subList(0, 1) : program.parts();
      words.writeLongs(
          MAGIC_WORD,
          program.threads(),
          parts.size(),
          program.opening() == null ? 0 : 1,
          program.sharesBlocks() ? 1 : 0,
          program.channels(),
          program.frees(),
          program.remoteFrees());
      for (Part part : parts) {
        write(part, words);
      }
      if (program.opening() != null) {
        write(Part.of(program.opening()), words);
      }
    }
  }

  private static void write(Part part, WordChannel words) throws IOException {
    Program program = part.program();
    words.writeLongs(
        program.events().length,
        program.wide().length,
        program.leftover().length,
        program.slots(),
        program.touches() ? 1 : 0,
        program.peakLiveBytes(),
        program.largestBytes(),
        part.shifts().size(),
        part.workers().number(),
        part.virtualThreads());
    words.writeLongs(program.events());
    words.writeLongs(program.wide());
    words.writeInts(program.leftover());
    words.writeInts(
        part.shifts().stream()
            .flatMapToInt(shift -> Arrays.stream(new int[] {shift.from(), shift.to()}))
            .toArray());
  }

  /** Reads a program. */
  public static ParallelProgram read(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file)) {
      WordChannel words = new WordChannel(channel);
      long[] head = words.readLongs(HEAD_WORDS);
      if (head[0] != MAGIC_WORD) {
        throw new IOException(file + ": not a program file");
      }
      int threads = (int) head[1];
      List<Part> parts = new ArrayList<>();
      for (int i = 0; i < head[2]; i++) {
        parts.add(read(words));
      }
      Program opening = head[3] == 0 ? null : read(words).program();
      return new ParallelProgram(
          parts.size() < threads ? Collections.nCopies(threads, parts.getFirst()) : parts,
          opening,
          head[4] != 0,
          (int) head[5],
          head[6],
          head[7]);
    }
  }

  private static Part read(WordChannel words) throws IOException {
    long[] head = words.readLongs(PART_HEAD_WORDS);
    long[] events = words.readLongs(Math.toIntExact(head[0]));
    long[] wide = words.readLongs(Math.toIntExact(head[1]));
    int[] leftover = words.readInts(Math.toIntExact(head[2]));
    Program program =
        new Program(
            events, wide, leftover, Math.toIntExact(head[3]), head[5], head[6], head[4] != 0);
    int[] bounds = words.readInts(2 * Math.toIntExact(head[7]));
    List<Part.Shift> shifts = new ArrayList<>();
    for (int i = 0; i < bounds.length; i += 2) {
      shifts.add(new Part.Shift(bounds[i], bounds[i + 1]));
    }
    return new Part(program, shifts, Part.Workers.of(head[8]), (int) head[9]);
  }
}
