package hak.big;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * How many mappings of this process ranges may be. The system allows a process so many ({@code
 * vm.max_map_count}, 65,530 by default); beyond, the JVM cannot make a thread or grow its heap, and
 * dies. Half of them are left to the others.
 *
 * @param taken by all stacks of the process
 * @param limit the most that may be taken
 */
record MappingBudget(AtomicInteger taken, int limit) {
  private static final Path LIMIT_OF_PROCESS = Path.of("/proc/sys/vm/max_map_count");
  private static final int DEFAULT_LIMIT_OF_PROCESS = 65_530;

  /** Half of what the system allows, for the stacks that count in {@code taken}. */
  static MappingBudget ofProcess(AtomicInteger taken) {
    return new MappingBudget(taken, limitOfProcess() / 2);
  }

  private static int limitOfProcess() {
    // In one read: such a file has the length 0 and ends for whoever begins at its second byte.
    try (BufferedReader reader = Files.newBufferedReader(LIMIT_OF_PROCESS)) {
      return Integer.parseInt(reader.readLine());
    } catch (IOException | NumberFormatException e) {
      return DEFAULT_LIMIT_OF_PROCESS; // it cannot be read, or is none: most systems have this
    }
  }

  /** Takes {@code count} mappings; false, and nothing changed, when that is too many. */
  boolean take(int count) {
    int now;
    do {
      now = taken.get();
      if (now > limit - count) {
        return false;
      }
    } while (!taken.compareAndSet(now, now + count));
    return true;
  }

  /** Gives {@code count} mappings back. */
  void giveBack(int count) {
    taken.addAndGet(-count);
  }
}
