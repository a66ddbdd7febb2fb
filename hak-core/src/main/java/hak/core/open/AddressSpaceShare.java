package hak.core.open;

import hak.core.limits.AddressSpace;
import hak.core.limits.SystemLimits;
import hak.core.memory.Reservation;
import hak.core.profile.check.RegionPlan;

/**
 * How much address space a stack may reserve under {@code RLIMIT_AS}: half of what is left, for the
 * JVM needs the rest for its heap, its code and its threads, and dies without.
 *
 * @param mostBytes the most; {@link Long#MAX_VALUE} where there is no limit
 * @param reason the limit, to be put behind a message; empty where there is none
 */
record AddressSpaceShare(long mostBytes, String reason) {
  /** What there is now. */
  static AddressSpaceShare of(SystemLimits limits) {
    return limits
        .addressSpace()
        .map(AddressSpaceShare::of)
        .orElseGet(() -> new AddressSpaceShare(Long.MAX_VALUE, ""));
  }

  private static AddressSpaceShare of(AddressSpace space) {
    return new AddressSpaceShare(
        space.leftBytes() / 2,
        String.format(
            "; of RLIMIT_AS %,d MiB are left, and a stack takes half of that at most (ulimit -v)",
            space.leftBytes() >> 20));
  }

  /** Whether all that refs can name may be reserved. */
  boolean allowsAllRefs() {
    return Reservation.takenForAllRefs() <= mostBytes;
  }

  /** A plan with as much of the region as may be reserved. */
  RegionPlan fit(RegionPlan wanted) {
    return Reservation.takenFor(wanted.regionBytes()) <= mostBytes
        ? wanted
        : wanted.withRegionBytes(Math.max(0, mostBytes - Reservation.takenFor(0)));
  }
}
