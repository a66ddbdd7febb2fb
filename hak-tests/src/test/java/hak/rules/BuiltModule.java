package hak.rules;

import java.io.IOException;
import java.io.InputStream;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.module.ModuleDescriptor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * One module of the project as the build left it: its descriptor and its compiled classes.
 *
 * @param classes the folder that holds {@code module-info.class}
 */
record BuiltModule(ModuleDescriptor descriptor, Path classes) {
  /** Every module of the project: the folders {@code hak-*} and those below {@code hak-boxes}. */
  static List<BuiltModule> all() throws IOException {
    // The build runs the tests of a module in the module's folder.
    Path root = Path.of("").toAbsolutePath().getParent();
    List<Path> folders = new ArrayList<>(subfolders(root, "hak-*"));
    folders.addAll(subfolders(root.resolve("hak-boxes"), "*"));
    List<BuiltModule> modules = new ArrayList<>();
    for (Path folder : folders) {
      if (Files.exists(folder.resolve("src/main/java/module-info.java"))) {
        modules.add(read(folder.resolve("target/classes")));
      }
    }
    modules.sort(Comparator.comparing(BuiltModule::name));
    return modules;
  }

  private static List<Path> subfolders(Path parent, String pattern) throws IOException {
    List<Path> found = new ArrayList<>();
    try (var entries = Files.newDirectoryStream(parent, pattern)) {
      entries.forEach(found::add);
    }
    return found;
  }

  private static BuiltModule read(Path classes) throws IOException {
    try (InputStream in = Files.newInputStream(classes.resolve("module-info.class"))) {
      return new BuiltModule(ModuleDescriptor.read(in), classes);
    }
  }

  String name() {
    return descriptor.name();
  }

  List<ClassModel> classModels() throws IOException {
    List<Path> files;
    try (Stream<Path> walk = Files.walk(classes)) {
      files = walk.filter(BuiltModule::isClass).sorted().toList();
    }
    List<ClassModel> models = new ArrayList<>();
    for (Path file : files) {
      models.add(ClassFile.of().parse(file));
    }
    return models;
  }

  private static boolean isClass(Path file) {
    return file.toString().endsWith(".class") && !file.endsWith("module-info.class");
  }

  @Override
  public String toString() {
    return name();
  }
}
