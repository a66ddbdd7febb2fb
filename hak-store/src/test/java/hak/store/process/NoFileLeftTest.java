package hak.store.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hak.store.StoreAccessException;
import java.io.FileInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** This process can open no file for a while. In a JVM of its own. */
class NoFileLeftTest {
  @Test
  void nobodyIsTakenForDeadAndItIsTriedAgain() throws Exception {
    List<String> command = new ArrayList<>(List.of("sh", "-c", "ulimit -n 256; exec \"$@\"", "sh"));
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx64m", "-XX:+UseSerialGC", "-XX:-UsePerfData"));
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), Child.class.getName()));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, process.waitFor(), said);
  }

  /** Asks who lives before, while and after there is no file to be had. */
  static final class Child {
    private static final String NOBODY = "/proc/self/stat-of-nobody";

    private Child() {}

    public static void main(String[] arguments) throws Exception {
      Process other = new ProcessBuilder("sleep", "60").start();
      try {
        long identity = identityOf(other.pid());
        load();
        List<FileInputStream> files = openAll();
        StoreAccessException e = null;
        try {
          Identity.ofThisProcess();
        } catch (StoreAccessException thrown) {
          e = thrown;
        }
        closeAll(files);
        assertTrue(e != null && e.getMessage().contains("Too many open files"), "" + e);
        Identity self = Identity.ofThisProcess();
        assertTrue(self.isAlive(identity));
        files = openAll();
        boolean isAlive = self.isAlive(identity);
        closeAll(files);
        assertTrue(isAlive, "a process that lives was taken for dead");
      } finally {
        other.destroyForcibly().waitFor();
      }
      assertFalse(Identity.ofThisProcess().isAlive(identityOf(other.pid(), 1)));
    }

    private static long identityOf(long pid) throws IOException {
      String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
      String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
      return identityOf(pid, Long.parseLong(fields[19]));
    }

    private static long identityOf(long pid, long start) {
      return start << Identity.PID_BITS | pid;
    }

    /** Of folders each class is a file: what is needed without files is loaded before. */
    private static void load() throws Exception {
      Class.forName(Identity.class.getName() + "$OfProc", false, Child.class.getClassLoader());
      assertThrows(IOException.class, () -> new FileInputStream(NOBODY).close());
      String text = new StoreAccessException("/proc: " + NOBODY, new IOException()).getMessage();
      assertFalse(text.isEmpty());
      closeAll(openAll());
      try (Stream<Path> some = Files.list(Path.of("/proc/self"))) {
        assertTrue(some.findAny().isPresent());
      }
    }

    private static List<FileInputStream> openAll() {
      List<FileInputStream> files = new ArrayList<>();
      try {
        while (true) {
          files.add(new FileInputStream("/dev/null"));
        }
      } catch (IOException e) {
        return files;
      }
    }

    private static void closeAll(List<FileInputStream> files) throws IOException {
      for (FileInputStream file : files) {
        file.close();
      }
    }
  }
}
