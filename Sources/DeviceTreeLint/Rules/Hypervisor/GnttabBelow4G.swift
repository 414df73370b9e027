import BootImages
import DeviceTree
import Diagnostics
import Measures

/// A 32-bit Xen whose grant table passes 4 GiB.
enum GnttabBelow4G: TreeRule {
  static let card = RuleCard(
    id: "gnttab-below-4g", family: .hypervisor, severity: .error,
    summary: "dom0's grant table ends above 4 GiB, where a 32-bit kernel cannot map it",
    why: """
      The table lies at the addresses of Xen's code, which since 4.12 stays where it was loaded. A
      32-bit Xen stops at a BUG_ON where the end is above 4 GiB. Where Xen is loaded is known from a
      project's script.
      """,
    context: .xen,
    source: "Xen xen/arch/arm/domain_build.c, find_gnttab_region",
    bad: [
      RuleExample(
        """
        / {
          «chosen» { xen,xen-bootargs = "dtuart=serial0 dom0_mem=512M"; };
        };
        """,
        for: RuleExample.Target(
          xen: "4.17", files: [.xen("4.17", at: 0xFFFF_F000, end: 0x2000, size: 0x2000)]))
    ],
    good: [
      RuleExample(
        """
        / {
          chosen { xen,xen-bootargs = "dtuart=serial0 dom0_mem=512M"; };
        };
        """,
        for: RuleExample.Target(
          xen: "4.17", files: [.xen("4.17", at: 0x4200_0000, end: 0x2000, size: 0x2000)]))
    ])

  static func check(_ context: LintContext, _ findings: inout Findings) {
    guard context.xen >= XenVersion(major: 4, minor: 12), !context.target.loaded.isEmpty,
      let image = context.grantTableInXen
    else { return }
    let frames = min(context.statedGrantFrames ?? context.usualGrantFrames, 1 << 32) << 12
    let size = min(frames, image.size.rawValue)
    let (end, overflows) = image.start.rawValue.addingReportingOverflow(size)
    guard overflows || end > 1 << 32 else { return }
    findings.report(
      "Xen at \(image.start) leaves dom0's grant table no room below 4 GiB",
      at: context.chosen ?? .root, help: "load Xen further down")
  }
}
