package hak.box.externalguard;

import hak.testkit.FreeGuardContract;

class ExternalGuardTest extends FreeGuardContract {
  @Override
  protected String box() {
    return "external-guard";
  }
}
