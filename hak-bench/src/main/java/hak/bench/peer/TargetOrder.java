package hak.bench.peer;

import hak.core.profile.Profile;

/**
 * An allocator that a JVM is to replay on.
 *
 * @param kind which
 * @param stack the profile to open; null unless that is the kind
 */
record TargetOrder(Kind kind, Profile stack) {
  /** The loop with no allocator. */
  static final TargetOrder FLOOR = new TargetOrder(Kind.FLOOR, null);

  /** The C library's allocator, called through FFM. */
  static final TargetOrder FFM = new TargetOrder(Kind.FFM, null);

  /** What a JVM can replay on. */
  enum Kind {
    FLOOR,
    FFM,
    STACK
  }

  static TargetOrder of(Profile stack) {
    return new TargetOrder(Kind.STACK, stack);
  }
}
