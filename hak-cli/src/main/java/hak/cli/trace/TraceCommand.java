package hak.cli.trace;

import hak.cli.command.CommandGroup;
import picocli.CommandLine.Command;

/** The commands about traces; without one of them it prints its help. */
@Command(
    name = "trace",
    description = {
      "Shows what a trace holds, takes a part of it, compares two; makes one of what the box"
          + " 'recorder' wrote.",
      "",
      "A trace has the allocations of a real program, as 'hak record' writes it and 'hak run',"
          + " 'hak ab' and 'hak peers' replay it."
    },
    footer = {
      "  hak trace info lua",
      "  hak trace cut big.hkt.gz part.hkt.gz --first 1000000 --events 500000",
      "  hak trace diff before.hkt.gz after.hkt.gz",
      "  hak trace convert calls.raw calls.hkt.gz"
    },
    subcommands = {
      TraceConvertCommand.class,
      TraceCutCommand.class,
      TraceDiffCommand.class,
      TraceInfoCommand.class
    })
public final class TraceCommand extends CommandGroup {}
