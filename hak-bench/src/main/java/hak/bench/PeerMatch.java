package hak.bench;

import hak.bench.buffer.JavaPeer;
import hak.bench.peer.JavaReplay;
import hak.bench.peer.Match;
import hak.bench.peer.NativePeer;
import hak.bench.peer.NativeReplay;
import hak.bench.peer.ScratchFolder;
import hak.bench.peer.StoredProgram;
import hak.bench.replay.CallSum;
import hak.bench.replay.Floor;
import hak.bench.stats.MannWhitney;
import hak.bench.stats.Samples;
import hak.bench.trace.ParallelProgram;
import hak.core.profile.Profile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** HAK against its peers on one workload. */
final class PeerMatch {
  private static final String HAK = "HAK";
  private static final String JAVA_FLOOR = "floor in Java";
  private static final String NATIVE_FLOOR = "floor in C";

  private final PeerRequest request;
  private final Workload workload;
  private final ParallelProgram program;
  private final double callsPerThread;
  private final Match match;

  /** The floor of each peer. */
  private final Map<String, String> floors = new LinkedHashMap<>();

  private PeerMatch(PeerRequest request, Workload workload, ParallelProgram program) {
    this.request = request;
    this.workload = workload;
    this.program = program;
    this.callsPerThread = program.callsPerThread();
    this.match = new Match(request.rounds(), program.threads());
  }

  /**
   * Plays the match.
   *
   * @param javaPeers those that can replay it
   * @param replay the C program; null to leave the C peers out
   */
  static PeerMatch play(
      PeerRequest request,
      Workload workload,
      List<JavaPeer> javaPeers,
      NativeReplay replay,
      List<NativePeer> peers,
      Steps steps) {
    steps.begin(workload.name(), "read");
    ParallelProgram program = workload.program();
    try (ScratchFolder scratch = new ScratchFolder()) {
      PeerMatch played = new PeerMatch(request, workload, program);
      StoredProgram stored = scratch.write(program, "heap");
      played.addJava(stored, javaPeers);
      if (replay != null) {
        Path floor = scratch.write(Floor.program(program), "floor").file();
        played.addNative(stored.file(), floor, replay, peers);
      }
      for (int fork = 0; fork < request.forks(); fork++) {
        played.match.playFork(step -> steps.begin(workload.name(), step));
      }
      return played;
    }
  }

  /** How many steps {@link #play} has. */
  static int steps(PeerRequest request) {
    return 1 + request.forks() * Match.steps(request.rounds());
  }

  private void addJava(StoredProgram stored, List<JavaPeer> peers) {
    List<Profile> stack = List.of(request.profile());
    match.add(HAK, () -> JavaReplay.stacks(stack, stored));
    match.addFloor(JAVA_FLOOR, () -> JavaReplay.floor(stored));
    match.add(PeerReport.THROUGH_FFM, () -> JavaReplay.ffm(stored));
    floors.put(PeerReport.THROUGH_FFM, JAVA_FLOOR);
    for (JavaPeer peer : peers) {
      match.add(peer.name(), () -> JavaReplay.peer(peer, stored));
      floors.put(peer.name(), JAVA_FLOOR);
    }
  }

  private void addNative(Path file, Path floorFile, NativeReplay replay, List<NativePeer> peers) {
    match.addFloor(NATIVE_FLOOR, () -> replay.floor(program, floorFile));
    for (NativePeer peer : peers) {
      match.add(peer.name(), () -> replay.start(peer, file));
      floors.put(peer.name(), NATIVE_FLOOR);
    }
  }

  /** The workload. */
  String workload() {
    return workload.name();
  }

  /** The names of the peers. */
  List<String> peers() {
    return List.copyOf(floors.keySet());
  }

  /** What there is to compare HAK with one peer. */
  Ratios.Pair pair(String peer) {
    return new Ratios.Pair(
        match.samples(HAK),
        match.samples(JAVA_FLOOR),
        match.samples(peer),
        match.samples(floors.get(peer)),
        match.turns());
  }

  /** The p-values of the tests of HAK against each peer. */
  double[] pValues() {
    return peers().stream()
        .mapToDouble(peer -> MannWhitney.pValue(match.samples(HAK), match.samples(peer)))
        .toArray();
  }

  /**
   * The row of the report.
   *
   * @param pValues those of the tests, corrected
   */
  PeerReport.Row row(double[] pValues) {
    List<PeerReport.Comparison> comparisons = new ArrayList<>();
    for (String peer : peers()) {
      List<Ratios.Pair> pair = List.of(pair(peer));
      Ratio raw = Ratios.raw(pair);
      comparisons.add(
          new PeerReport.Comparison(
              peer,
              cost(peer, floors.get(peer)),
              raw,
              Ratios.aboveFloor(pair),
              Change.of(raw, pValues[comparisons.size()], match.forks())));
    }
    return new PeerReport.Row(
        workload.name(),
        Math.round(callsPerThread),
        cost(HAK, JAVA_FLOOR),
        comparisons,
        program.threads(),
        CallSum.text(match.callSum()),
        program.remoteShare(),
        match.repeats().repeated(),
        match.repeats().moved());
  }

  private PeerReport.Cost cost(String name, String floor) {
    return new PeerReport.Cost(
        nanosPerEvent(name),
        match.bestNanos(name) / callsPerThread,
        nanosPerEvent(floor),
        match.peakBytes(name),
        samples(name),
        samples(floor));
  }

  private List<Double> samples(String name) {
    return Samples.listOf(
        Arrays.stream(match.samples(name)).map(nanos -> nanos / callsPerThread).toArray());
  }

  private double nanosPerEvent(String name) {
    return Samples.median(match.samples(name)) / callsPerThread;
  }
}
