package hak.store.bench.speed;

import hak.bench.Ratio;
import hak.bench.Steps;
import hak.bench.stats.Samples;
import hak.store.ObjectRef;
import hak.store.ObjectStore;
import hak.store.WritableObject;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes objects of one size in the three ways there are, and copies the same bytes into a plain
 * mapping.
 *
 * <p>A round writes a batch, timed from the first object to the last, then deletes it, timed apart.
 * So each batch goes through the same addresses as the one before, and the copies go through as
 * many.
 */
final class WriteBench implements AutoCloseable {
  private static final String MEMCPY = "memcpy";
  private static final String PUT = "put";
  private static final String APPEND = "create, append, seal";
  private static final String IN_PLACE = "create, write in place, seal";

  private final Arena arena = Arena.ofShared();
  private final ObjectStore store;
  private final MemorySegment source;
  private final PlainMapping mapping;
  private final ObjectRef[] refs;
  private final List<Double> deletes = new ArrayList<>();

  private WriteBench(ObjectStore store, int objects, long sizeBytes) {
    this.store = store;
    refs = new ObjectRef[objects];
    source = arena.allocate(sizeBytes, Long.BYTES).fill((byte) 1);
    mapping = new PlainMapping(store.path(), objects, sizeBytes);
  }

  static List<StoreBenchReport.Write> run(
      BenchedStore benched, StoreBenchRequest request, Steps steps) {
    List<StoreBenchReport.Write> writes = new ArrayList<>();
    StoreScale scale = request.scale();
    for (long sizeBytes : scale.sizesBytes()) {
      steps.begin("write " + sizeBytes, "timed");
      try (WriteBench bench = new WriteBench(benched.store(), scale.batch(sizeBytes), sizeBytes)) {
        writes.add(bench.measure(request));
      }
    }
    return writes;
  }

  private StoreBenchReport.Write measure(StoreBenchRequest request) {
    Turns turns = new Turns(request.rounds());
    turns.add(MEMCPY, () -> timed(i -> mapping.write(i, source)));
    turns.add(PUT, () -> written(i -> refs[i] = store.put(source)));
    turns.add(APPEND, () -> written(this::append));
    turns.add(IN_PLACE, () -> written(this::writeInPlace));
    turns.warmUp(request.scale().warmUpMillis());
    deletes.clear();
    turns.play();
    List<StoreBenchReport.Operation> operations = new ArrayList<>();
    for (String name : List.of(PUT, APPEND, IN_PLACE)) {
      operations.add(
          new StoreBenchReport.Operation(
              name,
              turns.median(name),
              Ratio.ofMedians(turns.samples(MEMCPY), turns.samples(name))));
    }
    return new StoreBenchReport.Write(
        source.byteSize(),
        refs.length,
        turns.median(MEMCPY),
        Samples.median(deletes.stream().mapToDouble(Double::doubleValue).toArray()),
        operations);
  }

  private interface Step {
    void run(int index);
  }

  /** Nanoseconds of one object, on average over a batch. */
  private double timed(Step step) {
    long begun = System.nanoTime();
    for (int i = 0; i < refs.length; i++) {
      step.run(i);
    }
    return (double) (System.nanoTime() - begun) / refs.length;
  }

  private double written(Step step) {
    double nanos = timed(step);
    deletes.add(timed(this::delete));
    return nanos;
  }

  private void append(int index) {
    try (WritableObject object = store.create(source.byteSize())) {
      object.append(source);
      refs[index] = object.seal();
    }
  }

  private void writeInPlace(int index) {
    try (WritableObject object = store.create(source.byteSize())) {
      object.segment().copyFrom(source);
      refs[index] = object.seal();
    }
  }

  private void delete(int index) {
    store.delete(refs[index]);
    refs[index] = null;
  }

  @Override
  public void close() {
    for (int i = 0; i < refs.length; i++) {
      if (refs[i] != null) {
        delete(i);
      }
    }
    mapping.close();
    arena.close();
  }
}
