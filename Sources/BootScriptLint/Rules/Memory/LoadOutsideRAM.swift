import Diagnostics
import Measures

struct LoadOutsideRAM: ScriptRule {
  static let card = RuleCard(
    id: "script-load-outside-ram", family: .script, severity: .error,
    summary: "a file is loaded to where the board has no memory",
    why:
      "U-Boot refuses the load where it knows better, and stops with a data abort where it does not. Boards are sold with less memory than the largest.",
    source: "the board's file; U-Boot's fs/fs.c, fs_read_lmb_check",
    bad: [
      .hush("load mmc 0:1 «0x02000000» zImage"),
      .hush("load mmc 0:1 «0xbff00000» zImage", .card([.zImage("/zImage")])),
    ],
    good: [.hush("load mmc 0:1 0x42000000 zImage", .card([.zImage("/zImage")]))])

  static func check(_ script: ScriptContext, _ findings: inout ScriptFindings) {
    let banks = script.target.banks
    guard !banks.isEmpty else { return }
    for one in script.placed {
      guard let word = one.load.addressWord,
        let range = AddressRange(start: Address(one.start), size: ByteCount(max(one.size ?? 1, 1))),
        !banks.contains(where: { $0.contains(range) })
      else { continue }
      let isStart = !banks.contains {
        $0.start.rawValue <= one.start && one.start < $0.end.rawValue
      }
      findings.report(
        isStart
          ? "there is no memory at \(hex(one.start))"
          : "\(one.name) reaches \(hex(one.end)), past the end of the smallest board's memory",
        at: word.range,
        help: "memory is at \(banks.map { "\($0)" }.joined(separator: ", "))")
    }
  }
}
