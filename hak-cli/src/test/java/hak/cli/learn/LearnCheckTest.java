package hak.cli.learn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hak.bench.Workload;
import hak.bench.ab.AbRequest;
import hak.bench.shadow.Learning;
import hak.cli.html.LearnPage;
import hak.cli.output.Page;
import hak.cli.output.ProgressLine;
import hak.core.Hak;
import hak.core.profile.Profile;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import picocli.CommandLine.Help.Ansi;

class LearnCheckTest {
  private static final Workload WORKLOAD = Workload.synthetic("fixed-64");
  private static final AbRequest.Plan PLAN = new AbRequest.Plan(1, 1);

  private static String printed(LearnCheck check) {
    StringWriter text = new StringWriter();
    Page page = new Page(new PrintWriter(text), Ansi.OFF);
    check.print(page);
    page.flush();
    return text.toString();
  }

  @Test
  void whatWasLearnedIsHeldAgainstTheProfile() {
    Profile profile = Hak.profile("bare");
    Learning.Watched watched = Learning.watch(profile, WORKLOAD, 10);
    Profile learned = Learning.profileOf(profile, watched.report());
    try (LearnCheck check = new LearnCheck(profile, learned, WORKLOAD, PLAN);
        ProgressLine progress = ProgressLine.ofSteps(true)) {
      check.run(progress);
      assertEquals("bare learned", check.report().comparisons().getFirst().name());
      assertTrue(check.report().complete());
      assertTrue(printed(check).endsWith("\ncheck: NEUTRAL\n"), printed(check));
      String page = LearnPage.of(watched.report(), watched.curves(), check.report());
      assertTrue(page.contains("Checked by an A/B: <span class=\"badge neutral\">NEUTRAL"), page);
    }
  }

  @Test
  void whatDidNotChangeIsNotMeasured() {
    Profile profile = Hak.profile("default");
    try (LearnCheck check = new LearnCheck(profile, profile, WORKLOAD, PLAN);
        ProgressLine progress = ProgressLine.ofSteps(true)) {
      check.run(progress);
      assertNull(check.report());
      assertTrue(printed(check).contains("as in the profile"), printed(check));
    }
  }
}
