package hak.store.bench.train;

import hak.store.StoreStats;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Compares what the exchange led to with what it must have led to. */
final class Comparison {
  private final TrainPlan plan;
  private final Exchange exchange;
  private final TrainResult expected;
  private final List<String> failures = new ArrayList<>();
  private int equalObjects;

  Comparison(
      TrainPlan plan,
      Exchange exchange,
      TrainResult expected,
      StoreStats before,
      StoreStats after) {
    this.plan = plan;
    this.exchange = exchange;
    this.expected = expected;
    for (int sync = 0; sync <= plan.syncs(); sync++) {
      compare(sync);
    }
    if (!equalModel()) {
      failures.add("the model differs from that of the same training in one process");
    }
    compareLedgers(before, after);
  }

  private void compare(int sync) {
    SyncResult actual = exchange.result().syncs().get(sync);
    SyncResult right = expected.syncs().get(sync);
    int equal =
        compare(sync, "sent by", actual.sent(), right.sent())
            + compare(sync, "received by", actual.received(), right.received());
    if (sync > 0) {
      equalObjects += equal;
    }
    if (!actual.losses().equals(right.losses())) {
      failures.add("exchange " + sync + ": the losses differ from those in one process");
    }
  }

  private int compare(int sync, String what, List<Long> actual, List<Long> right) {
    int equal = 0;
    for (int worker = 0; worker < right.size(); worker++) {
      if (actual.get(worker).equals(right.get(worker))) {
        equal++;
      } else {
        failures.add(
            String.format(
                "exchange %d: the parameters %s worker %d differ from those in one process",
                sync, what, worker));
      }
    }
    return equal;
  }

  private void compareLedgers(StoreStats before, StoreStats after) {
    int objects = plan.syncs() * plan.workers() * ObjectNames.PER_WORKER;
    if (exchange.intactObjects() != objects) {
      failures.add(
          String.format(
              "%d of %d objects had not the checksum that they were sealed with",
              objects - exchange.intactObjects(), objects));
    }
    requireConstant("in use", exchange.usedBytes());
    requireConstant("committed", exchange.committedBytes());
    if (after.usedBytes() != before.usedBytes()) {
      failures.add(
          String.format(
              "the store has %,d B in use and had %,d before",
              after.usedBytes(), before.usedBytes()));
    }
  }

  private void requireConstant(String what, List<Long> bytes) {
    long least = Collections.min(bytes);
    long most = Collections.max(bytes);
    if (least != most) {
      failures.add(
          String.format(
              "the bytes %s are not the same at every exchange: %,d to %,d", what, least, most));
    }
  }

  boolean equalModel() {
    return exchange.result().model().equals(expected.model());
  }

  int equalObjects() {
    return equalObjects;
  }

  List<String> failures() {
    return failures;
  }
}
