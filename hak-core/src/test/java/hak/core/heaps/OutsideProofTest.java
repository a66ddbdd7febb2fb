package hak.core.heaps;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hak.bystander.Bystander;
import java.net.ServerSocket;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class OutsideProofTest {
  private static final OutsideProof PROOF =
      new OutsideProof(Set.of(Bystander.Box.class.getName()), true);

  private final CountDownLatch never = new CountDownLatch(1);

  /** What is said of a thread once it waits in the native method. */
  private static boolean isProved(OutsideProof proof, Runnable wait, String method)
      throws InterruptedException {
    Thread thread = Thread.ofPlatform().start(wait);
    try {
      while (!isIn(thread, method)) {
        Thread.onSpinWait();
      }
      boolean proved = proof.isOutside(thread);
      assertTrue(proof.seemsIdle(thread) || !proved, "it is not worth a look");
      return proved;
    } finally {
      thread.interrupt();
      thread.join();
    }
  }

  private static boolean isIn(Thread thread, String method) {
    StackTraceElement[] trace = thread.getStackTrace();
    return trace.length > 0 && trace[0].getMethodName().equals(method);
  }

  private static boolean isProved(Runnable wait, String method) throws InterruptedException {
    return isProved(PROOF, wait, method);
  }

  @Test
  void whoWaitsElsewhereIsOutside() throws InterruptedException {
    assertTrue(isProved(Bystander.forLatch(never), "park"));
    assertTrue(isProved(Bystander.parked(), "park"));
    assertTrue(isProved(Bystander.asleep(), "sleepNanos0"));
    assertTrue(isProved(Bystander.inMonitor(), "wait0"));
  }

  @Test
  void soIsWhoWaitsForASocket() throws Exception {
    ServerSocket socket = new ServerSocket(0);
    Thread thread = Thread.ofPlatform().start(Bystander.atSocket(socket));
    // On its way it is in other native methods for a moment, so one may see it there and the other
    // not.
    while (!PROOF.isOutside(thread) || !PROOF.seemsIdle(thread)) {
      Thread.onSpinWait(); // hangs if it is never seen, or never worth a look
    }
    socket.close();
    thread.join();
  }

  @Test
  void whoWaitsInABoxOrAClassLoaderIsNot() throws InterruptedException {
    assertFalse(isProved(Bystander.inBox(never), "park"));
    assertFalse(isProved(Bystander.inLoader(never), "park"));
  }

  @Test
  void norIsWhoWaitsInTheCore() throws InterruptedException {
    assertFalse(isProved(() -> Bystander.forLatch(never).run(), "park"), "this class is of it");
  }

  @Test
  void nothingIsProvedOfWhoRunsOrIsNotAlive() throws InterruptedException {
    AtomicBoolean end = new AtomicBoolean();
    Thread thread =
        Thread.ofPlatform()
            .start(() -> {
              while (!end.get()) {
                Thread.onSpinWait();
              }
            });
    for (int i = 0; i < 100; i++) {
      assertFalse(PROOF.isOutside(thread));
      assertFalse(PROOF.seemsIdle(thread));
    }
    end.set(true);
    thread.join();
    assertFalse(PROOF.isOutside(thread), "dead");
    assertFalse(PROOF.isOutside(Thread.ofPlatform().unstarted(() -> {})), "not born");
  }

  @Test
  void nothingIsProvedByATraceThatMayBeCut() throws InterruptedException {
    assertTrue(isProved(Bystander.deep(100, never), "park"));
    assertFalse(isProved(Bystander.deep(400, never), "park"));
  }

  @Test
  void nothingIsProvedWhereABoxDoesNotShow() throws InterruptedException {
    assertFalse(isProved(new OutsideProof(Set.of(), false), Bystander.forLatch(never), "park"));
    assertTrue(isProved(new OutsideProof(Set.of(), true), Bystander.inBox(never), "park"));
  }
}
