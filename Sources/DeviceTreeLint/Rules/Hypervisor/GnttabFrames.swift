import BootImages
import DeviceTree
import Diagnostics
import Measures

/// More grant frames than Xen's code has pages.
enum GnttabFrames: TreeRule {
  static let card = RuleCard(
    id: "gnttab-frames", family: .hypervisor, severity: .warning,
    summary: "`gnttab_max_frames` asks for more grant frames than Xen's code has pages",
    why: """
      Since 4.6 the addresses of Xen's own code serve dom0 as the place of its grant table. Since
      4.10 the number of frames is cut to what fits there, without a word; before that Xen panics
      with "Cannot find a space for the grant table region". The code is shorter than the file, so
      what is found here is certain; the file comes from what a project loads.
      """,
    context: .xen,
    evidence: .tolerated(version: "4.17.5"),
    source:
      "Xen xen/arch/arm/include/asm/grant_table.h, gnttab_dom0_frames; 4.6 find_gnttab_region",
    bad: [
      RuleExample(
        """
        / {
          chosen { «xen,xen-bootargs» = "dtuart=serial0 dom0_mem=512M gnttab_max_frames=1024"; };
        };
        """,
        for: RuleExample.Target(
          xen: "4.17", files: [.xen("4.17", at: 0x4200_0000, end: 0x2000, size: 0x2000)]))
    ],
    good: [
      RuleExample(
        """
        / {
          chosen { xen,xen-bootargs = "dtuart=serial0 dom0_mem=512M gnttab_max_frames=1"; };
        };
        """,
        for: RuleExample.Target(
          xen: "4.17", files: [.xen("4.17", at: 0x4200_0000, end: 0x2000, size: 0x2000)]))
    ])

  static func check(_ context: LintContext, _ findings: inout Findings) {
    guard context.xen >= XenVersion(major: 4, minor: 6), !context.target.loaded.isEmpty,
      let line = context.commandLines.xen, let frames = context.statedGrantFrames,
      let image = context.grantTableInXen
    else { return }
    let pages = image.size.rawValue >> 12
    guard frames > pages else { return }
    let isCut = context.xen >= XenVersion(major: 4, minor: 10)
    findings.report(
      "\(frames) grant frames are asked for, and Xen has room for fewer than \(pages + 1)",
      at: line.node, line.property, severity: isCut ? .warning : .error,
      help: "ask for fewer, or leave it out for the usual \(context.usualGrantFrames)")
  }
}
