package hak.box.ssreuse;

import hak.testkit.SuperslabSourceContract;

class SsReuseTest extends SuperslabSourceContract {
  @Override
  protected String box() {
    return "ss-reuse";
  }
}
