package hak.box.ssprewarm;

import hak.core.memory.PageRuns;
import hak.core.memory.SuperslabStack;
import hak.core.spi.SuperslabSource;

/**
 * Has superslabs ready when the stack is opened, and none after they are used: what becomes empty
 * goes to the next source.
 *
 * @param ready those that nobody has used
 * @param superslabs how many it begins with
 * @param touch whether their memory is there from the start
 */
record SsPrewarm(PageRuns pageRuns, SuperslabStack ready, int superslabs, boolean touch)
    implements SuperslabSource {
  @Override
  public void connected() {
    for (int i = 0; i < superslabs; i++) {
      int superslab = pageRuns.prepare(touch);
      if (superslab < 0) {
        return; // a small region has fewer
      }
      ready.push(superslab);
    }
  }

  @Override
  public int acquire() {
    return ready.pop();
  }

  @Override
  public boolean retire(int superslab) {
    return false;
  }

  @Override
  public void trim() {
    for (int superslab = ready.pop(); superslab >= 0; superslab = ready.pop()) {
      pageRuns.purge(superslab);
    }
  }
}
