import DeviceTree
import Diagnostics

/// A guest whose emulated UART and whose device have one interrupt.
enum D0LVPL011SPI: TreeRule {
  static let card = RuleCard(
    id: "d0l-vpl011-spi", family: .dom0less, severity: .warning,
    summary: "a guest with an emulated PL011 gets a device with SPI 0",
    why: """
      Xen emulates the PL011 with SPI 0, and devices keep their numbers in the guest, so that a
      device with SPI 0 and the console get each other's interrupts. Only a guest that is mapped
      directly has the number of the machine's own UART instead.
      """,
    context: .xen,
    evidence: .tolerated(version: "4.17.5"),
    source: "Xen docs/misc/arm/device-tree/booting.txt, GUEST_VPL011_SPI; domain_vpl011_init",
    bad: [
      RuleExample(
        PassthroughExample.host(interrupt: 0, vpl011: "«vpl011»;"),
        for: .init(xen: "4.17", files: [PassthroughExample.file()]))
    ],
    good: [
      RuleExample(
        PassthroughExample.host(interrupt: 1, vpl011: "vpl011;"),
        for: .init(xen: "4.17", files: [PassthroughExample.file()]))
    ])

  static func check(_ context: LintContext, _ findings: inout Findings) {
    let tree = context.tree
    for partial in context.passthroughTrees {
      guard let domain = partial.domain, let console = tree.property(domain, .vpl011),
        !tree.has(domain, .directMap)
      else { continue }
      for device in partial.devices where device.isAssigned {
        guard let path = device.path.flatMap({ partial.tree.string($0) }),
          let host = context.node(atPath: path),
          context.gicInterrupts(host).contains(where: { $0.type == 0 && $0.number == 0 })
        else { continue }
        findings.report(
          "\(path), which the guest gets, has SPI 0 as the emulated PL011 does", at: domain,
          console, help: "take `vpl011` out, or keep the device from the guest")
        break
      }
    }
  }
}
