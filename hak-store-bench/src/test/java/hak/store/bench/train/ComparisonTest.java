package hak.store.bench.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import hak.store.StoreStats;
import java.nio.IntBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** That the check of a training sees what it is there for. */
class ComparisonTest {
  private static final TrainPlan PLAN = new TrainPlan(2, 4, 2, 100, 20, 1);
  private static final TrainResult RIGHT = OneProcess.train(PLAN);
  private static final StoreStats EMPTY = ledger(0);

  private static StoreStats ledger(long usedBytes) {
    return new StoreStats(
        4096, 4096, usedBytes, 4096 - usedBytes, 0, 0, 0, 0, 0, 1, 4096, false, 0, 1, 1, 0, 0);
  }

  private static Exchange exchange(TrainResult result, int intact, Long... usedBytes) {
    return new Exchange(
        result, intact, 0, List.of(0L, 0L), List.of(usedBytes), List.of(4096L, 4096L));
  }

  private static List<String> failures(Exchange exchange, StoreStats after) {
    return new Comparison(PLAN, exchange, RIGHT, EMPTY, after).failures();
  }

  @Test
  void theSameTrainingIsTheSameTwice() {
    TrainResult again = OneProcess.train(PLAN);
    assertEquals(RIGHT.syncs(), again.syncs());
    assertEquals(RIGHT.model(), again.model());
  }

  @Test
  void anotherSeedIsAnotherTraining() {
    TrainPlan other = new TrainPlan(2, 4, 2, 100, 20, 2);
    assertNotEquals(RIGHT.model(), OneProcess.train(other).model());
  }

  @Test
  void whatIsRightPasses() {
    assertEquals(List.of(), failures(exchange(RIGHT, 8, 100L, 100L), EMPTY));
  }

  @Test
  void aBitOfTheModelIsSeen() {
    int[] model = RIGHT.model().array().clone();
    model[7] ^= 1;
    Exchange exchange =
        exchange(new TrainResult(RIGHT.syncs(), IntBuffer.wrap(model)), 8, 100L, 100L);
    Comparison comparison = new Comparison(PLAN, exchange, RIGHT, EMPTY, EMPTY);
    assertFalse(comparison.equalModel());
    assertEquals(
        List.of("the model differs from that of the same training in one process"),
        comparison.failures());
  }

  @Test
  void anObjectWithOtherContentIsSeen() {
    List<SyncResult> syncs = new ArrayList<>(RIGHT.syncs());
    SyncResult last = syncs.removeLast();
    syncs.add(
        new SyncResult(List.of(last.sent().getFirst(), 42L), last.received(), List.of(0.0, 0.0)));
    Exchange exchange = exchange(new TrainResult(syncs, RIGHT.model()), 8, 100L, 100L);
    Comparison comparison = new Comparison(PLAN, exchange, RIGHT, EMPTY, EMPTY);
    assertEquals(7, comparison.equalObjects());
    assertEquals(
        List.of(
            "exchange 2: the parameters sent by worker 1 differ from those in one process",
            "exchange 2: the losses differ from those in one process"),
        comparison.failures());
  }

  @Test
  void aWrongChecksumIsSeen() {
    assertEquals(
        List.of("1 of 8 objects had not the checksum that they were sealed with"),
        failures(exchange(RIGHT, 7, 100L, 100L), EMPTY));
  }

  @Test
  void growthIsSeen() {
    assertEquals(
        List.of("the bytes in use are not the same at every exchange: 100 to 164"),
        failures(exchange(RIGHT, 8, 100L, 164L), EMPTY));
  }

  @Test
  void whatIsLeftBehindIsSeen() {
    assertEquals(
        List.of("the store has 64 B in use and had 0 before"),
        failures(exchange(RIGHT, 8, 100L, 100L), ledger(64)));
  }
}
