package hak.core.profile.check;

import hak.core.profile.NearestName;
import hak.core.spi.BoxProvider;
import hak.core.spi.Section;
import java.util.Collection;
import java.util.ServiceLoader;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * All box providers that can be found, by id. For one thread at a time: it may load a provider when
 * it is asked for it.
 */
public final class BoxRegistry {
  private final SortedMap<String, BoxProvider> byId = new TreeMap<>();
  private final NamedProviders waiting;

  private BoxRegistry(NamedProviders waiting) {
    this.waiting = waiting;
  }

  /**
   * Looks for providers on the module path and the class path.
   *
   * @throws IllegalStateException naming both modules when two providers have one id, or the one
   *     that does not implement the interface of its role; of a provider that is not loaded yet,
   *     when it is asked for
   */
  public static BoxRegistry load() {
    return NamedProviders.ofThisProcess()
        .map(BoxRegistry::new)
        .orElseGet(
            () -> of(ServiceLoader.load(BoxProvider.class, BoxRegistry.class.getClassLoader())));
  }

  /** With these providers and no others; what it throws is as for {@link #load}. */
  public static BoxRegistry of(Iterable<BoxProvider> providers) {
    BoxRegistry registry = new BoxRegistry(new NamedProviders());
    providers.forEach(registry::add);
    return registry;
  }

  private void add(BoxProvider provider) {
    Class<?> needed = provider.role().providerType();
    if (!needed.isInstance(provider)) {
      throw new IllegalStateException(
          nameOf(provider) + " says that it is " + provider.role() + " and is no " + needed);
    }
    BoxProvider other = byId.putIfAbsent(provider.id(), provider);
    if (other != null && other.getClass() != provider.getClass()) {
      throw new IllegalStateException(
          "two boxes have the id '"
              + provider.id()
              + "': "
              + nameOf(other)
              + " and "
              + nameOf(provider));
    }
  }

  private static String nameOf(BoxProvider provider) {
    return moduleOf(provider) + "/" + provider.getClass().getName();
  }

  /** The module of a provider; on the class path, where there is none, its package. */
  public static String moduleOf(BoxProvider provider) {
    Module module = provider.getClass().getModule();
    return module.isNamed() ? module.getName() : provider.getClass().getPackageName();
  }

  /** The provider with this id, or null. */
  public BoxProvider find(String id) {
    waiting.take(id).ifPresent(this::add);
    return byId.get(id);
  }

  /** All providers by ascending id. */
  public Collection<BoxProvider> all() {
    waiting.takeAll().forEach(this::add);
    return byId.values();
  }

  /**
   * What to say behind the name of a box that is not known: what there is, or why there is none.
   */
  String hint(String given, Collection<String> known) {
    return all().isEmpty()
        ? "; no box was found at all: their modules must be in the layer of hak.core or around it,"
            + " and be resolved, for instance by --add-modules hak.tiny,hak.mid,hak.big"
        : NearestName.hint(given, known);
  }

  /** The ids of all providers whose boxes are listed in a section. */
  Collection<String> idsFor(Section section) {
    return all().stream()
        .filter(provider -> provider.role().section() == section)
        .map(BoxProvider::id)
        .toList();
  }
}
