package hak.bench;

import hak.bench.buffer.JavaPeer;
import hak.bench.peer.NativePeer;
import hak.bench.peer.NativeReplay;
import hak.bench.process.CompiledC;
import hak.bench.stats.Holm;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Compares HAK with other allocators: the same program, in processes of their own, rounds in turn.
 * The C program is compiled on first use; a peer that is not installed is named in the report.
 */
public final class Peers {
  private final List<NativePeer> found = new ArrayList<>();
  private final List<PeerReport.Skipped> skipped = new ArrayList<>();
  private final NativeReplay replay;

  private Peers() {
    replay = NativeReplay.prepare().orElse(null);
    if (replay == null) {
      skip(NativePeer.GLIBC.name(), CompiledC.MISSING);
    } else {
      found.add(NativePeer.GLIBC);
    }
    NativePeer.KNOWN.forEach(this::look);
  }

  private void look(NativePeer.Known known) {
    Optional<NativePeer> peer = NativePeer.find(known);
    if (replay == null) {
      skip(known.name(), CompiledC.MISSING);
    } else if (peer.isEmpty()) {
      skip(known.name(), known.fileNames().getFirst() + " is not installed");
    } else if (!replay.canRun(peer.get())) {
      skip(known.name(), peer.get().library().orElseThrow() + " cannot be preloaded");
    } else {
      found.add(peer.get());
    }
  }

  private void skip(String peer, String reason) {
    skipped.add(new PeerReport.Skipped(peer, reason));
  }

  /**
   * Runs a request.
   *
   * @throws hak.bench.trace.TraceException if a trace cannot be read
   * @throws java.io.UncheckedIOException if a process cannot be started or ends early; the message
   *     has what it said
   */
  public static PeerReport run(PeerRequest request) {
    return new Peers().compare(request);
  }

  private PeerReport compare(PeerRequest request) {
    Steps steps =
        new Steps(request.progress(), (long) request.workloads().size() * PeerMatch.steps(request));
    List<JavaPeer> javaPeers =
        request.also().stream().filter(peer -> canPlay(peer, request)).toList();
    List<PeerMatch> matches = new ArrayList<>();
    for (Workload workload : request.workloads()) {
      matches.add(PeerMatch.play(request, workload, javaPeers, replay, found, steps));
    }
    steps.end(request.workloads().getLast().name());
    return new PeerReport(
        request.profile().name(),
        Jvm.name(),
        request.workloads().stream().mapToInt(Workload::threads).max().orElseThrow(),
        request.rounds(),
        request.forks(),
        rows(matches),
        matches.getFirst().peers().stream().map(peer -> total(peer, matches)).toList(),
        skipped);
  }

  /**
   * Whether a peer is there and can replay all workloads: totals are over the same ones for all.
   */
  private boolean canPlay(JavaPeer peer, PeerRequest request) {
    Optional<String> missing = peer.missing();
    if (missing.isPresent()) {
      skip(peer.name(), missing.get());
      return false;
    }
    if (peer.crossesThreads()) {
      return true;
    }
    Optional<Workload> crossing =
        request.workloads().stream()
            .filter(workload -> workload.program().sharesBlocks())
            .findFirst();
    crossing.ifPresent(workload ->
        skip(
            peer.name(),
            "only who allocated may free, and " + workload.name() + " has other frees"));
    return crossing.isEmpty();
  }

  private static List<PeerReport.Row> rows(List<PeerMatch> matches) {
    double[] values =
        Holm.adjusted(
            matches.stream().flatMapToDouble(match -> Arrays.stream(match.pValues())).toArray());
    List<PeerReport.Row> rows = new ArrayList<>();
    int from = 0;
    for (PeerMatch match : matches) {
      int to = from + match.peers().size();
      rows.add(match.row(Arrays.copyOfRange(values, from, to)));
      from = to;
    }
    return rows;
  }

  private static PeerReport.Total total(String peer, List<PeerMatch> matches) {
    List<Ratios.Pair> pairs = matches.stream().map(match -> match.pair(peer)).toList();
    PeerMatch worst =
        matches.stream()
            .max(Comparator.comparingDouble(match -> Ratios.raw(List.of(match.pair(peer))).value()))
            .orElseThrow();
    return new PeerReport.Total(
        peer, Ratios.raw(pairs), Ratios.aboveFloor(pairs), worst.workload());
  }
}
