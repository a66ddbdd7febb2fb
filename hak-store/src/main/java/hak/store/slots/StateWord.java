package hak.store.slots;

import hak.store.ObjectRef;

/**
 * The state word of a slot, written so that damage shows.
 *
 * <pre>
 *   63      54 53           11 10      3 2     0
 *   |  check  |  generation   |  owner  | state |
 * </pre>
 *
 * <p>State and check are a code: of its words of 13 bits any two differ in 7 at least, so up to
 * three flipped bits leave the right one the nearest, and no single bit makes one state another.
 * That of FREE is zero, as a row that was never used. A word is damaged when it has none of them,
 * or an owner though it is FREE or SEALED. The generation of a sealed object is covered by the
 * object's checksum.
 *
 * <p>The check of a state but FREE has a bit for each pair of the states 1 to 5, set unless the
 * state is of the pair. So each differs from each other, and from that of FREE, in six bits, the
 * most that six words of ten bits can have.
 */
public final class StateWord {
  public static final int FREE = 0;
  public static final int ALLOCATED = 1;
  public static final int SEALED = 2;
  public static final int DELETING = 3;
  public static final int KEPT = 4;

  /** SEALED, but being moved: who wants it waits for the store's lock. */
  public static final int MOVING = 5;

  /** The state of a word that is damaged. */
  public static final int DAMAGED = -1;

  static final int STATES = 6;

  private static final int STATE_MASK = 7;
  private static final int OWNER_SHIFT = 3;
  private static final int OWNER_MASK = 0xFF;
  private static final int GENERATION_SHIFT = 11;
  private static final long GENERATION_MASK = (1L << SlotRef.GENERATION_BITS) - 1;
  private static final int CHECK_BITS = 10;
  private static final int CHECK_SHIFT = Long.SIZE - CHECK_BITS;
  private static final long CHECK_MASK = (1L << CHECK_BITS) - 1;

  /** The check of state s at bit 10 s; one number, so that that of a known state is a constant. */
  private static final long CHECKS =
      0x3F0L << 10 | 0x38EL << 20 | 0x26DL << 30 | 0x15BL << 40 | 0x0B7L << 50;

  private static final long CODE_MASK = CHECK_MASK << CHECK_SHIFT | STATE_MASK;

  static {
    if (GENERATION_SHIFT + SlotRef.GENERATION_BITS != CHECK_SHIFT
        || STATES * CHECK_BITS > Long.SIZE) {
      throw new ExceptionInInitializerError("state word");
    }
  }

  private StateWord() {}

  /** State and check. */
  private static long code(int state) {
    return state | ((CHECKS >>> (CHECK_BITS * state)) & CHECK_MASK) << CHECK_SHIFT;
  }

  public static long of(int state, int owner, long generation) {
    return code(state) | (long) owner << OWNER_SHIFT | generation << GENERATION_SHIFT;
  }

  /** The word of a slot while that object is sealed. */
  public static long sealed(ObjectRef ref) {
    return of(SEALED, 0, SlotRef.generation(ref));
  }

  /** The state, {@link #DAMAGED} when the word is. */
  public static int state(long word) {
    int state = (int) word & STATE_MASK;
    boolean sound =
        (word & CODE_MASK) == code(state)
            && state < STATES
            && (owner(word) == 0 || (state != FREE && state != SEALED));
    return sound ? state : DAMAGED;
  }

  /** Whether the word has that state: for paths that ask for one, and look at no owner. */
  public static boolean is(int state, long word) {
    return (word & CODE_MASK) == code(state);
  }

  /** The state whose code is nearest to that of the word. */
  public static int nearest(long word) {
    int nearest = FREE;
    for (int state = 1; state < STATES; state++) {
      if (distance(state, word) < distance(nearest, word)) {
        nearest = state;
      }
    }
    return nearest;
  }

  /** In how many bits the code of the word differs from that of a state. */
  public static int distance(int state, long word) {
    return Long.bitCount((word & CODE_MASK) ^ code(state));
  }

  /** Whether that object is being moved. */
  public static boolean isMoving(ObjectRef ref, long word) {
    return is(MOVING, word) && generation(word) == SlotRef.generation(ref);
  }

  public static int owner(long word) {
    return (int) (word >>> OWNER_SHIFT) & OWNER_MASK;
  }

  public static long generation(long word) {
    return word >>> GENERATION_SHIFT & GENERATION_MASK;
  }

  /** The generation after this one; never 0, so that no ref is 0. */
  public static long nextGeneration(long generation) {
    return generation == GENERATION_MASK ? 1 : generation + 1;
  }
}
