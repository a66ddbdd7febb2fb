package hak.store.space;

/** Which free extent serves a request. */
public enum Placement {
  /** The lowest address that is long enough; walks all extents. */
  FIRST_FIT {
    @Override
    int choose(FreeSpace space, int units) {
      return space.firstFit(units);
    }
  },
  /** The shortest that is long enough; walks the extents of one or two bins. */
  BEST_FIT {
    @Override
    int choose(FreeSpace space, int units) {
      return space.bestFit(units);
    }
  },
  /** Any of the next bin up, in constant time; its own bin is looked through only without one. */
  SEGREGATED_FIT {
    @Override
    int choose(FreeSpace space, int units) {
      int extent = space.nextBinUp(units);
      return extent >= 0 ? extent : space.bestFit(units);
    }
  };

  /** The row of a free extent of at least {@code units}, -1 when there is none. */
  abstract int choose(FreeSpace space, int units);
}
