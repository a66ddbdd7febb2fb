package hak.core.report;

import hak.core.LayerCount;
import hak.core.LayerEvent;
import hak.core.Ledger;
import hak.core.ShadowCount;
import hak.core.StackDescription;
import hak.core.inside.Boxes;
import hak.core.inside.StackView;
import hak.core.memory.Reservation;
import hak.core.memory.StackRoom;
import hak.core.spi.Observer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * What a stack says about itself. Nothing here asks whether it is open.
 *
 * @param live the bytes in user hands, from a while ago
 */
public record Reports(
    StackView inside, Reservation reservation, StackDescription description, LiveBytes live) {
  /** Of a stack that is about to be opened. */
  public Reports(StackView inside, Reservation reservation, StackDescription description) {
    this(
        inside,
        reservation,
        description,
        new LiveBytes(() -> books(inside, reservation).liveBytes(), System::nanoTime));
  }

  /** Where its memory is. */
  public Ledger ledger() {
    LedgerReader reader = new LedgerReader(inside, reservation);
    Ledger[] read = new Ledger[1];
    inside.whileStill(() -> read[0] = reader.read());
    return read[0];
  }

  /** As {@link #ledger}, without asking the system what is resident. */
  public Ledger books() {
    return books(inside, reservation);
  }

  private static Ledger books(StackView inside, Reservation reservation) {
    StackRoom.forCall();
    return new LedgerReader(inside, reservation).readBooks();
  }

  /** The bytes in user hands, from a while ago. */
  public long liveBytes() {
    return live.get();
  }

  /** What its observers counted, by layer; empty without an observer. */
  public List<LayerCount> counts() {
    List<Observer> observers = inside.observers();
    if (observers.isEmpty()) {
      return List.of();
    }
    List<LayerCount> sums = new ArrayList<>();
    inside.layers().forEach(layer -> sums.add(new LayerCount(layer, 0, 0, 0, 0)));
    for (Observer observer : observers) {
      for (int heap : inside.heaps()) {
        for (Observer.Count count : observer.counts(heap)) {
          sums.set(count.layer(), sum(sums.get(count.layer()), count));
        }
      }
    }
    return Collections.unmodifiableList(sums);
  }

  /** What its observers remember, heap by heap. */
  public List<LayerEvent> recentEvents() {
    List<LayerEvent> events = new ArrayList<>();
    List<String> layers = inside.layers();
    int[] heaps = inside.heaps();
    for (Observer observer : inside.observers()) {
      for (int heap = 0; heap < heaps.length; heap++) {
        for (Observer.Event event : observer.recent(heaps[heap])) {
          events.add(
              new LayerEvent(
                  heap,
                  event.number(),
                  layers.get(event.layer()),
                  inside.sizeClasses().bytes(event.sizeClass()),
                  event.push(),
                  event.success()));
        }
      }
    }
    return Collections.unmodifiableList(events);
  }

  /** What its observers say of caches that are not there, by capacity. */
  public List<ShadowCount> shadows() {
    List<ShadowCount> all = new ArrayList<>();
    int[] heaps = inside.heaps();
    for (Boxes.Made made : inside.boxes().all()) {
      if (made.box() instanceof Observer observer) {
        List<ShadowCount> sums = new ArrayList<>();
        for (int heap : heaps) {
          addUp(sums, made.name(), observer.shadows(heap));
        }
        all.addAll(sums);
      }
    }
    return Collections.unmodifiableList(all);
  }

  private static void addUp(List<ShadowCount> sums, String name, List<Observer.Shadow> shadows) {
    for (int k = 0; k < shadows.size(); k++) {
      Observer.Shadow shadow = shadows.get(k);
      if (k == sums.size()) {
        sums.add(new ShadowCount(name, shadow.capacity(), 0, 0, 0, 0, 0, 0));
      }
      ShadowCount sum = sums.get(k);
      sums.set(
          k,
          new ShadowCount(
              name,
              sum.capacity(),
              sum.allocations() + shadow.allocations(),
              sum.frees() + shadow.frees(),
              sum.hitsAtLeast() + shadow.hitsAtLeast(),
              sum.hitsAtMost() + shadow.hitsAtMost(),
              sum.takenAtLeast() + shadow.takenAtLeast(),
              sum.takenAtMost() + shadow.takenAtMost()));
    }
  }

  private static LayerCount sum(LayerCount sum, Observer.Count count) {
    return new LayerCount(
        sum.id(),
        sum.pops() + count.pops(),
        sum.hits() + count.hits(),
        sum.pushes() + count.pushes(),
        sum.accepted() + count.accepted());
  }
}
