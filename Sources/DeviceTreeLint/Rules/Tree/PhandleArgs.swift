import DeviceTree
import Diagnostics

/// A list of phandles whose arguments are not those that the nodes ask for.
enum PhandleArgs: TreeRule {
  static let card = RuleCard(
    id: "phandle-args", family: .tree, severity: .warning,
    summary: "a list of phandles has not the cells that the nodes it names ask for",
    why: """
      Behind each phandle stand as many cells as its node says in `#clock-cells` and the like. With
      more or fewer of them an argument is taken for the next phandle, and the driver of the device
      fails with -EINVAL, or gets the wrong clock, pin or channel.
      """,
    aliases: PhandleList.checks,
    source:
      "Devicetree Specification v0.4, section 2.3.3; dtc checks.c, check_property_phandle_args",
    bad: [
      """
      / {
        ccu: clock { #clock-cells = <1>; };
        uart {
          «clocks» = <&ccu>;
        };
      };
      """,
      """
      / {
        pio: pinctrl { };
        led {
          «enable-gpios» = <&pio 1 0>;
        };
      };
      """,
    ],
    good: [
      """
      / {
        ccu: clock { #clock-cells = <1>; };
        pio: pinctrl { #gpio-cells = <3>; };
        uart { clocks = <&ccu 3>; reset-gpios = <0>, <&pio 7 2 0>; vendor,nr-gpios = <2>; };
      };
      """
    ])

  static func check(_ context: LintContext, _ findings: inout Findings) {
    let tree = context.tree
    // Who names a node that does not say what it asks for; told once for each node.
    struct Silent: Hashable {
      let provider: NodeID
      let counts: KnownName
    }
    var users: [Silent: [NodeID]] = [:]
    for found in context.phandleFaults {
      guard case .noCells(let provider) = found.fault.reason else { continue }
      users[Silent(provider: provider, counts: found.list.counts), default: []].append(found.node)
    }
    for found in context.phandleFaults {
      var others: [NodeID] = []
      let name = tree.propertyName(found.property)
      let message: String
      var help = "write as many cells behind the phandle as its node asks for"
      switch found.fault.reason {
      case .dangling: continue
      case .notCells:
        message = "`\(name)` has \(tree.length(found.property)) bytes, which are no whole cells"
      case .noCells(let provider):
        let silent = Silent(provider: provider, counts: found.list.counts)
        guard !found.isOfInterrupts, let all = users.removeValue(forKey: silent) else { continue }
        others = Array(all.dropFirst())
        message =
          "cell \(found.fault.cell) of `\(name)` names \(tree.path(provider)), which has no"
          + " `\(found.list.counts.rawValue)`"
        help = "add it there, or refer to a node that has it"
      case .short(let provider, let cells, _):
        if found.isOfInterrupts, context.gicVersion(provider) != nil { continue }
        message =
          "`\(name)` ends before the \(cells) cells that \(tree.path(provider)) asks for behind its"
          + " phandle, cell \(found.fault.cell)"
      }
      findings.report(
        message, at: found.node, found.property,
        notes: others.isEmpty
          ? []
          : [
            "\(others.count) more refer to it: "
              + others.prefix(4).map(tree.path).joined(separator: ", ")
              + (others.count > 4 ? ", …" : "")
          ], help: help, aliases: [found.list.check], others: others)
    }
  }
}
