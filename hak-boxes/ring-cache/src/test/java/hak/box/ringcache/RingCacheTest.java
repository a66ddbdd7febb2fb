package hak.box.ringcache;

import hak.testkit.ThreadCacheContract;

class RingCacheTest extends ThreadCacheContract {
  @Override
  protected String box() {
    return "ring-cache";
  }
}
