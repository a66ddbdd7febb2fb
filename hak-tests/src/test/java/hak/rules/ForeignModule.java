package hak.rules;

import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/**
 * A module of somebody else, {@code foreign}, that requires hak.core: written, compiled and run.
 */
final class ForeignModule {
  private final Path sources;
  private final Path classes;

  /** With its descriptor alone; {@code directives} are those beside {@code requires hak.core}. */
  ForeignModule(Path folder, String directives) throws IOException {
    sources = folder.resolve("sources");
    classes = folder.resolve("classes");
    write("module-info", "module foreign { requires hak.core; " + directives + " }");
  }

  /** Adds {@code foreign/<name>.java}; imports of the public API stand in front of {@code code}. */
  void add(String name, String code) throws IOException {
    String imports =
        """
        package foreign;
        import hak.core.*;
        import hak.core.memory.*;
        import hak.core.profile.*;
        import hak.core.spi.*;
        import java.lang.foreign.*;
        import java.util.*;
        """;
    write("foreign/" + name, imports + code);
  }

  private void write(String name, String text) throws IOException {
    Path file = sources.resolve(name + ".java");
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  /** Compiles everything; the messages of the compiler, empty when it is content. */
  String compile(String... options) throws IOException {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    StringWriter messages = new StringWriter();
    List<String> arguments =
        new ArrayList<>(
            List.of("-p", ModulePath.ofUsers(), "-d", classes.toString(), "-proc:none"));
    arguments.addAll(List.of(options));
    List<Path> files;
    try (var all = Files.walk(sources)) {
      files = all.filter(file -> file.toString().endsWith(".java")).toList();
    }
    try (StandardJavaFileManager manager = compiler.getStandardFileManager(null, null, null)) {
      compiler
          .getTask(
              messages, manager, null, arguments, null, manager.getJavaFileObjectsFromPaths(files))
          .call();
    }
    return messages.toString();
  }

  /** Runs a class in a JVM that denies native access to all but {@code granted}. */
  Outcome run(String granted, String mainClass, String... options)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(ModulePathTest.JAVA);
    command.addAll(List.of(options));
    command.addAll(
        List.of(
            "--illegal-native-access=deny",
            "--enable-native-access=" + granted,
            "-p",
            ModulePath.ofUsers() + java.io.File.pathSeparator + classes,
            "-m",
            "foreign/foreign." + mainClass));
    return ModulePathTest.finish(new ProcessBuilder(command).start());
  }
}
