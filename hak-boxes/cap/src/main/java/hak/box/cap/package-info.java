/**
 * A learner: divides the byte budget of a stack. {@code Keeper} says how much one who keeps free
 * memory should have, {@code CapLearner} divides and decides. Nobody calls in here but the stack.
 */
package hak.box.cap;
