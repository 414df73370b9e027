import BootScriptLint
import BootScripts
import Diagnostics
import Foundation
import Measures
import Testing

/// What ctboot composes itself has nothing that its own linter complains of.
@Suite struct ComposedScriptTests {
  @Test func theScriptForXenIsClean() throws {
    let template = ScriptTemplate(
      name: "xen.cmd",
      text: try String(
        contentsOf: ShippedBoards.root.appending(path: "Templates/xen.cmd"), encoding: .utf8))
    let window = try #require(AddressRange(start: 0x4000_0000, size: .mebibytes(160)))
    let loads = [
      BootLoad(name: "Xen", file: "xen", address: 0x4200_0000, size: 0x10_0000),
      BootLoad(name: "dom0's kernel", file: "vmlinuz", address: 0x4400_0000, size: 0x50_0000),
      BootLoad(name: "the device tree", file: "board.dtb", address: 0x4300_0000, size: 0x6000),
    ]
    let text = try BootScript(
      board: "cubietruck", title: "Cubietruck",
      payload: .xen(property: "xen,xen-bootargs", dom0Property: "xen,dom0-bootargs"),
      sets: [BootSet(loads: loads, entry: 0x4200_0000, tree: 0x4300_0000)], bootWindow: window
    ).text(template: template)
    let rules = Set(ScriptRuleCatalogue.cards.map(\.id))
    var target = RuleExample.Target(xen: "4.17", board: "cubietruck")
    target.medium = RuleExample.Medium([
      .init("/xen", size: 0x10_0000), .init("/vmlinuz", size: 0x50_0000), .init("/board.dtb", size: 0x6000),
    ])
    for medium in [nil, target.medium] {
      target.medium = medium
      let linter = ScriptLinter(for: try ScriptTarget(target), rules: rules)
      #expect(linter.lint(Array(text.utf8), file: "boot.cmd", kind: .commands).findings == [])
    }
  }
}
