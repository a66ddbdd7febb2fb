package hak.big;

import hak.testkit.LargeTierContract;

class BigTierTest extends LargeTierContract {
  @Override
  protected String box() {
    return "big";
  }
}
