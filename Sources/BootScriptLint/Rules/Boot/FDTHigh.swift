import Diagnostics
import Hush
import Measures

struct FDTHigh: ScriptRule {
  static let card = RuleCard(
    id: "script-fdt-high", family: .script, severity: .warning,
    summary: "U-Boot is kept from finding a place for tree and initrd",
    why: """
      With all bits set in `fdt_high` or `initrd_high` nothing is moved: the tree must lie aligned and have room for what U-Boot \
      adds, and the kernel's variables may lie over both. A small `bootm_size` leaves no place.
      """,
    source: "U-Boot's doc/usage/environment.rst, fdt_high and bootm_size; boot/image-fdt.c",
    bad: [
      .hush("«setenv fdt_high ffffffff»"), .hush("«setenv initrd_high 0xffffffff»"),
      .hush("«setenv bootm_size 0x8000»"),
      .uenv("#=uEnv\n«fdt_high=ffffffff»\n", .board),
    ],
    good: [
      .uenv("fdt_high=ffffffff\n"), .hush("setenv fdt_high 0x4a000000"), .hush("setenv fdt_high"),
      .hush("setenv bootm_size 0xa000000"),
    ])

  static func check(_ script: ScriptContext, _ findings: inout ScriptFindings) {
    // The U-Boot of 2013 is used so by everybody: it takes a tree where it lies.
    guard script.target.bootloader == .mainline else { return }
    for command in script.commands where !command.isLoop {
      for set in ScriptEffect(of: command).sets {
        if let text = set.value?.text {
          check(set.name, text, at: command.range, script, &findings)
        }
      }
    }
    for entry in script.environment?.entries ?? [] {
      guard let value = entry.value else { continue }
      check(
        String(decoding: entry.name, as: UTF8.self), String(decoding: value, as: UTF8.self),
        at: entry.range, script, &findings)
    }
  }

  private static func check(
    _ name: String, _ text: String, at range: Range<Int>, _ script: ScriptContext,
    _ findings: inout ScriptFindings
  ) {
    guard let value = UInt64(uBoot: text) else { return }
    switch name {
    case "fdt_high", "initrd_high":
      guard ScriptContext.isAllOnes(value) else { return }
      findings.report(
        "U-Boot leaves the \(name == "fdt_high" ? "tree" : "initrd") where it was loaded",
        at: range,
        help: "delete the variable, or set it to the end of the memory that may be used")
    case "bootm_size" where value < 0x10_0000:
      findings.report("\(hex(value)) bytes are no room for a tree and an initrd", at: range)
    case "bootm_low"
    where !script.target.banks.isEmpty
      && !script.target.banks.contains {
        $0.start.rawValue <= value && value < $0.end.rawValue
      }:
      findings.report("there is no memory at \(hex(value))", at: range)
    default: break
    }
  }
}
