package hak.core.profile.check;

import hak.core.spi.BoxProvider;
import java.lang.module.ModuleDescriptor.Provides;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceConfigurationError;

/**
 * Providers that are loaded when they are asked for. Module descriptors say what their classes are
 * called, and they are called after their ids: {@code TlsSllProvider} has {@code tls-sll}. That it
 * is so a module says by opening the package to hak.core, see {@link BoxProvider}.
 *
 * <p>A {@link java.util.ServiceLoader} loads every provider there is, and each takes more than a
 * millisecond while a program starts (docs/DECISIONS.md, "Boxes that nobody named").
 */
final class NamedProviders {
  private static final String SUFFIX = "Provider";

  /** By id without hyphens; those that were taken are no longer in it. */
  private final Map<String, Named> waiting = new HashMap<>();

  /** None. */
  NamedProviders() {}

  /**
   * All providers of this process; empty where there may be some that are not called after their
   * ids, or two that are called alike, so that all have to be loaded and asked: on a class path, in
   * a layer of its own, in a module that does not open its package.
   */
  static Optional<NamedProviders> ofThisProcess() {
    Module core = NamedProviders.class.getModule();
    boolean onlyModules = System.getProperty("java.class.path", "").isEmpty();
    return onlyModules && core.getLayer() == ModuleLayer.boot()
        ? in(ModuleLayer.boot(), core)
        : Optional.empty();
  }

  /** Those of a layer, as {@link #ofThisProcess}. */
  static Optional<NamedProviders> in(ModuleLayer layer, Module core) {
    NamedProviders all = new NamedProviders();
    for (Module module : layer.modules()) {
      for (Provides provides : module.getDescriptor().provides()) {
        if (provides.service().equals(BoxProvider.class.getName())) {
          for (String className : provides.providers()) {
            Named named = new Named(module, className);
            if (!named.isKnownByName(core) || all.waiting.put(named.key(), named) != null) {
              return Optional.empty();
            }
          }
        }
      }
    }
    return Optional.of(all);
  }

  /**
   * Loads the provider that is called after an id, if it still waits.
   *
   * @throws ServiceConfigurationError when it cannot be made
   * @throws IllegalStateException when it has another id than its name says
   */
  Optional<BoxProvider> take(String id) {
    return Optional.ofNullable(waiting.remove(keyOf(id))).map(Named::load);
  }

  /** Loads all that wait; throws as {@link #take}. */
  Collection<BoxProvider> takeAll() {
    List<Named> rest = List.copyOf(waiting.values());
    waiting.clear();
    return rest.stream().map(Named::load).toList();
  }

  private static String keyOf(String id) {
    return id.replace("-", "");
  }

  private record Named(Module module, String className) {
    boolean isKnownByName(Module core) {
      String packageName = className.substring(0, className.lastIndexOf('.'));
      return className.endsWith(SUFFIX)
          && module.getDescriptor().opens().stream()
              .anyMatch(opens ->
                  opens.source().equals(packageName) && opens.targets().contains(core.getName()));
    }

    String key() {
      return className
          .substring(className.lastIndexOf('.') + 1, className.length() - SUFFIX.length())
          .toLowerCase(Locale.ROOT);
    }

    BoxProvider load() {
      BoxProvider provider;
      try {
        provider =
            Class.forName(className, true, module.getClassLoader())
                .asSubclass(BoxProvider.class)
                .getConstructor()
                .newInstance();
      } catch (ReflectiveOperationException | ClassCastException e) {
        throw new ServiceConfigurationError(this + " cannot be made", e);
      }
      if (!keyOf(provider.id()).equals(key())) {
        throw new IllegalStateException(
            this
                + " has the id '"
                + provider.id()
                + "': it must be called after it, for its module opens the package to hak.core");
      }
      return provider;
    }

    @Override
    public String toString() {
      return module.getName() + "/" + className;
    }
  }
}
