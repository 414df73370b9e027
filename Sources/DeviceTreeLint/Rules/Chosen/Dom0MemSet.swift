import BootImages
import DeviceTree
import Diagnostics

/// No size for dom0.
enum Dom0MemSet: TreeRule {
  static let card = RuleCard(
    id: "dom0-mem-set", family: .chosen, severity: .warning,
    summary: "Xen is not told how much memory dom0 gets",
    why: """
      Xen before 4.10 then gives 128 MiB, later ones complain, wait three seconds and give 512
      MiB, more than a small board has. On ARM the option is one size: the forms `min:` and `max:`
      of x86 count as 0, and what follows a comma is not read.
      """,
    context: .xen,
    evidence: .seen("PLEASE SPECIFY dom0_mem PARAMETER - USING 512M FOR NOW", version: "4.17.5"),
    source: "Xen xen/arch/arm/domain_build.c, parse_dom0_mem, create_dom0",
    bad: [
      RuleExample(
        """
        / {
          chosen { «xen,xen-bootargs» = "dtuart=serial0"; };
        };
        """, for: .xen("4.17")),
      RuleExample(
        """
        / {
          chosen { «xen,xen-bootargs» = "dtuart=serial0 dom0_mem=max:512M"; };
        };
        """, for: .xen("4.17")),
    ],
    good: [
      RuleExample(
        "/ { chosen { xen,xen-bootargs = \"dtuart=serial0 dom0_mem=512M\"; }; };",
        for: .xen("4.17"))
    ])

  static func check(_ context: LintContext, _ findings: inout Findings) {
    guard !context.isDom0less, let line = context.commandLines.xen else { return }
    let usual = context.xen < XenVersion(major: 4, minor: 10) ? "128 MiB" : "512 MiB"
    guard let value = line.value("dom0_mem") else {
      findings.report(
        "`dom0_mem=` is not given: dom0 gets \(usual)", at: line.node, line.property,
        help: "add `dom0_mem=`, with a power of two: `dom0_mem=512M`")
      return
    }
    let size = XenSize(value)
    if size.bytes == 0 {
      findings.report(
        "Xen reads `dom0_mem=\(value)` as 0 and gives dom0 \(usual)", at: line.node, line.property,
        help: "write one size, without `min:` or `max:`: `dom0_mem=512M`")
    } else if !size.rest.isEmpty {
      findings.report(
        "Xen does not read `\(size.rest)` of `dom0_mem=\(value)`", at: line.node, line.property,
        severity: .info, help: "write one size: `dom0_mem=512M`")
    }
  }
}
