package hak.cli.store;

import hak.cli.command.CommandFailedException;
import hak.cli.command.ExitCode;
import hak.cli.command.ReportCommand;
import hak.cli.output.Json;
import hak.cli.output.Page;
import hak.cli.output.Printable;
import hak.cli.output.ProgressLine;
import hak.store.StoreCorruptException;
import hak.store.StoreVerifier;
import hak.store.VerifyReport;
import hak.store.VerifyReport.Outcome;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Checks a store and repairs it on request. */
@Command(
    name = "verify",
    description = {
      "Checks header, tables and the checksum of every object; changes nothing without --repair."
          + " The store may be in use.",
      "",
      "--repair keeps every object whose checksum holds, with ref and name, and restores what is"
          + " damaged beside it; what is lost it drops. It prints each of both. While somebody"
          + " reads or writes what it would drop, it changes nothing and fails."
    },
    exitCodeList = {
      "0:clean; with --repair also: repaired, nothing that was sealed is lost",
      "1:failed: no memory, no permission to write",
      "2:bad input: an option, or no such store",
      "3:repairable: a repair loses nothing that was sealed",
      "4:data lost: some object is damaged, or the file is no store"
    },
    footer = {"  hak store verify models", "  hak store verify /dev/shm/models --repair"})
final class StoreVerifyCommand extends ReportCommand<VerifyReport> {
  @Mixin private StorePath path;

  @Option(
      names = "--repair",
      description = "Restore what is whole, drop what is lost, rebuild the rest.")
  private boolean repair;

  @Override
  protected VerifyReport report(ProgressLine progress) {
    StoreVerifier.Progress checked = (bytes, of) -> progress.advanced("verify", "bytes", bytes, of);
    try {
      return repair
          ? StoreVerifier.repair(path.path(), checked)
          : StoreVerifier.verify(path.path(), checked);
    } catch (StoreCorruptException e) {
      throw new CommandFailedException(ExitCode.DATA_LOST, e.getMessage(), e);
    }
  }

  @Override
  protected ProgressLine progressLine(boolean quiet) {
    return ProgressLine.ofBytes(quiet);
  }

  @Override
  protected int exitCode(VerifyReport report) {
    return switch (report.outcome()) {
      case CLEAN -> ExitCode.FINE;
      case REPAIRABLE -> repair ? ExitCode.FINE : ExitCode.REPAIRABLE;
      case DATA_LOST -> ExitCode.DATA_LOST;
    };
  }

  @Override
  protected void print(VerifyReport report, Page page) {
    report.findings().forEach(line -> page.println("found: " + Printable.of(line)));
    report.repairs().forEach(line -> page.println("repair: " + Printable.of(line)));
    page.printf(
        "%s: %,d objects, %,d bytes%n", words(report.outcome()), report.objects(), report.bytes());
    if (report.outcome() != Outcome.CLEAN && !repair) {
      page.println(
          "with --repair it restores what is whole, drops what is lost, and rebuilds the rest");
    }
  }

  private String words(Outcome outcome) {
    return switch (outcome) {
      case CLEAN -> "clean";
      case REPAIRABLE -> repair ? "repaired" : "repairable";
      case DATA_LOST -> repair ? "repaired, data lost" : "data lost";
    };
  }

  @Override
  protected String json(VerifyReport report) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("path", path.path().toString());
    map.put("outcome", report.outcome().name().toLowerCase(Locale.ROOT).replace('_', ' '));
    map.put("objects", report.objects());
    map.put("bytes", report.bytes());
    map.put("findings", report.findings());
    map.put("repairs", report.repairs());
    return Json.of(map);
  }
}
