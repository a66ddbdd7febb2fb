/**
 * The commands that run stacks and report: {@code hak ab}, {@code run}, {@code peers}, {@code
 * compose} and {@code stress}.
 */
package hak.cli.measure;
