/**
 * The {@code hak} command.
 *
 * @uses hak.core.profile.ProfileReader reads profile files without opening them
 */
module hak.cli {
  requires com.google.gson;
  requires hak.bench;
  requires hak.core;
  requires hak.machinecode;
  requires hak.policy;
  requires hak.store;
  requires hak.store.bench;
  requires hak.testkit;
  requires info.picocli;
  requires me.tongfei.progressbar;

  opens hak.cli to
      info.picocli;
  opens hak.cli.build to
      info.picocli;
  opens hak.cli.command to
      info.picocli;
  opens hak.cli.learn to
      info.picocli;
  opens hak.cli.measure to
      info.picocli;
  opens hak.cli.output to
      info.picocli;
  opens hak.cli.stack to
      info.picocli;
  opens hak.cli.store to
      info.picocli;
  opens hak.cli.trace to
      com.google.gson,
      info.picocli;

  uses hak.core.profile.ProfileReader;
}
