import DeviceTree
import Diagnostics

/// dtc's check of the same name.
enum GPIOsProperty: NameRule {
  static let card = RuleCard(
    id: "gpios_property", family: .dtc, severity: .warning,
    summary: "a list of GPIOs is not made of phandles, each with what its controller asks for",
    why: """
      Each entry of `gpios`, `reset-gpios` and the like is a phandle and as many cells as the
      controller's `#gpio-cells` says. With too few or too many, all that follow are read from the
      wrong place: the driver gets another pin, or none, and does not start. A hog (`gpio-hog`)
      lists pins of its own controller without a phandle and is left alone.
      """,
    after: ["phandle_references"],
    source: "dtc checks.c, check_gpios_property",
    bad: [
      """
      / {
        pio: gpio-controller { gpio-controller; #gpio-cells = <2>; };
        led {
          «gpios» = <&pio 7>;
        };
        reset {
          «reset-gpio» = <&pio 7>;
        };
      };
      """,
      """
      / {
        pio: gpio-controller { gpio-controller; };
        led {
          «gpios» = <&pio 7 0>;
        };
      };
      """,
      // Only a vendor's number of pins is known for what it is.
      """
      / {
        pio: gpio-controller {
          «nr-gpios» = <32>;
        };
      };
      """,
    ],
    good: [
      """
      / {
        pio: gpio-controller {
          gpio-controller; #gpio-cells = <2>;
          vendor,nr-gpios = <32>;
          hog { gpio-hog; gpios = <3 0>; output-low; };
        };
        spi { cs-gpios = <0>, <&pio 7 0>; };
      };
      """
    ])

  static func concerns(_ name: NameRecord, of tree: FlatTree) -> Bool {
    GPIOName.isOne(name.range, of: tree)
  }

  static func check(
    _ property: PropertyID, of node: NodeID, _ context: LintContext, _ findings: inout Findings
  ) {
    guard !context.tree.has(node, .gpioHog) else { return }
    PhandleList.gpios.check(property, of: node, context, &findings)
  }
}

/// Names of properties that hold GPIOs.
///
/// Source: dtc checks.c, `prop_is_gpio`.
enum GPIOName {
  static func isOne(_ name: Range<Int>, of tree: FlatTree) -> Bool {
    if tree.ends(name, with: "gpios") {
      return name.count == 5
        || (tree.ends(name, with: "-gpios") && !tree.ends(name, with: ",nr-gpios"))
    }
    return isOld(name, of: tree)
  }

  /// As names were made before there could be several.
  static func isOld(_ name: Range<Int>, of tree: FlatTree) -> Bool {
    tree.ends(name, with: "gpio") && (name.count == 4 || tree.ends(name, with: "-gpio"))
  }
}
