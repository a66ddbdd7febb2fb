package hak.box.externalguard;

import hak.core.spi.BoxContext;
import hak.core.spi.FreeGuard;
import hak.core.spi.FreeGuardProvider;
import hak.core.spi.Option;
import java.util.List;

/** Names the guard. */
public final class ExternalGuardProvider implements FreeGuardProvider {
  private static final String REPORT_AT = "report-at";

  @Override
  public String id() {
    return "external-guard";
  }

  @Override
  public String summary() {
    return "counts frees of addresses that nobody owns, frees none, warns once and reports at a"
        + " threshold";
  }

  @Override
  public List<Option> options() {
    return List.of(
        Option.count(
            REPORT_AT,
            "frees",
            1,
            1 << 30,
            100,
            "After how many foreign frees, and at each doubling of them, a report is logged."));
  }

  @Override
  public FreeGuard create(BoxContext context) {
    return new ExternalGuard(
        context.profile(), context.settings().number(REPORT_AT), new ForeignFrees());
  }
}
