/**
 * A/B of stacks: {@link hak.bench.ab.Ab} runs an {@link hak.bench.ab.AbRequest} fork by fork,
 * {@link hak.bench.ab.Judge} holds the arms against the base, {@link hak.bench.ab.Rule} says when a
 * difference is one, and {@link hak.bench.ab.AbReport} is what comes out.
 */
package hak.bench.ab;
