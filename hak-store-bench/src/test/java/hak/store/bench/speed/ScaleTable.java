package hak.store.bench.speed;

import hak.store.ObjectRef;
import hak.store.ObjectStore;
import hak.store.ObjectView;
import hak.store.StoreOptions;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * What each operation takes in stores of as many objects as their limit, all of 64 bytes and with a
 * name: a program and no test, as a million objects take a minute.
 *
 * <pre>
 *   ScaleTable FOLDER OBJECTS...         a line for each: nanoseconds, medians of rounds
 * </pre>
 */
final class ScaleTable {
  private static final int ROUNDS = 15;
  private static final int CALLS = 5000;

  private final MemorySegment data = Arena.global().allocate(64, Long.BYTES);
  private final SplittableRandom random = new SplittableRandom(1);
  private final ObjectRef[] refs;

  private ScaleTable(int objects) {
    refs = new ObjectRef[objects];
  }

  /** One operation, told the number of an object. */
  private interface Call {
    void run(int number);
  }

  /** Prints the table, after a first store that is not counted. */
  public static void main(String[] arguments) throws IOException {
    Path folder = Path.of(arguments[0]);
    List<String> sizes = Arrays.asList(arguments).subList(1, arguments.length);
    row(folder, sizes.getFirst());
    System.out.println("objects put get get-by-name delete list-each evicting-put");
    for (String objects : sizes) {
      System.out.println(row(folder, objects));
    }
  }

  private static String row(Path folder, String objects) throws IOException {
    Path file = Files.createTempDirectory(folder, "hak-scale").resolve("store");
    try {
      ScaleTable table = new ScaleTable(Integer.parseInt(objects));
      return objects + " " + table.keeping(file) + " " + table.evicting(file);
    } finally {
      Files.deleteIfExists(file);
      Files.delete(file.getParent());
    }
  }

  private ObjectStore open(Path file, boolean eviction) {
    return ObjectStore.open(
        file,
        StoreOptions.DEFAULT
            .withObjectLimit(refs.length)
            .withProcessLimit(2)
            .withCapacityBytes(64L * refs.length)
            .withEviction(eviction));
  }

  private void put(ObjectStore store, int number) {
    refs[number] = store.put("object " + number, data);
  }

  private void fill(ObjectStore store) {
    for (int i = 0; i < refs.length; i++) {
      put(store, i);
    }
  }

  private String keeping(Path file) throws IOException {
    try (ObjectStore store = open(file, false)) {
      fill(store);
      double[][] nanos = new double[5][ROUNDS];
      for (int round = 0; round < ROUNDS; round++) {
        int[] some = random.ints(0, refs.length).distinct().limit(CALLS).toArray();
        nanos[1][round] = nanos(some, i -> read(store.get(refs[i])));
        nanos[2][round] = nanos(some, i -> read(store.get("object " + i)));
        nanos[3][round] = nanos(some, i -> store.delete(refs[i]));
        nanos[0][round] = nanos(some, i -> put(store, i));
        nanos[4][round] = nanos(new int[1], _ -> store.list()) / refs.length;
      }
      return medians(nanos);
    } finally {
      Files.deleteIfExists(file);
    }
  }

  private String evicting(Path file) {
    try (ObjectStore store = open(file, true)) {
      fill(store);
      double[][] nanos = new double[1][ROUNDS];
      for (int round = 0; round < ROUNDS; round++) {
        nanos[0][round] = nanos(new int[CALLS], _ -> store.put(data));
      }
      return medians(nanos);
    }
  }

  private static void read(ObjectView view) {
    view.segment();
    view.close();
  }

  private static double nanos(int[] numbers, Call call) {
    long begin = System.nanoTime();
    for (int number : numbers) {
      call.run(number);
    }
    return (double) (System.nanoTime() - begin) / numbers.length;
  }

  private static String medians(double[][] nanos) {
    StringBuilder text = new StringBuilder();
    for (double[] rounds : nanos) {
      Arrays.sort(rounds);
      text.append(Math.round(rounds[ROUNDS / 2])).append(' ');
    }
    return text.toString().strip();
  }
}
