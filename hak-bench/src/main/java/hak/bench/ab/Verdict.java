package hak.bench.ab;

import com.google.gson.annotations.SerializedName;

/** What a comparison says of the changed stack. */
public enum Verdict {
  /** It takes less. */
  GO("GO"),

  /** No difference was shown; which is not to say that there is none. */
  NEUTRAL("NEUTRAL"),

  /** It takes more. */
  @SerializedName("NO-GO")
  NO_GO("NO-GO");

  private final String text;

  Verdict(String text) {
    this.text = text;
  }

  @Override
  public String toString() {
    return text;
  }
}
