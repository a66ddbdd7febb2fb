package hak.stack;

import com.sun.management.HotSpotDiagnosticMXBean;
import com.sun.management.HotSpotDiagnosticMXBean.ThreadDumpFormat;
import java.io.IOException;
import java.lang.management.LockInfo;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Notices that threads have stopped for good and says where all of them are: on a deadlock a test
 * fails instead of hanging.
 */
final class Watchdog {
  /** The status of a JVM that hung. */
  static final int HUNG = 3;

  private final Duration patience;
  private final Runnable makeRoom;
  private volatile long lastProgress = System.nanoTime();

  private Watchdog(Duration patience, Runnable makeRoom) {
    this.patience = patience;
    this.makeRoom = makeRoom;
  }

  /**
   * Ends this JVM with status {@link #HUNG} when {@link #progress} is not called for so long.
   *
   * @param makeRoom makes room in the Java heap, where a test has filled it
   */
  static Watchdog overThisJvm(Duration patience, Runnable makeRoom) {
    Watchdog watchdog = new Watchdog(patience, makeRoom);
    Thread.ofPlatform().daemon().name("watchdog").start(watchdog::watch);
    return watchdog;
  }

  void progress() {
    lastProgress = System.nanoTime();
  }

  private void watch() {
    while (true) {
      try {
        awaitHang();
        makeRoom.run();
        System.out.println("no progress for " + patience + "\n" + allStacks());
        System.out.flush();
        Runtime.getRuntime().halt(HUNG);
      } catch (OutOfMemoryError e) {
        // The next time there may be room; if not the parent gives up.
      } catch (InterruptedException e) {
        return;
      }
    }
  }

  @SuppressWarnings("BusyWait") // looks at a clock
  private void awaitHang() throws InterruptedException {
    while (System.nanoTime() - lastProgress < patience.toNanos()) {
      Thread.sleep(100);
    }
  }

  /**
   * Runs all works at once, each in a thread of its own, and waits for their end.
   *
   * @throws AssertionError with the stacks of all threads if one has not ended in time; it is left
   *     behind. Else with what the works threw
   */
  static void within(Duration patience, Thread.Builder kind, List<? extends InThread.Work> works)
      throws InterruptedException {
    within(patience, Collections.nCopies(works.size(), kind), works);
  }

  /** As above, each in a thread of its kind. */
  static void within(
      Duration patience, List<Thread.Builder> kinds, List<? extends InThread.Work> works)
      throws InterruptedException {
    List<Throwable> thrown = Collections.synchronizedList(new ArrayList<>());
    CountDownLatch ended = new CountDownLatch(works.size());
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < works.size(); i++) {
      InThread.Work work = works.get(i);
      Runnable body =
          () -> {
            try {
              work.run();
            } catch (Throwable e) {
              thrown.add(e);
            } finally {
              ended.countDown();
            }
          };
      Thread thread = kinds.get(i).unstarted(body);
      if (!thread.isVirtual()) {
        thread.setDaemon(true);
      }
      thread.start();
      threads.add(thread);
    }
    boolean all = ended.await(patience.toNanos(), TimeUnit.NANOSECONDS);
    if (!all || !thrown.isEmpty()) {
      String message = thrown.size() + " threads failed";
      if (!all) {
        message += ", " + ended.getCount() + " hang:\n" + allStacks();
      }
      AssertionError error = new AssertionError(message);
      thrown.forEach(error::addSuppressed);
      throw error;
    }
    for (Thread thread : threads) {
      thread.join(); // done with its work, yet not dead
    }
  }

  /** As {@link #within} with one platform thread. */
  static void within(Duration patience, InThread.Work work) throws InterruptedException {
    within(patience, Thread.ofPlatform(), List.of(work));
  }

  /** The stacks of all threads, virtual ones too, and who waits for whose lock. */
  static String allStacks() {
    StringBuilder text = new StringBuilder();
    for (ThreadInfo thread : ManagementFactory.getThreadMXBean().dumpAllThreads(true, true)) {
      LockInfo lock = thread.getLockInfo();
      if (lock != null && thread.getLockOwnerName() != null) {
        text.append(
            String.format(
                "'%s' waits for %s, held by '%s'%n",
                thread.getThreadName(), lock, thread.getLockOwnerName()));
      }
      for (LockInfo held : thread.getLockedSynchronizers()) {
        text.append(String.format("'%s' holds %s%n", thread.getThreadName(), held));
      }
    }
    try {
      Path dump = Files.createTempDirectory("hak-stacks").resolve("stacks.txt");
      ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class)
          .dumpThreads(dump.toString(), ThreadDumpFormat.TEXT_PLAIN);
      text.append(Files.readString(dump));
      Files.delete(dump);
      Files.delete(dump.getParent());
    } catch (IOException e) {
      text.append(e);
    }
    return text.toString();
  }
}
