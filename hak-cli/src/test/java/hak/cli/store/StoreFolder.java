package hak.cli.store;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import hak.cli.Cli;
import hak.cli.command.StandardStreams;
import hak.store.ObjectInfo;
import hak.store.ObjectStore;
import hak.store.StoreOptions;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** A folder with a small store and files, and commands run on them. */
public final class StoreFolder {
  /** 1 MiB, 16 objects, grown by 64 KiB. */
  private static final StoreOptions SMALL =
      StoreOptions.DEFAULT
          .withCapacityBytes(1 << 20)
          .withObjectLimit(16)
          .withProcessLimit(4)
          .withGrowthBytes(64 << 10);

  private final Path folder;
  private final Path store;

  StoreFolder(Path folder) {
    this.folder = folder;
    store = folder.resolve("store");
    ObjectStore.createNew(store, SMALL).close();
  }

  /** What a command did, and the bytes on its standard output. */
  record Result(int exitCode, String out, String err, ByteArrayOutputStream written) {
    byte[] bytes() {
      return written.toByteArray();
    }

    JsonObject json() {
      return JsonParser.parseString(out).getAsJsonObject();
    }
  }

  Path path() {
    return store;
  }

  Path resolve(String name) {
    return folder.resolve(name);
  }

  ObjectStore open() {
    return ObjectStore.open(store, SMALL.withCreate(false));
  }

  List<ObjectInfo> list() {
    try (ObjectStore opened = open()) {
      return opened.list();
    }
  }

  public static byte[] bytes(int seed, int length) {
    byte[] bytes = new byte[length];
    new Random(seed).nextBytes(bytes);
    return bytes;
  }

  String file(String name, byte[] contents) throws IOException {
    return Files.write(folder.resolve(name), contents).toString();
  }

  /** Runs {@code hak store COMMAND STORE ARGUMENTS}. */
  Result hak(String command, String... arguments) {
    return hak(InputStream.nullInputStream(), command, arguments);
  }

  Result hak(InputStream in, String command, String... arguments) {
    List<String> all = new ArrayList<>(List.of("store", command, store.toString()));
    all.addAll(Arrays.asList(arguments));
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Cli.Result result = Cli.hak(new StandardStreams(in, out), all.toArray(String[]::new));
    return new Result(result.exitCode(), result.out(), result.err(), out);
  }

  /** Runs a command that goes well and says nothing on standard error. */
  Result fine(String command, String... arguments) {
    Result result = hak(command, arguments);
    assertEquals("", result.err());
    assertEquals(0, result.exitCode());
    return result;
  }

  /** Puts bytes; the ref as it was printed. */
  String put(byte[] bytes, String... options) {
    List<String> arguments = new ArrayList<>(List.of("-"));
    arguments.addAll(Arrays.asList(options));
    Result result = hak(new ByteArrayInputStream(bytes), "put", arguments.toArray(String[]::new));
    assertEquals("", result.err());
    return result.out().strip();
  }

  byte[] get(String object) {
    return fine("get", object).bytes();
  }

  /** Changes a byte of the file where these bytes stand. */
  void damage(byte[] bytes) throws IOException {
    byte[] file = Files.readAllBytes(store);
    int at = 0;
    while (!Arrays.equals(file, at, at + bytes.length, bytes, 0, bytes.length)) {
      at += 64;
    }
    flip(at);
  }

  void flip(int at) throws IOException {
    byte[] file = Files.readAllBytes(store);
    file[at] ^= 0x10;
    Files.write(store, file);
  }
}
