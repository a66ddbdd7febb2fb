package hak.mid;

import hak.testkit.SizeTierContract;

class MidTierTest extends SizeTierContract {
  @Override
  protected String box() {
    return "mid";
  }
}
