package hak.bench.hot;

import hak.core.LayerCount;
import java.util.List;

/**
 * What {@link Hot} found.
 *
 * @param profile the name of the profile
 * @param jdk version and name of the JVM
 * @param workload its name
 * @param threads threads that replayed it at the same time
 * @param nanosPerEvent median of the rounds that were sampled
 * @param samples how many samples there are of the replaying threads
 * @param lost samples that Flight Recorder could not take
 * @param layers samples by layer, most first
 * @param lines samples by source line, most first
 * @param boxes what each layer did in one replay on a fresh stack; null if there is no box that
 *     counts
 * @param events calls of the allocator in the round whose slow paths were counted
 * @param causes how often each slow path was entered in that round
 * @param systemCalls of the stack in that round
 */
public record HotReport(
    String profile,
    String jdk,
    String workload,
    int threads,
    double nanosPerEvent,
    long samples,
    long lost,
    List<LayerShare> layers,
    List<LineShare> lines,
    List<LayerCount> boxes,
    long events,
    List<CauseRate> causes,
    long systemCalls) {
  /** Copies the lists. */
  public HotReport {
    layers = List.copyOf(layers);
    lines = List.copyOf(lines);
    boxes = boxes == null ? null : List.copyOf(boxes);
    causes = List.copyOf(causes);
  }

  /**
   * A layer.
   *
   * @param layer the box; {@code stack} is hak.core outside of any box, {@code loop} the replay
   *     itself, which writes to each block too, {@code other} all else
   * @param samples how many were taken in it
   */
  public record LayerShare(String layer, long samples) {}

  /**
   * A source line.
   *
   * @param layer as in {@link LayerShare}
   * @param place class, method and line
   * @param samples how many were taken in it, or in what it calls in the JDK
   */
  public record LineShare(String layer, String place, long samples) {}

  /**
   * A slow path.
   *
   * @param cause what it is
   * @param method its class and method
   * @param count how often it was entered
   */
  public record CauseRate(String cause, String method, long count) {}
}
