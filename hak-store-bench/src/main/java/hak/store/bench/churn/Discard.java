package hak.store.bench.churn;

import java.util.Arrays;
import java.util.Locale;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;

/** Which episode makes room for the next. */
public enum Discard {
  /** Any, all alike: holes of all sizes come about everywhere. */
  RANDOM {
    @Override
    int choose(int held, RandomGenerator random) {
      return random.nextInt(held);
    }
  },
  /** The one that came first. */
  OLDEST {
    @Override
    int choose(int held, RandomGenerator random) {
      return 0;
    }
  };

  /**
   * The one of that name.
   *
   * @throws IllegalArgumentException naming all of them
   */
  public static Discard of(String name) {
    for (Discard each : values()) {
      if (each.toString().equals(name)) {
        return each;
      }
    }
    String names = Arrays.stream(values()).map(Discard::toString).collect(Collectors.joining(", "));
    throw new IllegalArgumentException("discard is '" + name + "'; it must be one of " + names);
  }

  /** Place of the episode to discard among those that are held, oldest first. */
  abstract int choose(int held, RandomGenerator random);

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
