package hak.box.tlssll;

import hak.core.memory.ListRooms;
import hak.core.spi.BoxContext;
import hak.core.spi.CacheBounds;
import hak.core.spi.HeapSpace;
import hak.core.spi.Option;
import hak.core.spi.Settings;
import hak.core.spi.ThreadCache;
import hak.core.spi.ThreadCacheProvider;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/** Names the cache. */
public final class TlsSllProvider implements ThreadCacheProvider {
  /** Most blocks of a class that a thread keeps. */
  static final int MOST_BLOCKS = 1 << 15;

  private static final String PART = "part";

  @Override
  public String id() {
    return "tls-sll";
  }

  @Override
  public String summary() {
    return "thread-local singly linked list for each size class, last in first out, bounded";
  }

  @Override
  public List<Option> options() {
    List<Option> options = new ArrayList<>(CacheBounds.options(MOST_BLOCKS, 256));
    options.add(ClassCapacities.option());
    options.add(
        Option.count(
            PART,
            "%",
            0,
            100,
            100,
            "How much of these capacities is used; 0 = none. A learner may turn it for the sizes"
                + " of tiers that hand over lists."));
    return options;
  }

  @Override
  public Set<String> turnable() {
    return Set.of(PART);
  }

  @Override
  public HeapSpace heapSpace(Settings settings, int layers) {
    return HeapSpace.perClass(TlsSll.CELL_BYTES);
  }

  @Override
  public ThreadCache create(BoxContext context) {
    int[] whole = ClassCapacities.applyTo(CacheBounds.rooms(context), context);
    int[] rooms = part(whole, context.settings().number(PART));
    ListRooms lists =
        context
            .turned(PART)
            .map(percent -> ListRooms.turned(percent, whole))
            .orElseGet(() -> ListRooms.fixed(rooms));
    return new TlsSll(context.memory(), context.perClass(TlsSll.CELL_BYTES), rooms, lists);
  }

  private static int[] part(int[] rooms, long percent) {
    return IntStream.of(rooms).map(room -> (int) (room * percent / 100)).toArray();
  }
}
