package hak.cli;

/** What the command's exit codes mean. */
final class ExitCode {
  /** All went well. */
  static final int FINE = 0;

  /** Verification failed, memory ran out, or the command could not do its work. */
  static final int FAILED = 1;

  /** An option, profile or trace that cannot be used. */
  static final int BAD_INPUT = 2;

  private ExitCode() {}
}
