package hak.cli.build;

import hak.cli.command.CommandFailedException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** A command of the script, which is here only when the script was not asked for it. */
abstract class BuildCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Override
  public final Integer call() {
    throw CommandFailedException.badInput(
        "'%1$s' is served by the script of the project's folder, as its first argument: ./hak %1$s"
            .formatted(spec.name()));
  }
}
