import DeviceTree
import Diagnostics
import Hush

struct TreeNoRoom: ScriptRule {
  static let card = RuleCard(
    id: "script-fdt-no-room", family: .script, severity: .warning,
    summary: "a tree is given more than it has room for",
    why: """
      A tree is as long as its file. Without `fdt resize`, or with too little, U-Boot says `FDT_ERR_NOSPACE`, and the script \
      goes on with half of the edits.
      """,
    after: ["script-fdt-before-addr"],
    source: "U-Boot's cmd/fdt.c; libfdt's fdt_rw.c; tried with U-Boot 2023.01",
    bad: [
      .hush("fdt addr 0x43000000\n«fdt mknod /chosen module@0»"),
      .hush(
        "fdt addr 0x43000000\nfdt resize 0x10\n«fdt set /chosen xen,xen-bootargs \"console=dtuart dtuart=serial0 dom0_mem=512M\"»"
      ),
    ],
    good: [.hush("fdt addr 0x43000000\nfdt resize 0x1000\nfdt mknod /chosen module@0")])

  static func check(_ script: ScriptContext, _ findings: inout ScriptFindings) {
    var hasTold = false
    var needed: UInt64 = 0
    for step in script.treeSteps {
      if step.verb == "addr" {
        needed = 0
        hasTold = false
      }
      guard step.isAddressed, !hasTold, let growth = growth(step) else { continue }
      let command = script.commands[step.command]
      guard let room = step.room else {
        hasTold = true
        findings.report(
          "the tree has no room for this", at: command.range,
          help: "write `fdt resize 0x1000` behind `fdt addr`")
        continue
      }
      needed += growth
      // U-Boot rounds the end up to a page; only what cannot fit in any case is told.
      if needed > room.addingReportingOverflow(room < 0x1000 ? 0 : 0xFFF).partialValue {
        hasTold = true
        findings.report(
          "the edits so far take \(hex(needed)) bytes, and there is room for \(hex(room))",
          at: command.range,
          severity: .error, help: "resize it by \(hex((needed + 0xFFF) & ~0xFFF))")
      }
    }
  }

  /// The bytes that an edit takes at least; nil for one that takes none.
  private static func growth(_ step: ScriptContext.TreeStep) -> UInt64? {
    let arguments = Array(step.arguments)
    switch step.verb {
    case "mknod": return 12 + UInt64(arguments.dropFirst().first?.value.length ?? 0)
    case "set":
      guard arguments.count > 1 else { return nil }
      let text = arguments.dropFirst(2).map(\.value.outline).joined(separator: " ")
      let size: Int =
        if text.hasPrefix("<") {
          4 * text.split { $0 == " " || $0 == "<" || $0 == ">" }.count
        } else if text.hasPrefix("[") {
          text.split { $0 == " " || $0 == "[" || $0 == "]" }.count
        } else {
          text.utf8.count + 1
        }
      if let tree = step.tree, let path = arguments[0].text, let name = arguments[1].text,
        let node = tree.node(at: path),
        let old = tree.properties(node).first(where: { tree.propertyName($0) == name }),
        tree.length(old) >= size
      {
        return nil
      }
      return 12 + UInt64((size + 3) & ~3)
    default: return nil
    }
  }
}
