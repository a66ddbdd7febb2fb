package hak.bench.arena;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * Measures one kind of arena in this JVM and prints the nanoseconds of a scope in the fastest
 * round: open, allocate segments of 64 bytes at multiples of 8, write the first 8 bytes of each,
 * close.
 */
final class ArenaScopes {
  static final long SIZE_BYTES = 64;
  private static final long ROUND_NANOS = 2_000_000;

  /** Scopes between two looks at the clock. */
  private static final int BATCH = 64;

  private static Arena escapedArena;
  private static MemorySegment escapedSegment;

  private ArenaScopes() {}

  private static void inlined(ArenaKind kind, int count) {
    try (Arena arena = kind.open()) {
      for (int i = 0; i < count; i++) {
        arena.allocate(SIZE_BYTES, 8).set(ValueLayout.JAVA_LONG, 0, i);
      }
    }
  }

  private static void escaping(ArenaKind kind, int count) {
    try (Arena arena = kind.open()) {
      escapedArena = arena;
      for (int i = 0; i < count; i++) {
        MemorySegment segment = arena.allocate(SIZE_BYTES, 8);
        segment.set(ValueLayout.JAVA_LONG, 0, i);
        escapedSegment = segment;
      }
    }
  }

  private static double nanosPerScope(ArenaKind kind, int count, boolean escapes, int rounds) {
    double best = Double.MAX_VALUE;
    for (int round = 0; round < rounds; round++) {
      long begin = System.nanoTime();
      long scopes = 0;
      long took;
      do {
        for (int i = 0; i < BATCH; i++) {
          if (escapes) {
            escaping(kind, count);
          } else {
            inlined(kind, count);
          }
        }
        scopes += BATCH;
        took = System.nanoTime() - begin;
      } while (took < ROUND_NANOS);
      best = Math.min(best, (double) took / scopes);
    }
    return best;
  }

  /**
   * Prints one figure.
   *
   * @param arguments kind, segments in a scope, whether arena and segments are stored in fields,
   *     rounds
   */
  public static void main(String[] arguments) {
    ArenaKind kind = ArenaKind.valueOf(arguments[0]);
    int count = Integer.parseInt(arguments[1]);
    boolean escapes = Boolean.parseBoolean(arguments[2]);
    double nanos = nanosPerScope(kind, count, escapes, Integer.parseInt(arguments[3]));
    if (escapes != (escapedArena != null && escapedSegment.byteSize() == SIZE_BYTES)) {
      throw new AssertionError("what escapes is not what was asked for");
    }
    System.out.println(nanos);
  }
}
