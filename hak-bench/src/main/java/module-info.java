/**
 * The benchmark engine: programs of allocations from recorded traces and from synthetic workloads,
 * replayed on a HAK stack or a peer, timed, verified and reported. The command line stands on top
 * of it in hak.cli.
 *
 * <p>Needs native access for hak.core alone. The peer that calls the C library from Java runs in a
 * JVM of its own.
 *
 * @uses hak.core.profile.ProfileReader reads profile files, in the processes that replay
 */
module hak.bench {
  requires transitive hak.core;
  requires transitive hak.store;
  requires HdrHistogram;
  requires com.google.gson;
  requires java.logging;
  requires jdk.management;

  exports hak.bench;
  exports hak.bench.churn;
  exports hak.bench.store;
  exports hak.bench.stress;
  exports hak.bench.trace;
  exports hak.bench.train;

  uses hak.core.profile.ProfileReader;
}
