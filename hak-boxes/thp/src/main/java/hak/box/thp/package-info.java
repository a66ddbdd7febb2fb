/**
 * A learner: sets {@code tier.big.huge-from}. {@code Kernel} reads what the process has and took,
 * {@code PageCosts} says what that cost, {@code ThpLearner} tries and decides. Nobody calls in here
 * but the stack.
 */
package hak.box.thp;
