package hak.bench;

/** The running JVM. */
public final class Jvm {
  private Jvm() {}

  /** Version and name, e.g. {@code 25.0.3+9-LTS OpenJDK 64-Bit Server VM}. */
  public static String name() {
    return Runtime.version() + " " + System.getProperty("java.vm.name");
  }
}
