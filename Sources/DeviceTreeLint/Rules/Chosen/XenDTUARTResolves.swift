import DeviceTree
import Diagnostics

/// A console that is not there.
enum XenDTUARTResolves: TreeRule {
  static let card = RuleCard(
    id: "xen-dtuart-resolves", family: .chosen, severity: .error,
    summary: "what Xen is told to talk through is no UART that it can drive",
    why: """
      `dtuart=` is an alias or a whole path, with options behind a colon (in 4.3 a comma);
      `stdout-path` is the same. Where that leads nowhere, to a disabled node, or to one that Xen
      has no driver for, Xen goes on without a console, and says so only in its ring: on the line
      there is silence. Where nothing in the tree is meant for Xen, the boot script may yet name
      another UART, and the finding is a warning.
      """,
    context: .xen,
    evidence: .silence(version: "4.17.5"),
    after: ["alias-target"],
    source: "Xen xen/drivers/char/uart-init.c, dt_uart_init; xen/arch/arm/device.c, device_init",
    bad: [
      RuleExample(
        """
        / {
          aliases { serial0 = "/serial@1c28000"; };
          chosen { «xen,xen-bootargs» = "dtuart=serial1:115200n8 dom0_mem=512M"; };
          serial@1c28000 { compatible = "snps,dw-apb-uart"; };
        };
        """, for: .xen("4.17")),
      RuleExample(
        """
        / {
          chosen {
            xen,xen-bootargs = "dom0_mem=512M";
            «stdout-path» = "/serial@1c28000:115200n8";
          };
          serial@1c28000 { compatible = "snps,dw-apb-uart"; status = "disabled"; };
        };
        """, for: .xen("4.17")),
      RuleExample(
        """
        / {
          chosen { «xen,xen-bootargs» = "dtuart=/mmc@1c0f000 dom0_mem=512M"; };
          mmc@1c0f000 { compatible = "allwinner,sun7i-a20-mmc"; };
        };
        """, for: .xen("4.17")),
    ],
    good: [
      RuleExample(
        """
        / {
          aliases { serial0 = "/serial@1c28000"; };
          chosen { xen,xen-bootargs = "dtuart=serial0 dom0_mem=512M"; };
          serial@1c28000 { compatible = "snps,dw-apb-uart"; };
        };
        """, for: .xen("4.17")),
      RuleExample(
        """
        / {
          chosen { xen,xen-bootargs = "dtuart=/serial@1c28000:115200n8 dom0_mem=512M"; };
          serial@1c28000 { compatible = "snps,dw-apb-uart"; status = "okay"; };
        };
        """, for: .xen("4.17")),
    ])

  static func check(_ context: LintContext, _ findings: inout Findings) {
    guard case .named(let uart) = context.console else { return }
    let tree = context.tree
    let severity: Severity = context.isConsoleOpen ? .warning : .error
    let source = uart.isFromStdoutPath ? "`stdout-path`" : "`dtuart=`"
    guard let target = uart.target else {
      let isPath = uart.name.hasPrefix("/")
      findings.report(
        "\(source) names `\(uart.name)`, and there is no such \(isPath ? "node" : "alias")",
        at: uart.node, uart.property, severity: severity,
        help: isPath ? nil : aliases(context, uart.name))
      return
    }
    let path = tree.path(target)
    if !context.isAvailableToXen(target) {
      findings.report(
        "\(source) names \(path), which is disabled", at: uart.node, uart.property,
        severity: severity,
        help: "give \(path) the status \"okay\", or name another UART")
    } else if tree.has(target, .xenPassthrough) {
      findings.report(
        "\(source) names \(path), which is to be passed to a guest", at: uart.node, uart.property,
        severity: severity,
        help: "take `xen,passthrough` out of the node, or name another UART")
    } else if !context.hasUARTDriver(target) {
      findings.report(
        "Xen \(context.xen) has no driver for \(path), which \(source) names", at: uart.node,
        uart.property, severity: severity,
        help: "name a UART with one of Xen's drivers in its `compatible`")
    }
  }

  /// The aliases that there are, the likeliest first.
  private static func aliases(_ context: LintContext, _ name: String) -> String {
    guard let aliases = context.aliases else {
      return "write the UART's path: there are no aliases"
    }
    let names = context.tree.properties(aliases).prefix(256)
      .map { context.tree.propertyName($0) }.filter { $0.hasPrefix("serial") }
    guard !names.isEmpty else { return "write the UART's path: no alias is a serial port's" }
    if let nearest = Spelling.nearest(to: name, among: names) {
      return "did you mean `\(nearest)`?"
    }
    return "there are " + names.prefix(8).map { "`\($0)`" }.joined(separator: ", ")
  }
}
