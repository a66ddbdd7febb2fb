/**
 * The commands that the script {@code ./hak} serves itself, with Maven: here is their help, so that
 * one list has every command.
 */
package hak.cli.build;
