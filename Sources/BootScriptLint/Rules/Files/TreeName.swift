import Diagnostics
import Hush

struct TreeName: ScriptRule {
  static let card = RuleCard(
    id: "script-tree-name", family: .script, severity: .warning,
    summary: "the tree of another board is loaded",
    why:
      "The kernel drives pins and regulators that this board has elsewhere; often it stops before it says anything.",
    source: "`fdtfile` of U-Boot's default environment for the board",
    bad: [
      .hush("load mmc 0:1 0x43000000 «sun7i-a20-bananapi.dtb»"),
      .menu("label a\n  linux /zImage\n  fdt «/sun7i-a20-bananapi.dtb»\n"),
    ],
    good: [
      .hush("load mmc 0:1 0x43000000 sun7i-a20-cubietruck.dtb"),
      .hush("load mmc 0:1 0x43000000 xen.dtb"),
    ])

  static func check(_ script: ScriptContext, _ findings: inout ScriptFindings) {
    guard let own = script.target.treeFile, let prefix = script.target.treePrefix else { return }
    func check(_ path: String, at range: Range<Int>) {
      let name = path.split(separator: "/").last.map(String.init) ?? path
      guard name.hasPrefix(prefix), name.hasSuffix(".dtb"), name != own else { return }
      findings.report("the board's tree is `\(own)`", at: range)
    }
    for load in script.loads {
      if let word = load.path, let text = word.literal { check(text, at: word.range) }
    }
    for label in script.extlinux?.labels ?? [] {
      if let fdt = label.fdt {
        check(String(decoding: fdt.text, as: UTF8.self).trimmed, at: fdt.range)
      }
    }
  }
}
