import BootImages
import DeviceTree
import Diagnostics
import Measures

/// Xen at an address where it does not start.
enum XenLoadAlign: TreeRule {
  static let card = RuleCard(
    id: "xen-load-align", family: .layout, severity: .error,
    summary: "Xen is loaded to an address that it cannot start at",
    why: """
      Xen maps itself in pages before it can print: since 4.5 its address has to be a multiple of
      4 KiB, before that one of 2 MiB. Anywhere else the last line is U-Boot's `Starting kernel ...`.
      The image and its address are known to `ctboot build`, and to `ctboot lint` by
      `--load FILE@ADDRESS`.
      """,
    context: .xen,
    evidence: .silence(version: "4.17.5"),
    source: "Xen docs/misc/arm/booting.txt; xen/arch/arm/arm32/head.S",
    bad: [
      RuleExample(
        """
        / {
          «chosen» { };
        };
        """,
        for: RuleExample.Target(
          xen: "4.17", files: [.xen("4.17", at: 0x4200_0800, end: 0x11_6290)])),
      RuleExample(
        """
        / {
          «chosen» { };
        };
        """,
        for: RuleExample.Target(
          xen: "4.4", files: [.xen("4.4", at: 0x4210_0000, end: 0x8_0000)])),
    ],
    good: [
      RuleExample(
        "/ { chosen { }; };",
        for: RuleExample.Target(
          xen: "4.17", files: [.xen("4.17", at: 0x4210_1000, end: 0x11_6290)]))
    ])

  static func check(_ context: LintContext, _ findings: inout Findings) {
    guard let xen = context.xenInMemory else { return }
    // The image says more surely than anybody which version it is.
    let (alignment, words): (UInt64, String) =
      xen.version < XenVersion(major: 4, minor: 5) ? (1 << 21, "2 MiB") : (1 << 12, "4 KiB")
    guard xen.file.address.rawValue % alignment != 0 else { return }
    findings.report(
      "Xen \(xen.version) is loaded to \(xen.file.address), which is no multiple of \(words)",
      at: context.chosen ?? .root,
      help: "load it to \(xen.file.address.roundedDown(to: alignment))"
        + " or to another multiple of \(words)")
  }
}
