package hak.cli.html;

import hak.core.StackDescription;
import hak.core.spi.Role;
import java.util.Locale;
import java.util.stream.Collectors;

/** The layers of a stack as boxes, from the caller down; what another stack has not stands out. */
final class StackPicture {
  private StackPicture() {}

  static void write(Html html, String title, StackDescription stack, StackDescription other) {
    html.begin("div", "class", "stack").element("h3", title);
    html.element("div", "malloc / free", "class", "layer caller");
    for (Role role : Role.values()) {
      stack.layers().stream()
          .filter(layer -> layer.role() == role)
          .forEach(layer -> layer(html, layer, !other.layers().contains(layer)));
    }
    html.end();
  }

  private static void layer(Html html, StackDescription.Layer layer, boolean differs) {
    html.begin("div", "class", "layer" + (differs ? " differs" : ""));
    html.element("b", layer.id());
    html.element("span", layer.role().name().toLowerCase(Locale.ROOT).replace('_', ' '));
    if (!layer.serves().isEmpty()) {
      html.element("small", layer.serves());
    }
    if (!layer.settings().isEmpty()) {
      html.element(
          "small",
          layer.settings().entrySet().stream()
              .map(setting -> setting.getKey() + " = " + setting.getValue())
              .collect(Collectors.joining(", ")));
    }
    html.end();
  }
}
