package hak.store;

import java.util.ServiceLoader;

/** The one provider, looked for when it is first needed. */
final class Behind {
  private static final StoreProvider PROVIDER =
      ServiceLoader.load(StoreProvider.class, StoreProvider.class.getClassLoader())
          .findFirst()
          .orElseThrow(() ->
              new IllegalStateException(
                  "hak.store does not find its own code: META-INF/services/"
                      + StoreProvider.class.getName()
                      + " was lost where its jar was merged with others"));

  private Behind() {}

  static StoreProvider provider() {
    return PROVIDER;
  }
}
