/**
 * Learners of a running stack, watched: {@code Live} replays a program on it for a time, and says
 * what each learner saw and did.
 */
package hak.bench.live;
