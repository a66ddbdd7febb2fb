/**
 * The calls that the hot half of a stack does not serve ({@code SlowPath}), what they call ({@code
 * Layers}, {@code LargeBlocks}), and how what is free is collected ({@code Upkeep}).
 */
package hak.core.slow;
