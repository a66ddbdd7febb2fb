package hak.box.noop;

import hak.testkit.ThreadCacheContract;

class NoopTest extends ThreadCacheContract {
  @Override
  protected String box() {
    return "noop";
  }

  @Override
  protected boolean holdsBlocks() {
    return false;
  }
}
