/**
 * A search for the settings that cost least, on each program and on all: {@link
 * hak.bench.sweep.Sweep} plays all candidates, drops the worse half again and again ({@link
 * hak.bench.sweep.Halving}), has the last few judged as an A/B, and says in {@link
 * hak.bench.sweep.SweepReport} what others lose against the best.
 */
package hak.bench.sweep;
