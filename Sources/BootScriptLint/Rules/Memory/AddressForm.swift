import BootImages
import Diagnostics

struct AddressForm: ScriptRule {
  static let card = RuleCard(
    id: "script-address-form", family: .script, severity: .error,
    summary: "an address that is no number, too large, or not aligned",
    why: """
      Addresses are hexadecimal; of what is none, U-Boot takes the digits in front, or 0. A 64-bit address is cut. A tree has to \
      lie at a multiple of 8, Xen at one of 4 KiB.
      """,
    source:
      "U-Boot's lib/strto.c; Devicetree Specification 0.4, section 5.6; Xen's xen/arch/arm/arm32/head.S",
    bad: [
      .hush("load mmc 0:1 «kernel_addr_r» zImage"), .hush("load mmc 0:1 «0x142000000» zImage"),
      .hush("load mmc 0:1 «0x43000004» board.dtb"), .hush("bootz 0x42000000 - «board.dtb»"),
    ],
    good: [
      .hush("load mmc 0:1 ${kernel_addr_r} zImage"), .hush("load mmc 0:1 42000000 zImage"),
      .hush("load mmc 0:1 0x43000008 board.dtb"),
    ])

  static func check(_ script: ScriptContext, _ findings: inout ScriptFindings) {
    for load in script.loads {
      guard let word = load.addressWord, let text = word.text else { continue }
      check(text, at: word.range, script, &findings)
      guard let address = load.address else { continue }
      var alignment: UInt64 = 1
      if load.file?.kind == .deviceTree || load.baseName.hasSuffix(".dtb") { alignment = 8 }
      if case .xen? = load.file?.kind { alignment = 4096 }
      if load.file?.kind == .arm64Image { alignment = 2 << 20 }
      if address % alignment != 0 {
        findings.report(
          "\(hex(address)) is no multiple of \(hex(alignment))", at: word.range,
          help: "load it to \(hex(address & ~(alignment - 1)))")
      }
    }
    for boot in script.boots {
      for word in script.operands(of: boot) where word.literal != "-" {
        guard let text = word.text else { continue }
        for part in text.split(separator: ":").prefix(2) where !part.contains("#") {
          check(String(part), at: word.range, script, &findings)
        }
      }
    }
  }

  private static func check(
    _ text: String, at range: Range<Int>, _ script: ScriptContext, _ findings: inout ScriptFindings
  ) {
    guard let address = UInt64(uBoot: text) else {
      findings.report(
        "`\(text)` is no hexadecimal number", at: range,
        help: script.target.environment?[text] != nil ? "did you mean `${\(text)}`?" : nil)
      return
    }
    if address > UInt64(UInt32.max), script.target.is32Bit != false {
      findings.report("\(hex(address)) has more than 32 bits", at: range)
    }
  }
}
