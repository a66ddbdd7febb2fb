package hak.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hak.core.LayerCount;
import hak.core.profile.Profile;
import hak.core.spi.BoxProvider;
import hak.core.spi.Observer;
import hak.core.spi.ObserverProvider;
import hak.core.spi.Section;
import hak.core.spi.ThreadCacheProvider;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * The contract of {@link Observer}: it counts what it is told, by heap, layer and size class, and
 * changes nothing.
 *
 * <p>The stack has all size tiers there are and all caches that go anywhere, so that there are
 * several layers.
 */
public abstract class ObserverContract extends BoxContract<ObserverProvider> {
  private OpenStack stack;
  private Observer observer;

  /** For subclasses. */
  protected ObserverContract() {
    super(ObserverProvider.class);
  }

  /** Whether {@link Observer#counts} has every event, as it has with a plain counter. */
  protected boolean countsAll() {
    return true;
  }

  /** Whether it counts at all; one that remembers events instead need not. */
  protected boolean counts() {
    return true;
  }

  @Override
  final List<String> hotMethods() {
    return List.of("popped", "pushed");
  }

  @Override
  final Profile profile() {
    List<String> caches =
        providers(ThreadCacheProvider.class)
            .filter(cache -> cache.before().isEmpty() && cache.requires().isEmpty())
            .map(BoxProvider::id)
            .toList();
    return stackOfTiers(sizeTiers())
        .with(Section.CACHES, caches)
        .withMore(Section.OBSERVERS, box());
  }

  @BeforeEach
  void openStack() {
    stack = new OpenStack(profile());
    observer = stack.view.observers().getFirst();
  }

  @AfterEach
  void walkAndClose() {
    HeapWalker.check(stack.allocator);
    stack.close();
  }

  /** Which counter of which layer. */
  private record Key(int layer, int sizeClass, String counter) {}

  private Map<Key, Long> countsOf(int heap) {
    Map<Key, Long> counts = new HashMap<>();
    for (Observer.Count count : observer.counts(heap)) {
      add(counts, count.layer(), count.sizeClass(), "pops", count.pops());
      add(counts, count.layer(), count.sizeClass(), "hits", count.hits());
      add(counts, count.layer(), count.sizeClass(), "pushes", count.pushes());
      add(counts, count.layer(), count.sizeClass(), "accepted", count.accepted());
    }
    return counts;
  }

  private static void add(
      Map<Key, Long> counts, int layer, int sizeClass, String counter, long amount) {
    if (amount != 0) {
      counts.merge(new Key(layer, sizeClass, counter), amount, Long::sum);
    }
  }

  @Test
  void isARecord() {
    assertTrue(observer.getClass().isRecord(), "fields of other classes are no constants");
  }

  @Test
  void countsEveryEventByLayerAndClass() {
    SplittableRandom random = new SplittableRandom(4);
    Map<Key, Long> expected = countsOf(stack.heap);
    for (int i = 0; i < 10_000; i++) {
      int layer = random.nextInt(stack.view.layers().size());
      int sizeClass = 1 + random.nextInt(stack.classes.last());
      boolean good = random.nextBoolean();
      if (random.nextBoolean()) {
        observer.popped(stack.heap, layer, sizeClass, good);
        add(expected, layer, sizeClass, "pops", 1);
        add(expected, layer, sizeClass, "hits", good ? 1 : 0);
      } else {
        observer.pushed(stack.heap, layer, sizeClass, good);
        add(expected, layer, sizeClass, "pushes", 1);
        add(expected, layer, sizeClass, "accepted", good ? 1 : 0);
      }
    }
    if (countsAll()) {
      assertEquals(expected, countsOf(stack.heap));
    }
  }

  @Test
  void countsOfOneHeapAreNotThoseOfAnother() throws InterruptedException {
    Thread.ofPlatform().start(() -> stack.allocator.free(stack.allocator.malloc(1))).join();
    int other = stack.view.heaps()[1];
    Map<Key, Long> before = countsOf(other);
    for (int i = 0; i < 100; i++) {
      observer.popped(stack.heap, 0, 1, true);
    }
    assertEquals(before, countsOf(other));
  }

  @Test
  void whatOneLayerMissesTheNextOneIsAsked() {
    CheckedUser user = new CheckedUser(stack.allocator, 1);
    user.play(new SplittableRandom(9), 20_000, CheckedUser.Sizes.upTo(1_000));
    user.freeAll();
    List<LayerCount> layers = stack.allocator.counts();
    assertEquals(stack.view.layers(), layers.stream().map(LayerCount::id).toList());
    assertEquals(counts(), layers.getFirst().pops() > 0);
    if (!countsAll()) {
      return;
    }
    int caches = stack.view.caches().size();
    for (int i = 0; i < layers.size(); i++) {
      LayerCount layer = layers.get(i);
      assertTrue(layer.hits() <= layer.pops(), layer::toString);
      assertTrue(layer.accepted() <= layer.pushes(), layer::toString);
      if (i + 1 < caches) {
        assertEquals(layer.pops() - layer.hits(), layers.get(i + 1).pops(), layer::toString);
        assertEquals(layer.pushes() - layer.accepted(), layers.get(i + 1).pushes());
      }
    }
    if (caches > 0) {
      LayerCount last = layers.get(caches - 1);
      List<LayerCount> tiers = layers.subList(caches, layers.size());
      assertEquals(last.pops() - last.hits(), tiers.stream().mapToLong(LayerCount::pops).sum());
      assertEquals(
          last.pushes() - last.accepted(), tiers.stream().mapToLong(LayerCount::pushes).sum());
    }
  }

  @Test
  void virtualThreadsAreCountedAsWell() throws InterruptedException {
    List<LayerCount> before = stack.allocator.counts();
    Thread.ofVirtual().start(() -> stack.allocator.free(stack.allocator.malloc(1))).join();
    List<LayerCount> after = stack.allocator.counts();
    if (countsAll()) {
      assertEquals(before.getFirst().pops() + 1, after.getFirst().pops());
      assertEquals(before.getFirst().pushes() + 1, after.getFirst().pushes());
    }
  }

  @Test
  void twoObserversSeeTheSame() {
    stack.close();
    stack = new OpenStack(profile().withMore(Section.OBSERVERS, box() + "#2"));
    observer = stack.view.observers().getFirst();
    CheckedUser user = new CheckedUser(stack.allocator, 1);
    user.play(new SplittableRandom(9), 5_000, CheckedUser.Sizes.upTo(1_000));
    user.freeAll();
    List<List<Observer.Count>> counts = new ArrayList<>();
    for (Observer each : stack.view.observers()) {
      counts.add(each.counts(stack.heap));
    }
    assertEquals(counts.getFirst(), counts.getLast());
  }
}
