package hak.cli.command;

/** A program that says whether its standard input is closed. */
public final class StandardInputProgram {
  private StandardInputProgram() {}

  public static void main(String[] arguments) {
    System.out.println(StandardInput.isClosed() ? "closed" : "open");
  }
}
