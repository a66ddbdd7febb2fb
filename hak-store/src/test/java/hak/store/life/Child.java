package hak.store.life;

import hak.store.ObjectRef;
import hak.store.ObjectStore;
import hak.store.ObjectView;
import hak.store.Sharing;
import hak.store.StoreException;
import hak.store.WritableObject;
import hak.store.access.TestStores;
import hak.store.file.CrashPoint;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Another process: what it is to do comes as arguments, what it did goes to its output. */
final class Child implements AutoCloseable {
  private final Process process;
  private final BufferedReader output;

  private Child(Process process) {
    this.process = process;
    output =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
  }

  static Child start(String... arguments) throws IOException {
    return startIn(List.of(), arguments);
  }

  /** Starts one by a command that runs the one it is given, in a namespace, say. */
  static Child startIn(List<String> runner, String... arguments) throws IOException {
    List<String> command = new ArrayList<>(runner);
    command.addAll(command(arguments));
    return new Child(
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start());
  }

  /** What runs a child that does what the arguments say. */
  static List<String> command(String... arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx64m", "-Xshare:auto"));
    command.addAll(List.of("--enable-native-access=ALL-UNNAMED", "-XX:-UsePerfData", "-cp"));
    command.add(System.getProperty("java.class.path"));
    command.add(Child.class.getName());
    command.addAll(List.of(arguments));
    return command;
  }

  /** The next line it prints, null at its end. */
  String line() throws IOException {
    return output.readLine();
  }

  /** Ends it with SIGKILL and waits until it is gone; what it has printed can be read still. */
  void kill() throws InterruptedException {
    process.toHandle().destroyForcibly();
    process.waitFor();
  }

  /** Sends SIGKILL and does not wait: it stays a zombie until its parent has looked. */
  void killOnly() {
    process.destroyForcibly();
  }

  int exitCode() throws InterruptedException {
    return process.waitFor();
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }

  public static void main(String[] arguments) throws Exception {
    Path path = Path.of(arguments[1]);
    switch (arguments[0]) {
      case "die" -> die(path, CrashTest.Operation.valueOf(arguments[2]), arguments[3]);
      case "load" -> load(path, Long.parseLong(arguments[2]), Integer.MAX_VALUE);
      case "work" ->
          Worker.run(path, Worker.Work.valueOf(arguments[2]), seed(Long.parseLong(arguments[3])));
      case "rounds" -> rounds(path, Integer.parseInt(arguments[2]));
      case "hold" -> hold(path, arguments[2]);
      case "seal" -> seal(path, arguments[2]);
      case "read" -> read(path, arguments[2]);
      case "peek" -> peek(path, arguments[2]);
      case "share" -> share(path, arguments[2]);
      case "create" -> ObjectStore.open(path, TestStores.SMALL).close();
      default -> throw new IllegalArgumentException(arguments[0]);
    }
  }

  /** Two processes of one command line do not do the same. */
  private static long seed(long given) {
    return given + ProcessHandle.current().pid();
  }

  /** Ends at a step of an operation, without any handler. */
  private static void die(Path path, CrashTest.Operation operation, String step) {
    int[] left = {Integer.MAX_VALUE};
    CrashPoint crash =
        () -> {
          if (--left[0] == 0) {
            Runtime.getRuntime().halt(9);
          }
        };
    ObjectStore store = TestStores.openAs(path, TestStores.SMALL, crash);
    left[0] = Integer.parseInt(step);
    operation.run(store);
  }

  /** Says its process id, and puts, reads and deletes so many times. */
  private static void rounds(Path path, int count) {
    System.out.println(ProcessHandle.current().pid());
    load(path, ProcessHandle.current().pid(), count);
  }

  /** Keeps a view of an object open until it is told to go on. */
  private static void hold(Path path, String ref) throws IOException {
    try (ObjectStore store = ObjectStore.open(path, TestStores.SMALL);
        ObjectView view = store.get(ObjectRef.parse(ref))) {
      System.out.println("held");
      System.in.read();
      System.out.println(view.isIntact());
    }
  }

  /** Puts, reads and deletes so many times, or until it is killed. */
  private static void load(Path path, long seed, int count) {
    Random random = new Random(seed);
    ArrayDeque<ObjectRef> mine = new ArrayDeque<>();
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    ObjectStore store = ObjectStore.open(path, TestStores.SMALL);
    out.println("ready");
    for (int i = 0; i < count; i++) {
      int size = random.nextInt(20_000);
      ObjectRef ref = store.put(TestStores.data(size, size));
      mine.add(ref);
      try (ObjectView view = store.get(ref)) {
        if (!view.isIntact()) {
          Runtime.getRuntime().halt(3);
        }
      }
      if (mine.size() > 6) {
        store.delete(mine.remove());
      }
      if (i % 50 == 49) {
        store.trim();
      }
    }
    mine.forEach(store::delete);
    store.close();
  }

  /** Reads an object without being able to write, and says what becomes of an attempt to. */
  private static void peek(Path path, String name) throws Exception {
    try (ObjectStore store = ObjectStore.openReadOnly(path);
        ObjectView view = store.get(name, Duration.ofSeconds(60))) {
      System.out.println(view.sizeBytes());
    } catch (StoreException e) {
      System.out.println(e.getMessage());
      return;
    }
    try {
      ObjectStore.open(path, TestStores.SMALL).close();
    } catch (StoreException e) {
      System.out.println(e.getMessage());
    }
  }

  /** Puts an object into a store that is shared with a group. */
  private static void share(Path path, String name) {
    try (ObjectStore store = ObjectStore.open(path, TestStores.SMALL.withSharing(Sharing.GROUP))) {
      store.put(name, TestStores.data(1, 100_000));
    } catch (StoreException e) {
      System.out.println(e.getMessage());
    }
  }

  private static void seal(Path path, String name) throws IOException {
    try (ObjectStore store = ObjectStore.open(path, TestStores.SMALL);
        WritableObject object = store.create(name, 8)) {
      System.out.println(object.ref());
      if (System.in.read() < 0) {
        return;
      }
      object.segment().set(ValueLayout.JAVA_LONG, 0, 42);
      object.seal();
    }
  }

  private static void read(Path path, String ref) throws Exception {
    try (ObjectStore store = ObjectStore.open(path, TestStores.SMALL);
        ObjectView view = store.get(ObjectRef.parse(ref), Duration.ofSeconds(60))) {
      System.out.println(view.segment().get(ValueLayout.JAVA_LONG, 0));
      System.out.println(System.in.read());
    }
  }

  /** Lets a child go on that waits for its input. */
  void proceed() throws IOException {
    process.getOutputStream().write('\n');
    process.getOutputStream().flush();
  }
}
