package hak.stack;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** Gets what allocators log, in the place of the console. */
final class LogHandler extends Handler {
  private final Consumer<String> messages;

  private LogHandler(Consumer<String> messages) {
    this.messages = messages;
  }

  /** Hands each message on as it is logged, on the thread that logs, while {@code work} runs. */
  static void during(InThread.Work work, Consumer<String> messages) throws Exception {
    LogHandler handler = new LogHandler(messages);
    Logger logger = Logger.getLogger("hak");
    logger.addHandler(handler);
    logger.setUseParentHandlers(false);
    try {
      work.run();
    } finally {
      logger.removeHandler(handler);
      logger.setUseParentHandlers(true);
    }
  }

  /** The messages logged while {@code work} runs. */
  static List<String> messagesOf(Runnable work) {
    List<String> messages = new ArrayList<>();
    try {
      during(work::run, messages::add);
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new AssertionError("a Runnable throws none", e);
    }
    return messages;
  }

  @Override
  public void publish(LogRecord logged) {
    messages.accept(logged.getMessage());
  }

  @Override
  public void flush() {}

  @Override
  public void close() {}
}
