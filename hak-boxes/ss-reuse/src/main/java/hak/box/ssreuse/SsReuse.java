package hak.box.ssreuse;

import hak.core.memory.PageRuns;
import hak.core.spi.SuperslabSource;

/**
 * Keeps a bounded number of empty superslabs, the last one retired given out first: its memory is
 * the warmest.
 *
 * @param shelf the superslabs kept
 */
record SsReuse(PageRuns pageRuns, Shelf shelf) implements SuperslabSource {
  @Override
  public int acquire() {
    return shelf.pop();
  }

  @Override
  public boolean retire(int superslab) {
    return shelf.push(superslab);
  }

  @Override
  public void trim() {
    for (int superslab = shelf.pop(); superslab >= 0; superslab = shelf.pop()) {
      pageRuns.purge(superslab);
    }
  }
}
