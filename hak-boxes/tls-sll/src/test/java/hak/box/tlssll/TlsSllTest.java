package hak.box.tlssll;

import hak.testkit.ThreadCacheContract;

class TlsSllTest extends ThreadCacheContract {
  @Override
  protected String box() {
    return "tls-sll";
  }
}
