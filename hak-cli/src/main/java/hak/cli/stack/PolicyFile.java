package hak.cli.stack;

import hak.cli.output.OutputFile;
import hak.core.profile.Profile;
import hak.policy.FrozenPolicy;
import hak.policy.PolicyBoard;
import java.nio.file.Path;
import java.util.Map;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The option {@code --out}: a profile file with what was found, and why as comments. */
public final class PolicyFile {
  private static final String ENDING = ".toml";

  @Spec(Spec.Target.MIXEE)
  private CommandSpec command;

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description =
          "Write a profile with what is recommended to FILE.toml, for hak ab and --profile.")
  private String name;

  private boolean isAsked() {
    return name != null;
  }

  /** Fails now rather than after a long run if the file cannot be written or read as a profile. */
  public void requireWritable() {
    if (isAsked()) {
      if (!name.endsWith(ENDING)) {
        throw new ParameterException(
            command.commandLine(), "--out: the name of a profile file ends with " + ENDING);
      }
      file().requireWritable(command.commandLine());
    }
  }

  /**
   * Writes what was found, if it was asked for.
   *
   * @param base what was begun with
   * @param found what came out
   * @param reasons why, by key
   */
  public void write(Profile base, Profile found, Map<String, String> reasons) {
    if (isAsked()) {
      PolicyBoard board = new PolicyBoard(FrozenPolicy.of(base));
      file().write(board.publish(found.withName(profileName()), reasons).text());
    }
  }

  private String profileName() {
    String file = Path.of(name).getFileName().toString();
    return file.substring(0, file.length() - ENDING.length());
  }

  private OutputFile file() {
    return new OutputFile("--out", name);
  }
}
