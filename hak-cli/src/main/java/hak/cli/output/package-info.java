/**
 * What a command prints on and writes to: tables, JSON, files that appear whole, the progress line.
 * Knows no command.
 */
package hak.cli.output;
