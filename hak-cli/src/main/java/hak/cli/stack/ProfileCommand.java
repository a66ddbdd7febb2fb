package hak.cli.stack;

import hak.cli.command.CommandGroup;
import picocli.CommandLine.Command;

/** The commands about profiles; without one of them it prints its help. */
@Command(
    name = "profile",
    description = "Lists, shows, checks, compares and samples profiles.",
    footer = {
      "  hak profile list",
      "  hak profile show default",
      "  hak profile check mine.toml theirs.toml",
      "  hak profile diff default bare",
      "  hak profile asm default",
      "  hak profile hot default --workload random-mixed"
    },
    subcommands = {
      ProfileAsmCommand.class,
      ProfileCheckCommand.class,
      ProfileDiffCommand.class,
      ProfileListCommand.class,
      ProfileShowCommand.class
    })
public final class ProfileCommand extends CommandGroup {}
