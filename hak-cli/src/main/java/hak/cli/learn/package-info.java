/**
 * The commands that learn what a profile should set, from the calls of a program or from a stack
 * that runs: {@code hak what-if} and {@code hak learn}.
 */
package hak.cli.learn;
