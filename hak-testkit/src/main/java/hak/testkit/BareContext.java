package hak.testkit;

import hak.core.memory.Memory;
import hak.core.memory.PageRuns;
import hak.core.memory.PageTable;
import hak.core.memory.PerClass;
import hak.core.memory.PerHeap;
import hak.core.memory.RemoteFrees;
import hak.core.memory.SizeClasses;
import hak.core.memory.VirtualMemory;
import hak.core.spi.BoxContext;
import hak.core.spi.Settings;

/** What a superslab source is given when it is made over {@link BarePages}; there are no heaps. */
record BareContext(BarePages bare, Settings settings, VirtualMemory virtualMemory)
    implements BoxContext {
  @Override
  public String profile() {
    return "bare pages";
  }

  @Override
  public Memory memory() {
    return bare.memory();
  }

  @Override
  public PageTable pages() {
    return bare.pages();
  }

  @Override
  public SizeClasses sizeClasses() {
    return SizeClasses.of(8, 16);
  }

  @Override
  public int firstClass() {
    return 1;
  }

  @Override
  public int lastClass() {
    return 0;
  }

  @Override
  public PageRuns pageRuns() {
    return bare.pageRuns();
  }

  @Override
  public int layers() {
    return 0;
  }

  @Override
  public RemoteFrees remoteFrees() {
    return bare.remoteFrees();
  }

  @Override
  public PerClass perClass(int bytes) {
    throw new UnsupportedOperationException("a superslab source has no state in thread heaps");
  }

  @Override
  public PerHeap perHeap(int bytes) {
    throw new UnsupportedOperationException("a superslab source has no state in thread heaps");
  }
}
