package hak.bench;

import hak.core.HakAllocator;
import hak.core.inside.StackView;
import hak.core.spi.Observer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What the layers of a stack did, by size class: the counts of its observers, added up. */
final class ClassCounts {
  private final StackView stack;

  /** By layer and class. */
  private final Map<Integer, Map<Integer, Observer.Count>> sums = new TreeMap<>();

  private ClassCounts(StackView stack) {
    this.stack = stack;
  }

  /** In the order of the layers, then by size; nothing for what was never called. */
  static List<ClassCount> of(HakAllocator allocator) {
    ClassCounts counts = new ClassCounts(StackView.of(allocator));
    counts.addAll();
    return counts.rows();
  }

  private void addAll() {
    for (Observer observer : stack.observers()) {
      for (int heap : stack.heaps()) {
        observer.counts(heap).forEach(this::add);
      }
    }
  }

  private void add(Observer.Count count) {
    sums.computeIfAbsent(count.layer(), _ -> new TreeMap<>())
        .merge(count.sizeClass(), count, ClassCounts::sum);
  }

  private static Observer.Count sum(Observer.Count one, Observer.Count other) {
    return new Observer.Count(
        one.layer(),
        one.sizeClass(),
        one.pops() + other.pops(),
        one.hits() + other.hits(),
        one.pushes() + other.pushes(),
        one.accepted() + other.accepted());
  }

  private List<ClassCount> rows() {
    List<ClassCount> rows = new ArrayList<>();
    for (Map<Integer, Observer.Count> classes : sums.values()) {
      for (Observer.Count count : classes.values()) {
        rows.add(
            new ClassCount(
                stack.layers().get(count.layer()),
                stack.sizeClasses().bytes(count.sizeClass()),
                count.pops(),
                count.hits(),
                count.pushes(),
                count.accepted()));
      }
    }
    return rows;
  }
}
