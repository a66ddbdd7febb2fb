package hak.box.ssreuse;

import hak.core.memory.PageRuns;
import hak.core.memory.SuperslabStack;
import hak.core.spi.SuperslabSource;

/**
 * Keeps a bounded number of empty superslabs, the last one retired given out first: its memory is
 * the warmest.
 *
 * @param kept what it keeps
 */
record SsReuse(PageRuns pageRuns, SuperslabStack kept) implements SuperslabSource {
  @Override
  public int acquire() {
    return kept.pop();
  }

  @Override
  public boolean retire(int superslab) {
    return kept.push(superslab);
  }

  @Override
  public int decay(int most) {
    for (int given = 0; given < most; given++) {
      int superslab = kept.pollOldest();
      if (superslab < 0) {
        return given;
      }
      pageRuns.purge(superslab);
    }
    return most;
  }

  @Override
  public void trim() {
    for (int superslab = kept.pop(); superslab >= 0; superslab = kept.pop()) {
      pageRuns.purge(superslab);
    }
  }
}
