package hak.mid;

import hak.testkit.LargeTierContract;

class PageRunTierTest extends LargeTierContract {
  @Override
  protected String box() {
    return "large";
  }
}
