/**
 * The {@code hak} command: one class for each subcommand, {@link hak.cli.HakCommand} above them.
 * What they measure and print comes from hak.core and hak.bench; here are options, tables and exit
 * codes only.
 */
package hak.cli;
