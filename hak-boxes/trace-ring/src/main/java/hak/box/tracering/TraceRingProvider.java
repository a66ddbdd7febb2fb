package hak.box.tracering;

import hak.core.memory.Round;
import hak.core.spi.BoxContext;
import hak.core.spi.HeapSpace;
import hak.core.spi.Observer;
import hak.core.spi.ObserverProvider;
import hak.core.spi.Option;
import hak.core.spi.Settings;
import java.util.List;

/** Names the observer. */
public final class TraceRingProvider implements ObserverProvider {
  private static final String EVENTS = "events";

  @Override
  public String id() {
    return "trace-ring";
  }

  @Override
  public String summary() {
    return "remembers the last events of each thread, for a look after the fact";
  }

  @Override
  public List<Option> options() {
    return List.of(
        Option.count(
            EVENTS,
            "events",
            16,
            1 << 16,
            1024,
            "How many are remembered for each thread; the power of two that is no less."));
  }

  private static int events(Settings settings) {
    int asked = settings.integer(EVENTS);
    int most = Integer.highestOneBit(asked);
    return most == asked ? asked : most << 1;
  }

  private static int ringBytes(Settings settings) {
    return TraceRing.bytes(events(settings));
  }

  @Override
  public HeapSpace heapSpace(Settings settings, int layers) {
    return new HeapSpace(0, (int) Round.up(ringBytes(settings), HeapSpace.LINE_BYTES));
  }

  @Override
  public Observer create(BoxContext context) {
    Settings settings = context.settings();
    return new TraceRing(
        context.memory(), context.perHeap(ringBytes(settings)), events(settings) - 1);
  }
}
