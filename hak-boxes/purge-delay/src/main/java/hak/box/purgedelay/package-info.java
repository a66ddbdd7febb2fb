/**
 * A learner: sets the purge delay of a stack. {@code IdlePages} sees which pages are free and for
 * how long, {@code DelayCosts} says what each delay would have cost, {@code DelayLearner} decides.
 * Nobody calls in here but the stack.
 */
package hak.box.purgedelay;
