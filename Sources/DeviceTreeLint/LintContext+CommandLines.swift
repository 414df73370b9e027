import BootImages
import DeviceTree

/// Who gets which command line.
struct CommandLines {
  /// Nil where Xen gets none.
  let xen: CommandLine?
  /// Nil where dom0 gets none.
  let dom0: CommandLine?
  /// The line that the module of dom0's kernel has of its own, whether dom0 gets it or not; an empty
  /// one counts as none, as in Xen.
  let ofKernel: CommandLine?
  /// `xen,dom0-bootargs`, whether dom0 gets it or not.
  let forDom0: CommandLine?

  static let none = CommandLines(xen: nil, dom0: nil, ofKernel: nil, forDom0: nil)
}

extension LintContext {
  /// Source: `boot_fdt_cmdline`, Xen `xen/common/device-tree/bootinfo-fdt.c`; `write_properties`,
  /// `xen/arch/arm/domain_build.c`; Xen 4.3's `device_tree_bootargs`, `xen/common/device_tree.c`.
  func findCommandLines() -> CommandLines {
    // Without the node Xen reads nothing, and has no node to give dom0 its line in.
    guard let chosen else { return .none }
    let reader = CommandLine.Reader.xen(longestWord: CommandLine.longestWord(xen))
    let forXen = line(chosen, .xenXenBootargs, reader)
    let forDom0 = line(chosen, .xenDom0Bootargs, .linux)
    let ofKernel = kernelLine()
    let dom0: CommandLine?
    let plainIsForXen: Bool
    if xen < XenVersion(major: 4, minor: 4) {
      // It knows no `xen,xen-bootargs`, gives `bootargs` to nobody but itself, and lets the module
      // win.
      return CommandLines(
        xen: line(chosen, .bootargs, reader), dom0: ofKernel ?? forDom0, ofKernel: ofKernel,
        forDom0: forDom0)
    }
    plainIsForXen = forXen == nil && (forDom0 != nil || ofKernel != nil)
    dom0 = forDom0 ?? ofKernel ?? line(chosen, .bootargs, .linux)
    return CommandLines(
      xen: forXen ?? (plainIsForXen ? line(chosen, .bootargs, reader) : nil), dom0: dom0,
      ofKernel: ofKernel, forDom0: forDom0)
  }

  /// Since 4.12 the lines have a list of their own, and the first that belongs to a kernel wins;
  /// before that a line belonged to its module, and before 4.5 the last kernel replaced the others.
  private func kernelLine() -> CommandLine? {
    let isListed = xen >= XenVersion(major: 4, minor: 12)
    let kernels = modules.filter { $0.kind == .kernel && (!isListed || $0.domain == nil) }
    let kernel =
      if isListed {
        kernels.first { tree.has($0.node, .bootargs) }
      } else if xen >= XenVersion(major: 4, minor: 5) {
        kernels.first
      } else {
        kernels.last
      }
    return kernel.flatMap { line($0.node, .bootargs, .linux) }.flatMap {
      $0.text.isEmpty ? nil : $0
    }
  }

  private func line(
    _ node: NodeID, _ name: KnownName, _ reader: CommandLine.Reader
  ) -> CommandLine? {
    guard let property = tree.property(node, name) else { return nil }
    // Both read to the first zero byte, whatever stands behind it.
    let text = String(decoding: tree.value(property).prefix { $0 != 0 }, as: UTF8.self)
    return CommandLine(text: text, node: node, property: property, reader: reader)
  }
}
