package hak.cli.build;

import picocli.CommandLine.Command;

/** Help of {@code ./hak jmh}, whose options are JMH's. */
@Command(
    name = "jmh",
    description = {
      "Runs benchmarks of the hot paths under JMH: pairs by size, a live set, arenas, frees of"
          + " another thread's blocks, composition, virtual threads.",
      "",
      "All of them take half an hour. The first run fetches JMH, whose options they have: ./hak jmh"
          + " -h"
    },
    footer = {"  ./hak jmh Pair -p size=64 -prof gc", "  ./hak jmh -l"})
public final class JmhCommand extends BuildCommand {}
