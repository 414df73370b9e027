import DeviceTree
import Diagnostics

/// dtc's check of the same name.
enum DeprecatedGPIOProperty: NameRule {
  static let card = RuleCard(
    id: "deprecated_gpio_property", family: .dtc, severity: .warning,
    summary: "a list of GPIOs is called `gpio`, not `gpios`",
    why: """
      New bindings have `-gpios` even for one pin. Linux looks for both, so that nothing breaks, but
      a driver that reads the property by its own means may know the new name only.
      """,
    source: "dtc checks.c, check_deprecated_gpio_property",
    bad: [
      """
      / {
        pio: gpio-controller { gpio-controller; #gpio-cells = <2>; };
        mmc {
          «cd-gpio» = <&pio 1 0>;
        };
        led {
          «gpio» = <&pio 2 0>;
        };
      };
      """
    ],
    good: [
      """
      / {
        pio: gpio-controller { gpio-controller; #gpio-cells = <2>; };
        mmc { cd-gpios = <&pio 1 0>; };
      };
      """
    ],
    isOptional: true)

  static func concerns(_ name: NameRecord, of tree: FlatTree) -> Bool {
    GPIOName.isOld(name.range, of: tree)
  }

  static func check(
    _ property: PropertyID, of node: NodeID, _ context: LintContext, _ findings: inout Findings
  ) {
    let name = context.tree.propertyName(property)
    findings.report(
      "`\(name)` is the old name of `\(name)s`", at: node, property,
      help: "call it `\(name)s` if the driver's binding has that name")
  }
}
