package hak.cli.measure;

import hak.bench.score.Scorecard;
import hak.bench.score.ScorecardReport;
import hak.bench.score.ScorecardRequest;
import hak.cli.command.ReportCommand;
import hak.cli.html.ScorecardPage;
import hak.cli.output.OutputFile;
import hak.cli.output.Page;
import hak.cli.output.ProgressLine;
import hak.cli.stack.ProfileOption;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** All figures of a profile at once. */
@Command(
    name = "scorecard",
    description = {
      "Measures a profile beside its peers on recorded and synthetic programs, with memory, times"
          + " of single calls and hit rates, and writes all of it as Markdown and as a page.",
      "",
      "With --quick three forks of ten programs, some minutes; else ten forks of all of them,"
          + " hours. The page needs nothing else."
    },
    footer = {
      "  hak scorecard --quick",
      "  hak scorecard --profile speed --markdown speed.md --html speed.html"
    })
public final class ScorecardCommand extends ReportCommand<ScorecardReport> {
  @Mixin private ProfileOption profileOption;

  @Option(names = "--quick", description = "Three forks of ten programs: some minutes.")
  private boolean quick;

  @Option(
      names = "--markdown",
      paramLabel = "FILE",
      defaultValue = "docs/SCORECARD.md",
      description = "Write the tables to FILE (default: ${DEFAULT-VALUE}).")
  private String markdown;

  @Option(
      names = "--html",
      paramLabel = "FILE",
      defaultValue = "docs/scorecard.html",
      description = "Write the page to FILE (default: ${DEFAULT-VALUE}).")
  private String html;

  @Override
  protected ScorecardReport report(ProgressLine progress) {
    markdownFile().requireWritable(commandLine());
    htmlFile().requireWritable(commandLine());
    ScorecardRequest.Matrix matrix =
        quick ? ScorecardRequest.Matrix.ofMinutes() : ScorecardRequest.Matrix.whole();
    return Scorecard.run(new ScorecardRequest(profileOption.profile(), matrix, progress));
  }

  private OutputFile markdownFile() {
    return new OutputFile("--markdown", markdown);
  }

  private OutputFile htmlFile() {
    return new OutputFile("--html", html);
  }

  @Override
  protected void print(ScorecardReport report, Page page) {
    page.print(ScorecardText.of(report));
  }

  @Override
  protected void writeFiles(ScorecardReport report) {
    markdownFile().write(ScorecardText.of(report));
    htmlFile().write(ScorecardPage.of(report));
  }
}
