package hak.tiny;

import hak.testkit.SizeTierContract;

class TinyTierTest extends SizeTierContract {
  @Override
  protected String box() {
    return "tiny";
  }
}
