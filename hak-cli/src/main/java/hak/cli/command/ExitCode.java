package hak.cli.command;

/** What the command's exit codes mean. */
public final class ExitCode {
  /** All went well. */
  public static final int FINE = 0;

  /** Verification failed, memory or a store is full, or the command could not do its work. */
  public static final int FAILED = 1;

  /** An option, profile, trace or store that cannot be used. */
  public static final int BAD_INPUT = 2;

  /** A store needs a repair that loses nothing. */
  public static final int REPAIRABLE = 3;

  /** A store has lost data. */
  public static final int DATA_LOST = 4;

  /** A thread of a stress hung. */
  public static final int HUNG = 5;

  private ExitCode() {}
}
