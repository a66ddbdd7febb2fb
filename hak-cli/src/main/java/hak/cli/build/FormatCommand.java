package hak.cli.build;

import picocli.CommandLine.Command;

/** Help of {@code ./hak format}. */
@Command(
    name = "format",
    description = {
      "Rewrites the Java sources in the project's format.",
      "",
      "Takes some seconds. ./hak test checks the format and changes nothing."
    },
    footer = "  ./hak format")
public final class FormatCommand extends BuildCommand {}
