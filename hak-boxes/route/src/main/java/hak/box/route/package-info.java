/**
 * A learner: advises another tier for a range of sizes. {@code SlabLooks} sees the slabs at the end
 * of a window, {@code ClassFlows} says what was done with those of each class, {@code RouteLearner}
 * decides. Nobody calls in here but the stack.
 */
package hak.box.route;
