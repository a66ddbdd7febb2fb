package hak.bystander;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;

/** Ways to wait, in a package that has nothing to do with a stack. Each ends by interruption. */
public final class Bystander {
  private Bystander() {}

  /** Stands for a box: whoever waits in it is inside. */
  public static final class Box {
    private Box() {}

    private static void pop(CountDownLatch latch) {
      await(latch);
    }
  }

  /** Waits for a latch. */
  public static Runnable forLatch(CountDownLatch latch) {
    return () -> await(latch);
  }

  /** Waits for a latch, called by a box. */
  public static Runnable inBox(CountDownLatch latch) {
    return () -> Box.pop(latch);
  }

  /** Waits for a latch, called by what may be a class loader. */
  public static Runnable inLoader(CountDownLatch latch) {
    return () -> loadClass(latch);
  }

  /** Waits for a latch below so many frames. */
  public static Runnable deep(int frames, CountDownLatch latch) {
    return () -> descend(frames, latch);
  }

  /** Waits for a time. */
  public static Runnable parked() {
    return () -> LockSupport.parkNanos(1L << 40);
  }

  /** Sleeps. */
  public static Runnable asleep() {
    return () -> {
      try {
        Thread.sleep(100_000);
      } catch (InterruptedException e) {
        return;
      }
    };
  }

  /** Waits in a monitor. */
  public static Runnable inMonitor() {
    Object monitor = new Object();
    return () -> {
      synchronized (monitor) {
        try {
          while (!Thread.currentThread().isInterrupted()) {
            monitor.wait(100_000);
          }
        } catch (InterruptedException e) {
          return;
        }
      }
    };
  }

  /** Waits for a connection until the socket is closed. */
  public static Runnable atSocket(ServerSocket socket) {
    return () -> {
      try {
        socket.accept().close();
      } catch (IOException e) {
        if (!socket.isClosed()) {
          throw new UncheckedIOException(e);
        }
      }
    };
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      return; // it has waited long enough
    }
  }

  private static void loadClass(CountDownLatch latch) {
    await(latch);
  }

  private static void descend(int frames, CountDownLatch latch) {
    if (frames == 0) {
      await(latch);
    } else {
      descend(frames - 1, latch);
    }
  }
}
