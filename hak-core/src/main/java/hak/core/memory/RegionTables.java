package hak.core.memory;

/**
 * The tables over a region: an entry for each superslab and for each page of it, so that any
 * address in it can be asked for its page.
 *
 * <pre>
 *   | superslab states | page classes | descriptors |  data ...
 * </pre>
 *
 * @param pages the descriptors and the classes of pages
 * @param pageRuns the superslabs, without sources until they are connected
 */
public record RegionTables(PageTable pages, PageRuns pageRuns) {
  /** Bytes of the tables over a region of so many bytes, each rounded up to a page. */
  public static long bytes(long regionBytes) {
    return Round.up(PageRuns.stateBytes(regionBytes), PageTable.PAGE_BYTES)
        + Round.up(pageCount(regionBytes), PageTable.PAGE_BYTES)
        + Round.up(descriptorBytes(regionBytes), PageTable.PAGE_BYTES);
  }

  /**
   * Of these, what is held with one superslab: all of the states and classes, and the descriptors
   * from the base to the end of the superslab.
   */
  public static long leastBytes(long regionBytes, long superslabEndBytes) {
    return Round.up(PageRuns.stateBytes(regionBytes), PageTable.PAGE_BYTES)
        + Round.up(pageCount(regionBytes), PageTable.PAGE_BYTES)
        + Reservation.metadataStep(descriptorBytes(superslabEndBytes));
  }

  private static long pageCount(long regionBytes) {
    return regionBytes >> PageTable.PAGE_SHIFT;
  }

  private static long descriptorBytes(long regionBytes) {
    return pageCount(regionBytes) * PageTable.DESCRIPTOR_BYTES;
  }

  /**
   * Lays the tables out behind the parts that were cut off before; data begins behind them. Null
   * when the system refuses memory for them.
   */
  public static RegionTables tryLayOut(Reservation reservation) {
    long bytes = reservation.lengthBytes();
    Reservation.Part states = reservation.part(PageRuns.stateBytes(bytes));
    Reservation.Part classes = reservation.part(pageCount(bytes));
    Reservation.Part descriptors = reservation.part(descriptorBytes(bytes));
    if (!states.ensure(PageRuns.stateBytes(bytes))
        || !classes.ensure(pageCount(bytes))
        || !descriptors.allowRead()) {
      return null;
    }
    reservation.openData(descriptors);
    Memory memory = reservation.memory();
    PageTable pages = new PageTable(memory, descriptors.ref(), classes.ref());
    return new RegionTables(pages, new PageRuns(memory, pages, reservation, states.ref()));
  }
}
