package hak.bench.stress;

import java.util.Locale;

/** What an {@link Actor} does at a time. */
enum Operation {
  MALLOC,
  ALIGNED,
  CALLOC,
  REALLOC,
  FREE,
  FREE_SIZED,
  FREE_OF_ANOTHER,
  FOREIGN_FREE,
  USABLE_SIZE,
  CHECK,
  EXCHANGE,
  SEGMENT,
  FREE_SEGMENT,
  CONFINED_ARENA,
  SHARED_ARENA,
  TRIM,
  RELEASE_THREAD_HEAP,
  STATS,
  COUNTS,
  DESCRIBE;

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
