package hak.bench.stress.actors;

import java.util.random.RandomGenerator;

/** Where sizes come from: each doubling is as likely, larger tiers are rare. */
final class Sizes {
  private static final int SMALL_DOUBLINGS = 16;
  private static final int LARGE_DOUBLINGS = 21;
  private static final int BIG_DOUBLINGS = 23;

  private Sizes() {}

  /** A size in bytes, up to 64 KiB mostly, up to 2 MiB at times, up to 8 MiB seldom. */
  static long next(RandomGenerator random) {
    int choice = random.nextInt(1000);
    if (choice < 965) {
      return upTo(1L << random.nextInt(SMALL_DOUBLINGS + 1), random);
    }
    return choice < 997
        ? upTo(1L << random.nextInt(SMALL_DOUBLINGS, LARGE_DOUBLINGS + 1), random)
        : upTo(1L << random.nextInt(LARGE_DOUBLINGS, BIG_DOUBLINGS + 1), random);
  }

  /** A size for one of many at a time. */
  static long small(RandomGenerator random) {
    return upTo(1L << random.nextInt(12), random);
  }

  /** A power of two: small ones, pages of all kinds, now and then 4 MiB. */
  static long alignment(RandomGenerator random) {
    return 1L << random.nextInt(random.nextInt(8) == 0 ? BIG_DOUBLINGS : 14);
  }

  private static long upTo(long limit, RandomGenerator random) {
    return random.nextLong(limit + 1);
  }
}
