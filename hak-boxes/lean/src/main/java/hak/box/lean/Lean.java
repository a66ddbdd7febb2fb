package hak.box.lean;

import hak.core.memory.PageRuns;
import hak.core.spi.SuperslabSource;

/**
 * Keeps the superslabs that were emptied last, for a while; the rest is purged.
 *
 * @param kept what it keeps
 */
record Lean(PageRuns pageRuns, AgeingSuperslabs kept) implements SuperslabSource {
  @Override
  public int acquire() {
    return kept.takeYoungest();
  }

  @Override
  public boolean retire(int superslab) {
    boolean isKept = kept.add(superslab);
    for (int old = kept.takeAged(); old >= 0; old = kept.takeAged()) {
      pageRuns.purge(old);
    }
    return isKept;
  }

  @Override
  public void trim() {
    for (int superslab = kept.takeYoungest(); superslab >= 0; superslab = kept.takeYoungest()) {
      pageRuns.purge(superslab);
    }
  }
}
