package hak.learn;

/** What the steps of a {@link LifeCycle} come to, told from the last of them. */
public enum Course {
  /** Nothing is decided: it has just begun, or what it costs could not be measured. */
  UNDECIDED,

  /** What is in force was proposed or held its trial, and stays. */
  CONVERGED,

  /** It had come to an end, and began anew as the cost has changed. */
  RELEARNS,

  /** Proposals change from window to window, or what is kept goes to and fro: it is stopped. */
  OSCILLATES,

  /** What was tried, or whatever was in force, costs ever more: it was rolled back. */
  DIVERGES
}
