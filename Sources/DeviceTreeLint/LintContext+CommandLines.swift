import BootImages
import DeviceTree

/// Who gets which command line.
struct CommandLines {
  /// The property of a node that a line comes from.
  struct Line {
    let text: String
    let node: NodeID
    let property: PropertyID
    /// The words, as both Xen and Linux divide them: by blanks outside of double quotes.
    var words: [Substring] {
      var isQuoted = false
      return text.split {
        if $0 == "\"" { isQuoted.toggle() }
        return !isQuoted && ($0 == " " || $0 == "\t" || $0 == "\n")
      }
    }

    /// What stands behind `NAME=`, of the last word of that name, as both take it.
    func value(_ name: String) -> Substring? {
      words.last { $0.hasPrefix(name + "=") }?.dropFirst(name.count + 1)
    }

    /// The values of every word `NAME=`.
    func values(_ name: String) -> [Substring] {
      words.filter { $0.hasPrefix(name + "=") }.map { $0.dropFirst(name.count + 1) }
    }
  }

  /// Nil where Xen gets none.
  let xen: Line?
  let dom0: Line?
}

extension LintContext {
  /// Source: `boot_fdt_cmdline`, Xen `xen/common/device-tree/bootinfo-fdt.c`; `write_properties`,
  /// `xen/arch/arm/domain_build.c`; Xen 4.3's `xen/common/device_tree.c`.
  func findCommandLines() -> CommandLines {
    guard let chosen else { return CommandLines(xen: nil, dom0: nil) }
    let plain = line(chosen, .bootargs)
    let forXen = line(chosen, .xenXenBootargs)
    let forDom0 = line(chosen, .xenDom0Bootargs)
    let kernel = modules.first { $0.kind == .kernel && $0.domain == nil }
    let ofModule = kernel.flatMap { line($0.node, .bootargs) }
    if xen < XenVersion(major: 4, minor: 4) {
      return CommandLines(xen: plain, dom0: ofModule ?? forDom0)
    }
    return CommandLines(
      xen: forXen ?? (forDom0 != nil || ofModule != nil ? plain : nil),
      dom0: forDom0 ?? ofModule ?? plain)
  }

  private func line(_ node: NodeID, _ name: KnownName) -> CommandLines.Line? {
    guard let property = tree.property(node, name), let text = tree.string(property) else {
      return nil
    }
    return CommandLines.Line(text: text, node: node, property: property)
  }
}
