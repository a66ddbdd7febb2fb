package hak.cli;

import hak.cli.command.ExitCode;
import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Prints what a shell needs to complete the command line. */
@Command(
    name = "completion",
    description = {
      "Prints a script for a shell, which then completes commands, options and names with the Tab"
          + " key.",
      "",
      "To have it in every shell, put the first line below into ~/.bashrc, the second into"
          + " ~/.zshrc."
    },
    footer = {
      "  source <(./hak completion bash)",
      "  source <(./hak completion zsh)",
      "  ./hak completion bash > ~/.local/share/bash-completion/completions/hak"
    })
final class CompletionCommand implements Callable<Integer> {
  enum Shell {
    bash,
    zsh
  }

  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "SHELL", description = "One of: ${COMPLETION-CANDIDATES}.")
  private Shell shell;

  @Override
  public Integer call() {
    String script =
        switch (shell) {
          case bash, zsh -> AutoComplete.bash("hak", spec.root().commandLine()); // made for both
        };
    spec.commandLine().getOut().print(script);
    return ExitCode.FINE;
  }
}
