package hak.store.bench.train;

import java.nio.IntBuffer;
import java.util.List;

/**
 * What a training led to.
 *
 * @param syncs the results of all exchanges, from number 0
 * @param model the bits of the parameters at the end
 */
record TrainResult(List<SyncResult> syncs, IntBuffer model) {
  TrainResult {
    syncs = List.copyOf(syncs);
  }
}
