package hak.cli;

import picocli.CommandLine.IVersionProvider;

/** The version of the module and of what runs it. */
final class HakVersion implements IVersionProvider {
  @Override
  public String[] getVersion() {
    String version = "development";
    if (Main.class.getModule().getDescriptor() != null) {
      version = Main.class.getModule().getDescriptor().rawVersion().orElse(version);
    }
    return new String[] {
      "hak " + version,
      System.getProperty("java.vm.name") + " " + System.getProperty("java.vm.version"),
      System.getProperty("os.name") + " " + System.getProperty("os.arch")
    };
  }
}
