package hak.big;

import hak.core.spi.BoxContext;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * Which blocks get huge pages: those that come when more than a threshold would have memory
 * otherwise, unless blocks of their length were seen hardly written ({@link FillHistory}). Not
 * synchronised; {@link BigTier} holds its lock around every call.
 *
 * <p>What came of it is counted for learners, where a block takes fresh memory.
 */
final class PageChoice {
  /** A block that grows is expected to become so many times as long. */
  private static final int GROWTH = 8;

  private final LongSupplier hugeFromBytes;
  private final AtomicLong hugeBytes;
  private final AtomicLong smallBytes;
  private final FillHistory history = new FillHistory();

  /**
   * With no block seen.
   *
   * @param hugeFromBytes how much may be in small pages before blocks get huge ones, asked for each
   *     block
   * @param hugeBytes counts fresh memory in huge pages
   * @param smallBytes counts fresh memory in small pages
   */
  PageChoice(LongSupplier hugeFromBytes, AtomicLong hugeBytes, AtomicLong smallBytes) {
    this.hugeFromBytes = hugeFromBytes;
    this.hugeBytes = hugeBytes;
    this.smallBytes = smallBytes;
  }

  /**
   * Of a box.
   *
   * @param hugeFrom the name of its option
   */
  static PageChoice of(BoxContext context, String hugeFrom) {
    long hugeFromBytes = context.settings().number(hugeFrom);
    return new PageChoice(
        context.turned(hugeFrom).orElse(() -> hugeFromBytes),
        context.counter("huge-fresh-bytes"),
        context.counter("small-fresh-bytes"));
  }

  /** What is known of a block by who asks, or by those of its length that were seen. */
  Place placeOf(long bytes, Place wanted) {
    return wanted == Place.USUAL && !history.saysFilled(bytes) ? Place.THIN : wanted;
  }

  /**
   * Whether a block is to be in huge pages.
   *
   * @param withMemory bytes that have memory without it
   */
  boolean wantsHuge(long bytes, Place place, long withMemory) {
    long expected = place == Place.TO_GROW ? GROWTH * bytes : bytes;
    boolean isDense = place != Place.SPARSE && place != Place.THIN;
    return isDense && withMemory + expected > hugeFromBytes.getAsLong();
  }

  /** A block has taken fresh memory. */
  void count(long freshBytes, boolean isHuge) {
    (isHuge ? hugeBytes : smallBytes).getAndAdd(freshBytes);
  }

  /** Takes note of a block that is freed. */
  void note(long bytes, boolean isFilled) {
    history.note(bytes, isFilled);
  }
}
