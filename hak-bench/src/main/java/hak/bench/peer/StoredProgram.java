package hak.bench.peer;

import hak.bench.trace.ParallelProgram;
import java.nio.file.Path;

/**
 * A program in a file, for processes that replay it.
 *
 * @param file the file
 * @param threads how many threads replay it
 * @param callsPerThread calls of the allocator in a round, by threads; 1 or more
 * @param words events and slots of all tables together
 */
public record StoredProgram(Path file, int threads, double callsPerThread, long words) {
  /** A program that has been written to a file. */
  public static StoredProgram of(ParallelProgram program, Path file) {
    long events =
        program.programs().stream()
            .mapToLong(part -> part.events().length + part.wide().length)
            .sum();
    long slots = (long) program.slots() * (program.sharesBlocks() ? 1 : program.threads());
    return new StoredProgram(file, program.threads(), program.callsPerThread(), events + slots);
  }
}
