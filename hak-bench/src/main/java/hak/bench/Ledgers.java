package hak.bench;

import hak.core.Ledger;

/** Sums of ledgers. */
final class Ledgers {
  static final Ledger EMPTY = new Ledger(0, 0, 0, 0, 0, 0, 0, 0, 0, 0);

  private Ledgers() {}

  static Ledger sum(Ledger a, Ledger b) {
    return new Ledger(
        a.liveBytes() + b.liveBytes(),
        a.slackBytes() + b.slackBytes(),
        a.cachedBytes() + b.cachedBytes(),
        a.remoteBytes() + b.remoteBytes(),
        a.freeBytes() + b.freeBytes(),
        a.purgedBytes() + b.purgedBytes(),
        a.metadataBytes() + b.metadataBytes(),
        a.committedBytes() + b.committedBytes(),
        a.residentBytes() + b.residentBytes(),
        a.liveBlocks() + b.liveBlocks());
  }
}
