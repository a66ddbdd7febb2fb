package hak.store.life;

import hak.store.ObjectRef;
import hak.store.ObjectStore;
import hak.store.ObjectView;
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
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx64m", "-Xshare:auto"));
    command.addAll(List.of("--enable-native-access=ALL-UNNAMED", "-XX:-UsePerfData", "-cp"));
    command.add(System.getProperty("java.class.path"));
    command.add(Child.class.getName());
    command.addAll(List.of(arguments));
    return new Child(
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start());
  }

  /** The next line it prints, null at its end. */
  String line() throws IOException {
    return output.readLine();
  }

  /** Ends it with SIGKILL and waits until it is gone. */
  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
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
      case "load" -> load(path, Long.parseLong(arguments[2]));
      case "seal" -> seal(path, arguments[2]);
      case "read" -> read(path, arguments[2]);
      case "create" -> ObjectStore.open(path, TestStores.SMALL).close();
      default -> throw new IllegalArgumentException(arguments[0]);
    }
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

  /** Puts, reads and deletes until it is killed; prints the ref of each object that it sealed. */
  private static void load(Path path, long seed) {
    Random random = new Random(seed);
    ArrayDeque<ObjectRef> mine = new ArrayDeque<>();
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    ObjectStore store = ObjectStore.open(path, TestStores.SMALL);
    out.println("ready");
    while (true) {
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
