package hak.cli.command;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * Ctrl-C as a request to come to an end with what there is. The JVM, which is on its way out then,
 * waits for the command to write that.
 */
public final class StopRequest implements BooleanSupplier, AutoCloseable {
  /**
   * Hours of samples must not be lost because the report of them takes long: that of 30 stacks on a
   * busy machine took more than 30 s. Who cannot wait has SIGKILL.
   */
  private static final long PATIENCE_MINUTES = 10;

  private final CountDownLatch closed = new CountDownLatch(1);
  private final Thread hook = new Thread(this::awaitEnd, "stop");
  private volatile boolean asked;

  private StopRequest() {}

  /** Listens from now on. */
  public static StopRequest listen() {
    StopRequest request = new StopRequest();
    Runtime.getRuntime().addShutdownHook(request.hook);
    return request;
  }

  /** Whether somebody asked. */
  @Override
  public boolean getAsBoolean() {
    return asked;
  }

  private void awaitEnd() {
    asked = true;
    try {
      closed.await(PATIENCE_MINUTES, TimeUnit.MINUTES);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** The command has written what it has. */
  @Override
  public void close() {
    closed.countDown();
    if (!asked) {
      try {
        Runtime.getRuntime().removeShutdownHook(hook);
      } catch (IllegalStateException _) {
        // It was asked just now; the hook finds the latch open.
      }
    }
  }
}
