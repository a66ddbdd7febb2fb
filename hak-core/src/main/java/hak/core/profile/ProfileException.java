package hak.core.profile;

import java.io.Serial;
import java.util.List;

/** A profile that cannot be opened. Nothing was mapped. The message has a line for each error. */
public final class ProfileException extends IllegalArgumentException {
  @Serial private static final long serialVersionUID = 1;

  private final transient List<String> errors;

  /**
   * All errors of a profile at once.
   *
   * @param errors a line for each, beginning with the place
   */
  public ProfileException(List<String> errors) {
    super(String.join(System.lineSeparator(), errors));
    this.errors = List.copyOf(errors);
  }

  /** A line for each error. */
  public List<String> errors() {
    return errors;
  }
}
