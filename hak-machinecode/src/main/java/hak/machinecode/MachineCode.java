package hak.machinecode;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.Serial;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Has a child JVM compile the stack of a profile and shows the machine code of its malloc and free.
 */
public final class MachineCode {
  private static final String STACK = "hak.core.specialise.StackTemplate*::";
  private static final List<String> SIGNATURES = List.of("malloc(J)J", "free(J)V");
  private static final List<String> NAMES = List.of("malloc", "free");

  private final List<String> output;
  private final List<CompiledCode> methods;
  private final Map<Long, String> knownAddresses;

  private MachineCode(
      List<String> output, List<CompiledCode> methods, Map<Long, String> knownAddresses) {
    this.output = output;
    this.methods = methods;
    this.knownAddresses = knownAddresses;
  }

  /** The machine code cannot be had; the message says why in a line. */
  public static final class UnavailableException extends Exception {
    @Serial private static final long serialVersionUID = 1;

    UnavailableException(String message) {
      super(message);
    }
  }

  /**
   * Compiles the stack of a profile that is known to open.
   *
   * @param isFile whether {@code profile} is a file; else it is the name of a shipped one
   * @throws UnavailableException if there is no disassembler, or the child JVM fails
   */
  public static MachineCode compile(String profile, boolean isFile)
      throws IOException, InterruptedException, UnavailableException {
    Path javaHome = Path.of(System.getProperty("java.home"));
    Optional<Path> plugin = Hsdis.find(javaHome);
    if (plugin.isEmpty() && !Objdump.isInstalled()) {
      throw new UnavailableException(
          "no disassembler: install objdump (package binutils), or put "
              + Hsdis.fileName()
              + " for this JDK on LD_LIBRARY_PATH");
    }
    List<String> output = runChild(javaHome, plugin, profile, isFile);
    List<CompiledCode> methods = new ArrayList<>();
    for (String name : NAMES) {
      methods.add(CompiledCode.of(lastOfC2(output, name)));
    }
    return new MachineCode(output, methods, knownAddresses(output));
  }

  private static PrintedMethod lastOfC2(List<String> output, String name)
      throws UnavailableException {
    return PrintedCode.parse(output).stream()
        .filter(method -> method.name().equals(name) && method.compiler().equals("c2"))
        .reduce((earlier, later) -> later)
        .orElseThrow(() -> new UnavailableException("C2 did not compile " + name));
  }

  private static Map<Long, String> knownAddresses(List<String> output) {
    return output.stream()
        .filter(line -> line.startsWith(WarmUp.BASE))
        .findFirst()
        .map(line ->
            Map.of(Long.parseLong(line.substring(WarmUp.BASE.length())), "base of the reservation"))
        .orElse(Map.of());
  }

  private static List<String> runChild(
      Path javaHome, Optional<Path> plugin, String profile, boolean isFile)
      throws IOException, InterruptedException, UnavailableException {
    Path folder = Files.createTempDirectory("hak-asm");
    Path printed = folder.resolve("output");
    Path link = folder.resolve(Hsdis.fileName());
    try {
      ProcessBuilder child = new ProcessBuilder(command(javaHome, profile, isFile));
      if (plugin.isPresent()) {
        Files.createSymbolicLink(link, plugin.get());
        child
            .environment()
            .merge("LD_LIBRARY_PATH", folder.toString(), (old, added) -> added + ":" + old);
      }
      child.redirectErrorStream(true).redirectOutput(printed.toFile());
      int exit = child.start().waitFor();
      List<String> output = Files.readAllLines(printed);
      if (exit != 0) {
        throw new UnavailableException(
            "the JVM that compiles the stack failed: " + String.join(" ", output));
      }
      return output;
    } finally {
      Files.deleteIfExists(link);
      Files.deleteIfExists(printed);
      Files.delete(folder);
    }
  }

  private static List<String> command(Path javaHome, String profile, boolean isFile) {
    List<String> command = new ArrayList<>();
    command.add(javaHome.resolve("bin/java").toString());
    command.addAll(
        List.of("-Xms256m", "-Xmx256m", "-XX:+UseSerialGC", "-XX:-UsePerfData", "-Xbatch"));
    command.addAll(List.of("-XX:+UnlockDiagnosticVMOptions", "-XX:+DebugNonSafepoints"));
    command.add("-XX:CompileCommand=quiet");
    if (System.getProperty("os.arch").equals("amd64")) {
      command.add("-XX:PrintAssemblyOptions=intel");
    }
    for (String signature : SIGNATURES) {
      command.add("-XX:CompileCommand=dontinline," + STACK + signature);
      command.add("-XX:CompileCommand=print," + STACK + signature);
    }
    Module module = MachineCode.class.getModule();
    if (module.isNamed()) {
      command.add("--enable-native-access=hak.core");
      command.addAll(List.of("-p", System.getProperty("jdk.module.path")));
      command.addAll(List.of("-m", module.getName() + "/" + WarmUp.class.getName()));
    } else {
      command.add("--enable-native-access=ALL-UNNAMED");
      command.addAll(List.of("-cp", System.getProperty("java.class.path"), WarmUp.class.getName()));
    }
    command.addAll(List.of(isFile ? "file" : "name", profile));
    return command;
  }

  /** The hit path of each method: malloc, free. */
  public List<Shape> shapes() {
    return methods.stream().map(Shape::of).toList();
  }

  /** What the child JVM printed. */
  public List<String> raw() {
    return output;
  }

  /**
   * Prints both methods by source line.
   *
   * @param all everything of their main parts, not only the hit path
   */
  public void print(PrintWriter out, boolean all) {
    for (CompiledCode method : methods) {
      new AsmListing(out, method, knownAddresses).print(all);
      out.println();
    }
  }
}
