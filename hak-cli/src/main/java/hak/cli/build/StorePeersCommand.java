package hak.cli.build;

import picocli.CommandLine.Command;

/** Help of {@code ./hak store-peers}, whose options are in the module hak-store-peers. */
@Command(
    name = "store-peers",
    description = {
      "Compares the object store with LMDB, Chronicle Map, Redis and plain memory.",
      "",
      "Takes some minutes. The first run fetches the libraries of the others. Its options:"
          + " ./hak store-peers --help"
    },
    footer = {"  ./hak store-peers", "  ./hak store-peers --rounds 7 --json peers.json"})
public final class StorePeersCommand extends BuildCommand {}
