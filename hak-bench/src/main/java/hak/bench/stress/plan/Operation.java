package hak.bench.stress.plan;

import java.util.Arrays;
import java.util.Collections;
import java.util.Locale;
import java.util.random.RandomGenerator;

/** What an {@link hak.bench.stress.actors.Actor} does at a time. */
public enum Operation {
  MALLOC(430),
  ALIGNED(40),
  CALLOC(60),
  REALLOC(60),
  FREE(165),
  FREE_SIZED(165),
  FREE_OF_ANOTHER(20),
  USABLE_SIZE(20),
  CHECK(40),
  EXCHANGE(50),
  SEGMENT(30),
  FREE_SEGMENT(20),
  CONFINED_ARENA(12),
  SHARED_ARENA(10),

  TRIM(3, true),
  RELEASE_THREAD_HEAP(1, true),
  FOREIGN_FREE(1, true),
  STATS(1, true),
  COUNTS(1, true),
  DESCRIBE(1, true);

  private static final Operation[] OF_BLOCKS = each(false);
  private static final Operation[] OF_THE_STACK = each(true);

  private final int weight;
  private final boolean isOfTheStack;

  Operation(int weight) {
    this(weight, false);
  }

  Operation(int weight, boolean isOfTheStack) {
    this.weight = weight;
    this.isOfTheStack = isOfTheStack;
  }

  /** Each as often as its weight says. */
  private static Operation[] each(boolean isOfTheStack) {
    return Arrays.stream(values())
        .filter(operation -> operation.isOfTheStack == isOfTheStack)
        .flatMap(operation -> Collections.nCopies(operation.weight, operation).stream())
        .toArray(Operation[]::new);
  }

  /**
   * The next one.
   *
   * @param ofTheStackPermille how many of a thousand concern the whole stack and not a block
   */
  public static Operation next(RandomGenerator random, int ofTheStackPermille) {
    Operation[] choices = random.nextInt(1000) < ofTheStackPermille ? OF_THE_STACK : OF_BLOCKS;
    return choices[random.nextInt(choices.length)];
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
