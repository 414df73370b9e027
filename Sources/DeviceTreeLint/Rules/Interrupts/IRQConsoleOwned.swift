import BootImages
import DeviceTree
import Diagnostics

/// A device that shares its line with Xen's console.
enum IRQConsoleOwned: TreeRule {
  static let card = RuleCard(
    id: "irq-console-owned", family: .interrupts, severity: .error,
    summary: "an SPI of Xen's console is also a device's of dom0",
    why: """
      Xen keeps its UART and the UART's line. A device that dom0 is to have with the same line
      cannot get it: "IRQ … is already used by Xen", and dom0 is not built. Since 4.6 disabled
      nodes count too. Xen before 4.5 went on, and the device had no interrupt.
      """,
    context: .xen,
    evidence: .seen("IRQ 33 is already used by Xen", version: "4.17.5"),
    after: ["irq-spi-plus32"],
    source: "Xen xen/arch/arm/irq.c, route_irq_to_guest",
    bad: [
      RuleExample(
        """
        / {
          #address-cells = <1>; #size-cells = <1>; interrupt-parent = <&gic>;
          aliases { serial0 = "/serial@9000000"; };
          chosen { xen,xen-bootargs = "console=dtuart dtuart=serial0"; };
          gic: interrupt-controller {
            compatible = "arm,gic-400";
            interrupt-controller;
            #interrupt-cells = <3>;
          };
          serial@9000000 {
            compatible = "arm,pl011";
            reg = <0x9000000 0x1000>;
            interrupts = <0 1 4>;
          };
          serial@9040000 {
            compatible = "arm,pl011";
            reg = <0x9040000 0x1000>;
            «interrupts» = <0 1 4>;
          };
        };
        """, for: .xen("4.17"))
    ],
    good: [
      RuleExample(
        """
        / {
          #address-cells = <1>; #size-cells = <1>; interrupt-parent = <&gic>;
          aliases { serial0 = "/serial@9000000"; };
          chosen { xen,xen-bootargs = "console=dtuart dtuart=serial0"; };
          gic: interrupt-controller {
            compatible = "arm,gic-400";
            interrupt-controller;
            #interrupt-cells = <3>;
          };
          serial@9000000 {
            compatible = "arm,pl011";
            reg = <0x9000000 0x1000>;
            interrupts = <0 1 4>;
          };
          serial@9040000 {
            compatible = "arm,pl011";
            reg = <0x9040000 0x1000>;
            interrupts = <0 2 4>;
          };
        };
        """, for: .xen("4.17"))
    ])

  static let judgesDisabled = true

  static func check(_ context: LintContext, _ findings: inout Findings) {
    guard let console = context.consoleNode else { return }
    let own = Set(context.gicInterrupts(console).filter { $0.type == 0 }.map(\.number))
    guard !own.isEmpty else { return }
    let isOld = context.xen < XenVersion(major: 4, minor: 5)
    for interrupt in context.allGICInterrupts
    where interrupt.type == 0 && own.contains(interrupt.number) && interrupt.node != console {
      guard !context.tree.has(interrupt.node, .xenPassthrough), context.reachesDom0(interrupt.node)
      else { continue }
      findings.report(
        "\(interrupt.name) belongs to Xen's console, \(context.tree.path(console))",
        at: interrupt.node, interrupt.interrupt.property, severity: isOld ? .warning : nil,
        help: "take the node out, since its `status` does not help, or move Xen's console")
    }
  }
}
