package hak.bench.process;

import java.io.IOException;
import java.io.OutputStream;

/** The process that started this one, as seen from here: it holds an end of standard input. */
public final class Parent {
  private Parent() {}

  /**
   * Calls back on another thread when the parent closes standard input, or dies.
   *
   * @return that thread, which ends after the call
   */
  public static Thread whenDone(Runnable action) {
    Runnable wait =
        () -> {
          try {
            System.in.transferTo(OutputStream.nullOutputStream());
          } catch (IOException _) {
            // Nobody is at the other end any more.
          }
          action.run();
        };
    return Thread.ofPlatform().name("parent").daemon().start(wait);
  }
}
