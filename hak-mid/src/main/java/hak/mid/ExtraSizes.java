package hak.mid;

import hak.core.memory.SizeClasses;
import hak.core.spi.Option;
import hak.core.spi.Settings;
import java.util.stream.IntStream;

/**
 * Block sizes that a profile names beside those of its geometry: for sizes that a program uses much
 * and that lie between two others, 40 KiB say between 32 and 64.
 */
final class ExtraSizes {
  private static final String NAME = "extra-classes";
  private static final int STEP_BYTES = 16;

  /** What an element of the list is. */
  private static final Option SIZE =
      Option.bytes(NAME, STEP_BYTES, SizeClasses.MAX_BLOCK_BYTES, 40 << 10, "A block size.");

  private ExtraSizes() {}

  static Option option() {
    return Option.list(
        NAME,
        "block sizes, each a multiple of 16 B up to 256 KiB, such as \"40 KiB\"",
        ExtraSizes::bytes,
        "Block sizes beside those of 'classes', beyond 'largest' too. Those up to the largest block"
            + " of the tiers before are left out.");
  }

  /** The sizes that are set. */
  static IntStream of(Settings settings) {
    return settings.list(NAME).stream().mapToInt(ExtraSizes::bytes);
  }

  /** Throws IllegalArgumentException, saying what is allowed, for a text that is no such size. */
  private static int bytes(String text) {
    int bytes = Math.toIntExact((Long) SIZE.parse(text));
    if (bytes % STEP_BYTES != 0) {
      throw new IllegalArgumentException(
          "\"" + text + "\" is not allowed: a block size is a multiple of " + STEP_BYTES + " B");
    }
    return bytes;
  }
}
