package hak.core.spi;

import java.util.Optional;
import java.util.stream.Stream;

/** A list of boxes under {@code [stack]}, in the order in which profiles are written. */
public enum Section {
  /** Those that have the blocks; the one list that must not be empty. */
  TIERS("tiers", 32),
  /** Those that keep blocks at hand. */
  CACHES("caches", 32),
  /** Those that keep superslabs. */
  SUPERSLABS("superslabs", 32),
  /** The one that says in which superslabs slabs are. */
  PLACEMENT("placement", 1),

  /** Those that see what is not ours. */
  GUARDS("guards", 32),
  /** Those that watch; each is called for every cache and every tier. */
  OBSERVERS("observers", 4),
  /** The one that says what is asked for at which place of the program. */
  SITES("sites", 1),
  /** Those that set the stack while it runs; malloc and free have no code for them. */
  LEARNERS("learners", 8);

  private final String key;
  private final int most;

  Section(String key, int most) {
    this.key = key;
    this.most = most;
  }

  /** The section with this key. */
  public static Optional<Section> of(String key) {
    return Stream.of(values()).filter(section -> section.key.equals(key)).findFirst();
  }

  /** The key under {@code [stack]}. */
  public String key() {
    return key;
  }

  /** Where problems with the list as a whole are: {@code stack.caches}. */
  public String path() {
    return "stack." + key;
  }

  /** In which table of a profile its boxes have their settings: {@code tier} or {@code box}. */
  public String table() {
    return this == TIERS ? "tier" : "box";
  }

  /**
   * How many boxes it takes at most. Each writes some bytes into malloc and free, and with all that
   * are allowed the longest method has 3,080. C1 compiles those of 64 caches and 2 observers
   * (2,950), not those with 3 (it runs out of registers); HotSpot compiles none of more than 8,000,
   * and a class file has none of more than 65,535.
   */
  public int most() {
    return most;
  }
}
