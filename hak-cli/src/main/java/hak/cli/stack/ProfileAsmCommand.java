package hak.cli.stack;

import hak.cli.command.CommandFailedException;
import hak.cli.command.ExitCode;
import hak.machinecode.MachineCode;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Shows the machine code of a profile's malloc and free. */
@Command(
    name = "asm",
    description = {
      "Prints the machine code that C2 makes of malloc and free of a profile's stack, by source"
          + " line.",
      "",
      "A second JVM opens the profile, runs both methods hot and prints what it compiled. The"
          + " instructions come from a HotSpot disassembler plugin (hsdis) where one is installed"
          + " that this JDK can use, else from objdump. It takes some seconds."
    },
    footer = {
      "  hak profile asm default",
      "  hak profile asm mine.toml --all",
      "  hak profile asm bare --raw > bare.asm"
    })
final class ProfileAsmCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Option(
      names = "--all",
      description = "Print the code off the hit path too: slow paths and uncommon traps.")
  private boolean all;

  @Option(names = "--raw", description = "Print what the second JVM printed, as it is.")
  private boolean raw;

  @Parameters(
      paramLabel = "PROFILE",
      description = "Name of a shipped profile, or a file.",
      completionCandidates = ProfileArgument.Names.class,
      converter = ProfileArgument.Converter.class)
  private ProfileArgument profile;

  @Override
  public Integer call() throws IOException, InterruptedException {
    PrintWriter out = spec.commandLine().getOut();
    profile.open().close(); // its errors belong to this JVM
    try {
      MachineCode code = MachineCode.compile(profile.text(), profile.isFile());
      if (raw) {
        code.raw().forEach(out::println);
      } else {
        code.print(out, all);
      }
    } catch (MachineCode.UnavailableException e) {
      throw new CommandFailedException(ExitCode.FAILED, e.getMessage(), e);
    }
    return ExitCode.FINE;
  }
}
