package hak.cli.store;

import hak.cli.command.CommandGroup;
import picocli.CommandLine.Command;

/** The commands about object stores; without one of them it prints its help. */
@Command(
    name = "store",
    description = {
      "Shares large objects with other processes of this machine.",
      "",
      "A store is a file of yours, and yours alone unless 'create' was told otherwise. PATH is that"
          + " file if there is a '/' in it, else a name in /dev/shm: 'models' is /dev/shm/models."
          + " An object is named by its ref, which begins with '@', or by the name it was put"
          + " under."
    },
    footer = {
      "  hak store create models --bytes 16GiB",
      "  hak store put models weights.bin --name weights",
      "  hak store get models weights | sha256sum",
      "  hak store verify models"
    },
    subcommands = {
      StoreBenchCommand.class,
      StoreChurnCommand.class,
      StoreCompactCommand.class,
      StoreCreateCommand.class,
      StoreGetCommand.class,
      StoreLsCommand.class,
      StorePutCommand.class,
      StoreRmCommand.class,
      StoreStatCommand.class,
      StoreTrainCommand.class,
      StoreTrimCommand.class,
      StoreVerifyCommand.class
    })
public final class StoreCommand extends CommandGroup {}
