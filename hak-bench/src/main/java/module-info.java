/**
 * The benchmark engine: programs of allocations from recorded traces and from synthetic workloads,
 * replayed on a HAK stack or a peer, timed, verified and reported. The command line stands on top
 * of it in hak.cli.
 *
 * <p>Needs native access for hak.core alone. The peer that calls the C library from Java runs in a
 * JVM of its own.
 *
 * @uses hak.bench.buffer.BufferPeer is compared with HAK
 * @uses hak.core.profile.ProfileReader reads profile files, in the processes that replay
 */
@SuppressWarnings("module") // the module named here is compiled after this one
module hak.bench {
  requires transitive hak.core;
  requires com.google.gson;
  requires HdrHistogram;
  requires hak.learn;
  requires java.logging;
  requires jdk.jfr;
  requires jdk.management;

  exports hak.bench;
  exports hak.bench.trace;

  // A peer of the Java world, as another module provides it.
  exports hak.bench.buffer;

  // An A/B: what it is asked and what it tells.
  exports hak.bench.ab to
      hak.cli;

  // Arenas: what it tells.
  exports hak.bench.arena to
      hak.cli;

  // Where time goes: what it is asked and what it tells.
  exports hak.bench.hot to
      hak.cli;

  // Times of single calls: what it is asked and what it tells.
  exports hak.bench.latency to
      hak.cli;

  // Learners of a running stack: what is asked and what it tells.
  exports hak.bench.live to
      hak.cli;

  // Recording a program: what it is asked and what it tells.
  exports hak.bench.record to
      hak.cli;

  // Figures that are kept, and what later ones are beside them.
  exports hak.bench.saved to
      hak.cli;

  // All figures at once: what it is asked and what it tells.
  exports hak.bench.score to
      hak.cli;

  // What other caches would do: what it tells.
  exports hak.bench.shadow to
      hak.cli;

  // The synthetic workloads: which there are.
  exports hak.bench.workload to
      hak.cli;

  // A soak: what it is asked and what it tells.
  exports hak.bench.soak to
      hak.cli;

  // A sweep: what it is asked and what it tells.
  exports hak.bench.sweep to
      hak.cli;

  // A stress: what it is asked and what it tells.
  exports hak.bench.stress to
      hak.cli;
  exports hak.bench.stress.plan to
      hak.cli;
  exports hak.bench.stress.report to
      hak.cli;

  // The processes and the statistics of a measurement, for the loads on the store.
  exports hak.bench.process to
      hak.store.bench;
  exports hak.bench.stats to
      hak.cli,
      hak.store.bench;

  // Gson reads and writes records by their components: what processes tell each other, and a
  // report.
  opens hak.bench.ab to
      com.google.gson;
  opens hak.bench.arena to
      com.google.gson;
  opens hak.bench.hot to
      com.google.gson;
  opens hak.bench.latency to
      com.google.gson;
  opens hak.bench.live to
      com.google.gson;
  opens hak.bench.peer to
      com.google.gson;
  opens hak.bench.saved to
      com.google.gson;
  opens hak.bench.score to
      com.google.gson;
  opens hak.bench.shadow to
      com.google.gson;
  opens hak.bench.soak to
      com.google.gson;
  opens hak.bench.stats to
      com.google.gson;
  opens hak.bench.stress.report to
      com.google.gson;
  opens hak.bench.sweep to
      com.google.gson;
  opens hak.bench.trace to
      com.google.gson;

  uses hak.bench.buffer.BufferPeer;
  uses hak.core.profile.ProfileReader;

  provides hak.bench.buffer.BufferPeer with
      hak.bench.buffer.AutoArenas,
      hak.bench.buffer.ConfinedArenas,
      hak.bench.buffer.DirectBuffers,
      hak.bench.buffer.UnsafeMemory;
}
