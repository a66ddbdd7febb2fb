/**
 * All figures of a profile at once: {@link hak.bench.score.Scorecard} runs the matrix, {@link
 * hak.bench.score.ScorecardReport} is what comes out.
 */
package hak.bench.score;
