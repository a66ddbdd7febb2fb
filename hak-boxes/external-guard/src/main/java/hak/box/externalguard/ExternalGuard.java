package hak.box.externalguard;

import hak.core.spi.FreeGuard;
import java.lang.System.Logger.Level;

/**
 * Takes every foreign free, frees nothing, and says so: a warning at the first, a report at the
 * threshold and whenever the count has doubled since.
 *
 * @param profile the stack's name, for messages
 * @param reportAt the count of the first report
 * @param frees what was seen so far
 */
record ExternalGuard(String profile, long reportAt, ForeignFrees frees) implements FreeGuard {
  private static final System.Logger LOGGER = System.getLogger("hak");

  @Override
  public boolean foreignFree(long address) {
    MappingState state = MappingState.of(address);
    long count = frees.add(CallSite.ofCaller(), state);
    if (count == 1) {
      LOGGER.log(
          Level.WARNING,
          () ->
              String.format(
                  "allocator '%s': free of 0x%x, which it never allocated (%s); ignored and"
                      + " counted",
                  profile, address, state));
    }
    if (count >= reportAt && count % reportAt == 0 && Long.bitCount(count / reportAt) == 1) {
      LOGGER.log(Level.WARNING, () -> frees.report(profile));
    }
    return true;
  }
}
