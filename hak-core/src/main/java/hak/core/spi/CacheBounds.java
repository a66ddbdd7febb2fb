package hak.core.spi;

import hak.core.memory.Magazine;
import hak.core.memory.Magazines;
import hak.core.memory.SizeClasses;
import java.util.List;

/**
 * The options that caches have in common: by which they are bounded, blocks and bytes of a size
 * class, of which the less holds; and by which they ask for more.
 */
public final class CacheBounds {
  /** Most blocks of one size class that a thread keeps. */
  public static final String CAPACITY = "capacity";

  /** Most bytes of one size class that a thread keeps. */
  public static final String BYTES = "bytes";

  /** How many blocks a cache asks for when none had one. */
  public static final String REFILL = "refill";

  private CacheBounds() {}

  /** The option {@link #CAPACITY} alone. */
  public static Option capacity(long mostBlocks, long defaultBlocks) {
    return Option.count(
        CAPACITY,
        "blocks",
        1,
        mostBlocks,
        defaultBlocks,
        "Most blocks of one size class that a thread keeps.");
  }

  /** The option {@link #REFILL}. */
  public static Option refill(long mostBlocks, long defaultBlocks) {
    return Option.count(
        REFILL,
        "blocks",
        0,
        mostBlocks,
        defaultBlocks,
        "How many blocks it asks the tier for when no cache has one; 0 = none.");
  }

  /** The options of a cache that can hold so many blocks of a class. */
  public static List<Option> options(long mostBlocks, long defaultBlocks) {
    return List.of(
        capacity(mostBlocks, defaultBlocks),
        Option.bytes(
            BYTES, 8, 1 << 30, 64 << 10, "Most bytes of one size class that a thread keeps."));
  }

  /** How many blocks of each size class may be kept, by number; of class 0, which is none, 0. */
  public static int[] rooms(BoxContext context) {
    Settings settings = context.settings();
    SizeClasses classes = context.sizeClasses();
    int[] rooms = new int[classes.last() + 1];
    for (int sizeClass = 1; sizeClass < rooms.length; sizeClass++) {
      long byBytes = settings.number(BYTES) / classes.bytes(sizeClass);
      rooms[sizeClass] = (int) Math.min(settings.number(CAPACITY), byBytes);
    }
    return rooms;
  }

  /** What a cache of {@link #magazines} keeps in every thread heap. */
  public static HeapSpace spaceOfMagazines(Settings settings) {
    return HeapSpace.perClass(Magazine.bytes(settings.integer(CAPACITY)));
  }

  /** A magazine of each size class with the room that the two options leave. */
  public static Magazines magazines(BoxContext context) {
    int cellBytes = spaceOfMagazines(context.settings()).perClassBytes();
    return new Magazines(context.memory(), context.perClass(cellBytes), rooms(context));
  }
}
