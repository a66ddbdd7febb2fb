package hak.testkit;

import hak.core.profile.Profile;
import hak.core.profile.StackOptions;

/**
 * Where the contract suites put their stacks: beyond 16 GiB of the reservation, so that the upper
 * bit of every ref is set, of a heap's, a descriptor's and a block's. Whoever takes a ref for a
 * signed number fails there. It is only address space.
 */
final class UpperHalf {
  /** 2^31 units of a ref. */
  static final long START_BYTES = 16L << 30;

  private UpperHalf() {}

  /** The profile with so much room, all of it in the upper half. */
  static Profile with(Profile profile, long usableBytes) {
    return profile
        .with(StackOptions.START, START_BYTES)
        .with(StackOptions.REGION, START_BYTES + usableBytes);
  }
}
