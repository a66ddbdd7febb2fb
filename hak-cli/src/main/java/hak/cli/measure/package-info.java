/**
 * The commands that run stacks and report: {@code hak run}, {@code peers}, {@code compose} and
 * {@code stress}.
 */
package hak.cli.measure;
