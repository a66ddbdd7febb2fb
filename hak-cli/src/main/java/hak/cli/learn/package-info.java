/**
 * The commands that learn from the calls of a program: {@code hak what-if} and {@code hak learn}.
 */
package hak.cli.learn;
