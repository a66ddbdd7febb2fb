/**
 * The {@code hak} command: {@link hak.cli.Main} starts {@link hak.cli.HakCommand}, which knows
 * every subcommand. The rooms below it, each of which may use those before it:
 *
 * <ul>
 *   <li>{@code hak.cli.output}: what a command prints on and writes to
 *   <li>{@code hak.cli.html}: reports as pages
 *   <li>{@code hak.cli.command}: what all commands share, exit codes and errors among it
 *   <li>{@code hak.cli.build}: the commands that the script {@code ./hak} serves
 *   <li>{@code hak.cli.stack}: boxes and profiles
 *   <li>{@code hak.cli.store}: object stores
 *   <li>{@code hak.cli.measure}: what runs a stack and reports
 * </ul>
 *
 * What they measure and print comes from hak.core, hak.store and hak.bench; here are options,
 * tables and exit codes only.
 */
package hak.cli;
