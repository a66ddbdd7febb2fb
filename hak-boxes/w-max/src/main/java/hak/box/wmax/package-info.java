/**
 * A learner: sets {@code tier.mid.w-max}. {@code TierCosts} says what the middle tier cost in a
 * window, {@code WMaxLearner} tries and decides. Nobody calls in here but the stack.
 */
package hak.box.wmax;
