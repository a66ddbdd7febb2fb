package hak.policy;

import hak.core.profile.ProfileException;
import hak.policy.ProfileLayer.Said;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A profile, what it extends, what that extends, and so on. */
final class ProfileChain {
  private final ProfileErrors errors;
  private final BoxTables tables = new BoxTables();
  private final List<ProfileLayer> layers = new ArrayList<>();
  private final Map<Object, String> labels = new LinkedHashMap<>();
  private boolean cut;

  private ProfileChain(ProfileErrors errors) {
    this.errors = errors;
  }

  /**
   * Reads a profile and all that it extends, as far as that goes.
   *
   * @throws ProfileException if {@code source} itself cannot be read; all else goes to {@code
   *     errors}
   */
  static Inheritance resolve(ProfileSource source, ProfileErrors errors) {
    ProfileChain chain = new ProfileChain(errors);
    chain.follow(source);
    return Inheritance.of(chain.layers, chain.cut);
  }

  private void follow(ProfileSource first) {
    ProfileSource source = first;
    Said<String> extension = null;
    do {
      try {
        if (extension != null) {
          source = source.parent(extension.value());
        }
        refuseCycle(source);
        TomlText text = TomlText.parse(source.text());
        ProfileLayer layer = LayerReader.read(text, source, layers.size(), tables, errors);
        layers.add(layer);
        extension = layer.parent();
      } catch (NotUtf8Exception e) {
        errors.add(new Place(layers.size(), source.label(), e.position()), e.getMessage());
        cut = true;
      } catch (IOException e) {
        String reason = ProfileSource.reason(e);
        if (extension == null) {
          throw new ProfileException(List.of(source.label() + ": " + reason));
        }
        errors.add(extension.place(), "cannot extend '" + extension.value() + "': " + reason);
        cut = true;
      }
    } while (extension != null && !cut);
  }

  private void refuseCycle(ProfileSource source) throws IOException {
    Object identity = source.identity();
    if (labels.containsKey(identity)) {
      List<String> circle = new ArrayList<>(labels.values());
      circle = circle.subList(circle.indexOf(labels.get(identity)), circle.size());
      throw new IOException(
          "a cycle: " + String.join(" -> ", circle) + " -> " + labels.get(identity));
    }
    labels.put(identity, source.label());
  }
}
