import Diagnostics

/// The machines that examples of interrupts are set in.
extension RuleExample {
  /// Nodes below the root of a machine with a GICv2.
  static func withGIC(_ nodes: String, for target: Target = .any) -> RuleExample {
    machine("", "arm,gic-400", nodes, target)
  }

  /// The same with a GICv3.
  static func withGICv3(_ nodes: String, for target: Target = .any) -> RuleExample {
    machine("", "arm,gic-v3", nodes, target)
  }

  /// Nodes below the root of a chip whose blocks of registers are known; the tree's `compatible` says
  /// which it is.
  static func onA20(_ nodes: String, for target: Target = .any) -> RuleExample {
    machine(
      """
        #address-cells = <1>;
        #size-cells = <1>;
        compatible = "allwinner,sun7i-a20";

      """, "arm,gic-400", nodes, target)
  }

  private static func machine(
    _ head: String, _ gic: String, _ nodes: String, _ target: Target
  ) -> RuleExample {
    let inner = nodes.split(separator: "\n", omittingEmptySubsequences: false)
      .map { $0.isEmpty ? "" : "  " + $0 }.joined(separator: "\n")
    return RuleExample(
      """
      / {
      \(head)  interrupt-parent = <&gic>;
        gic: interrupt-controller {
          compatible = "\(gic)";
          interrupt-controller;
          #interrupt-cells = <3>;
        };
      \(inner)
      };
      """, for: target)
  }
}
