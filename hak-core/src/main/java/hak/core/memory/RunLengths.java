package hak.core.memory;

/**
 * Makes a run of pages longer or shorter where it is. One compare-and-set of the state of the
 * superslab claims the pages behind the run, or gives its last ones back; a run never leaves its
 * superslab. Any thread may call, for a run of its own.
 *
 * <p>Order: a page is described after it is claimed, and forgotten before it is given back, so that
 * nobody's description is ever overwritten.
 *
 * @param pageRuns the pool
 * @param pages describes pages
 */
public record RunLengths(PageRuns pageRuns, PageTable pages) {
  /**
   * Makes a run as long as {@code count} pages; false, and nothing changed, when a page behind it
   * is not free, or the superslab ends.
   *
   * @param run descriptor of the head
   */
  public boolean set(int run, int count) {
    int before = pages.pages(run);
    int page = pages.pageOf(run);
    if (count > before) {
      return count <= PageRuns.pagesToEnd(page) && extend(run, page, before, count);
    }
    if (count < before) {
      shorten(run, page, before, count);
    }
    return true;
  }

  private boolean extend(int run, int page, int before, int count) {
    long more = PageBits.mask(bitOf(page) + before, count - before);
    if (!pageRuns.claimAll(PageRuns.superslabOf(page), more)) {
      return false;
    }
    pages.runPages(run, count);
    return true;
  }

  private void shorten(int run, int page, int before, int count) {
    long less = PageBits.mask(bitOf(page) + count, before - count);
    pages.runPages(run, count);
    pageRuns.release(PageRuns.superslabOf(page), (int) less, 0);
  }

  private static int bitOf(int page) {
    return PageRuns.PAGES - PageRuns.pagesToEnd(page);
  }
}
