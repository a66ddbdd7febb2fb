package hak.cli.build;

import picocli.CommandLine.Command;

/** Help of {@code ./hak races}. */
@Command(
    name = "races",
    description = {
      "Runs the race tests of the lock-free structures, under jcstress.",
      "",
      "They take some minutes and every processor. The first run fetches jcstress."
    },
    footer = "  ./hak races")
public final class RacesCommand extends BuildCommand {}
