package hak.store.peers;

import hak.bench.Jvm;
import hak.bench.Ratio;
import hak.bench.stats.Samples;
import hak.bench.stats.TurnOrder;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Lets the contestants of one size take turns: see {@link TurnOrder}. */
final class StorePeers {
  private final Path folder;
  private final PeersScale scale;
  private final int rounds;
  private final RedisServer redis;
  private final List<PeersReport.Row> rows = new ArrayList<>();
  private final List<PeersReport.Missing> missing = new ArrayList<>();

  private StorePeers(Path folder, PeersScale scale, int rounds, RedisServer redis) {
    this.folder = folder;
    this.scale = scale;
    this.rounds = rounds;
    this.redis = redis;
  }

  /**
   * Runs all sizes.
   *
   * @param parent where a folder for all files is made, and removed at the end; best in memory
   */
  static PeersReport run(Path parent, PeersScale scale, int rounds) {
    try (Scratch scratch = new Scratch(parent);
        RedisServer redis = RedisServer.startIfInstalled(scratch.folder())) {
      StorePeers peers = new StorePeers(scratch.folder(), scale, rounds, redis);
      scale.sizesBytes().forEach(peers::run);
      return new PeersReport(Jvm.name(), rounds, peers.rows, peers.missing);
    }
  }

  private void run(int sizeBytes) {
    Map<Contestant, PeerJvm> running = new EnumMap<>(Contestant.class);
    try {
      for (Contestant contestant : Contestant.values()) {
        start(contestant, sizeBytes, running);
      }
      report(sizeBytes, play(running));
    } finally {
      running.values().forEach(PeerJvm::close);
    }
  }

  private void start(Contestant contestant, int sizeBytes, Map<Contestant, PeerJvm> running) {
    if (contestant.needsRedis() && redis == null) {
      leaveOut(contestant, sizeBytes, "redis-server is not installed");
      return;
    }
    String server =
        switch (contestant) {
          case REDIS_TCP -> redis.port();
          case REDIS_UNIX -> redis.socket();
          default -> "-";
        };
    PeerJvm jvm = PeerJvm.start(contestant, folder, sizeBytes, scale.count(sizeBytes), server);
    try {
      jvm.warmUp(scale.warmUpMillis());
      running.put(contestant, jvm);
    } catch (UncheckedIOException e) {
      jvm.close();
      leaveOut(contestant, sizeBytes, "does not run: " + e.getCause().getMessage());
    }
  }

  private void leaveOut(Contestant contestant, int sizeBytes, String reason) {
    missing.add(new PeersReport.Missing(sizeBytes, contestant.title(), reason));
  }

  /** The rounds of each contestant. */
  private Map<Contestant, List<Map<Operation, Double>>> play(Map<Contestant, PeerJvm> running) {
    Map<Contestant, List<Map<Operation, Double>>> played = new EnumMap<>(Contestant.class);
    running.keySet().forEach(contestant -> played.put(contestant, new ArrayList<>()));
    for (int round = 0; round < rounds; round++) {
      for (Contestant contestant : TurnOrder.of(List.copyOf(running.keySet()), round)) {
        played.get(contestant).add(running.get(contestant).round());
      }
    }
    return played;
  }

  private void report(int sizeBytes, Map<Contestant, List<Map<Operation, Double>>> played) {
    for (Operation operation : Operation.values()) {
      Map<Contestant, double[]> nanos = new EnumMap<>(Contestant.class);
      played.forEach((contestant, all) ->
          nanos.put(contestant, all.stream().mapToDouble(one -> one.get(operation)).toArray()));
      for (Contestant contestant : nanos.keySet()) {
        rows.add(
            new PeersReport.Row(
                sizeBytes,
                scale.count(sizeBytes),
                operation.title(),
                contestant.title(),
                Samples.median(nanos.get(contestant)),
                ratio(nanos, Contestant.HAK, contestant),
                ratio(nanos, Contestant.HAK_NAMES, contestant)));
      }
    }
  }

  /** HAK by another; null for HAK itself. */
  private static Ratio ratio(Map<Contestant, double[]> nanos, Contestant hak, Contestant other) {
    return hak == other || !nanos.containsKey(hak)
        ? null
        : Ratio.ofMedians(nanos.get(hak), nanos.get(other));
  }
}
