/**
 * The calls that the hot half of a stack does not serve ({@code SlowPath}), what they call ({@code
 * Layers}, {@code LargeBlocks}), and how what is free is collected ({@code Upkeep}), by itself too
 * ({@code Housekeeper}, {@code Decay}).
 */
package hak.core.slow;
