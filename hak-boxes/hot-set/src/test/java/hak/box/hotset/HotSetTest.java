package hak.box.hotset;

import hak.testkit.SlabPlacementContract;

class HotSetTest extends SlabPlacementContract {
  @Override
  protected String box() {
    return "hot-set";
  }
}
