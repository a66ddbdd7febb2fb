package hak.box.recorder;

import hak.core.spi.CallLog;
import hak.core.spi.Observer;
import java.nio.file.Path;
import java.util.List;

/**
 * Watches no layer: it has every call told.
 *
 * @param file where to; null = nowhere
 * @param limit how many calls are told at most
 */
record Recorder(Path file, long limit) implements Observer {
  @Override
  public void popped(int heap, int layer, int sizeClass, boolean hit) {
    // The calls are enough.
  }

  @Override
  public void pushed(int heap, int layer, int sizeClass, boolean accepted) {
    // The calls are enough.
  }

  @Override
  public List<Count> counts(int heap) {
    return List.of();
  }

  /** A file of its own for each stack. */
  @Override
  public CallLog callLog() {
    return file == null ? null : CallFile.create(file, limit);
  }
}
