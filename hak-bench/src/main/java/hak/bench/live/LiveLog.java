package hak.bench.live;

import hak.core.Ledger;
import hak.core.Policy;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** What was seen of a stack so far, look by look. */
final class LiveLog {
  private final List<LiveSample> samples = new ArrayList<>();
  private final List<LiveStep> steps = new ArrayList<>();
  private Policy last;
  private long seen;
  private double lastSeconds;
  private double lastCalls;

  /** Of a stack that was just opened. */
  LiveLog(Policy first) {
    last = first;
  }

  /** Takes in what holds; the decisions since the time before. */
  List<LiveStep> decisions(double seconds, Policy policy) {
    List<Policy.Setting> before = LiveReport.turned(last);
    List<Policy.Setting> now = LiveReport.turned(policy);
    List<LiveStep> news = new ArrayList<>();
    for (int i = 0; i < now.size(); i++) {
      Policy.Setting setting = now.get(i);
      if (!setting.equals(before.get(i))) {
        news.add(
            new LiveStep(
                seconds,
                policy.generation(),
                setting.by(),
                setting.key(),
                before.get(i).value(),
                setting.value(),
                setting.reason()));
      }
    }
    for (int i = 0; i < policy.advice().size(); i++) {
      Policy.Advice advice = policy.advice().get(i);
      if (!advice.equals(last.advice().get(i))) {
        news.add(
            new LiveStep(
                seconds,
                policy.generation(),
                advice.by(),
                LiveStep.NEXT_TIME + advice.key(),
                last.advice().get(i).value(),
                advice.value(),
                advice.reason()));
      }
    }
    seen += news.size();
    steps.addAll(news);
    last = policy;
    return news;
  }

  /** Takes in how the stack is, with what {@link #decisions} was given last. */
  void sample(double seconds, Ledger ledger, double calls) {
    double rate = Math.max(0, calls - lastCalls) / Math.max(1e-9, seconds - lastSeconds);
    samples.add(
        new LiveSample(
            seconds,
            last.generation(),
            last.learners().stream().mapToLong(Policy.Learner::windows).sum(),
            last.learners().stream().mapToLong(Policy.Learner::windowNanos).sum(),
            ledger.residentBytes(),
            Math.round(rate),
            LiveReport.turned(last).stream().map(Policy.Setting::number).toList()));
    lastSeconds = seconds;
    lastCalls = calls;
  }

  List<LiveSample> samples() {
    return Collections.unmodifiableList(samples);
  }

  List<LiveStep> steps() {
    return steps;
  }

  /** Decisions that were replaced before anybody looked. */
  long unseen() {
    return last.generation() - seen;
  }

  /** What holds, as it was seen last. */
  Policy policy() {
    return last;
  }

  long mostResidentBytes() {
    return samples.stream().mapToLong(LiveSample::residentBytes).max().orElse(0);
  }
}
