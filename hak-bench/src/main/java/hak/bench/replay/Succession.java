package hak.bench.replay;

import java.util.function.IntConsumer;

/** Threads that follow each other: each starts the next one as the last thing it does, and dies. */
final class Succession {
  private final String name;
  private final int length;
  private final IntConsumer shift;
  private final WorkEnd end = new WorkEnd();

  private Succession(String name, int length, IntConsumer shift) {
    this.name = name;
    this.length = length;
    this.shift = shift;
  }

  /**
   * Runs {@code length} shifts, 1 or more, each on a new thread, and waits for the last one. What a
   * shift throws is thrown, and no further one begins.
   */
  static void run(String name, int length, IntConsumer shift) {
    Succession succession = new Succession(name, length, shift);
    succession.begin(0);
    succession.end.await();
  }

  private void begin(int number) {
    Thread thread = new Thread(() -> work(number), name + "-" + number);
    thread.setDaemon(true);
    thread.start();
  }

  private void work(int number) {
    try {
      shift.accept(number);
      if (number + 1 < length) {
        begin(number + 1);
      } else {
        end.reach();
      }
    } catch (RuntimeException | Error e) {
      end.fail(e);
    }
  }
}
