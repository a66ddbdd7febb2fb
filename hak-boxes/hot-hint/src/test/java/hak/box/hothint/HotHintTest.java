package hak.box.hothint;

import hak.testkit.SlabPlacementContract;

class HotHintTest extends SlabPlacementContract {
  @Override
  protected String box() {
    return "hot-hint";
  }
}
