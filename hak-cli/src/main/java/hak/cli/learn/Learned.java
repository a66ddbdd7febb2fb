package hak.cli.learn;

import hak.bench.ab.AbReport;
import hak.cli.output.Page;
import hak.core.profile.Profile;
import java.util.Map;

/** What was learned, from calls that were counted or from a stack that ran. */
interface Learned {
  /** What was begun with, for what was learned to be held against; without learners. */
  Profile base();

  /** What was learned, as a profile. */
  Profile profile();

  /** Why, by key. */
  Map<String, String> reasons();

  void print(Page page);

  /**
   * As JSON.
   *
   * @param check the A/B of what was learned; null if there is none
   */
  String json(AbReport check);

  /** As a page; see {@link #json}. */
  String html(AbReport check);
}
