import Bytes
import TreeEditing

/// What U-Boot writes into a tree before it hands it over (`common/fdt_support.c`).
extension EditableTree {
  /// `fdt_chosen`: the arguments of the environment, where it has any, over those of the tree.
  mutating func setChosen(arguments: UBootText?, version: String) throws(TreeEditError) {
    if !hasNode("/chosen") { try addNode("chosen", to: "/") }
    if let arguments { try set("bootargs", of: "/chosen", to: arguments + [0]) }
    try set("u-boot,version", of: "/chosen", to: Array(version.utf8) + [0])
  }

  /// `fdt_initrd`: the end is the first byte behind it.
  mutating func setInitrd(start: UInt64, end: UInt64) throws(TreeEditError) {
    guard start != end else { return }
    try reserve(start, end - start)
    if !hasNode("/chosen") { try addNode("chosen", to: "/") }
    let isWide = cells("#address-cells", usual: 2) > 1
    try set("linux,initrd-start", of: "/chosen", to: Self.number(start, isWide: isWide))
    try set("linux,initrd-end", of: "/chosen", to: Self.number(end, isWide: isWide))
  }

  /// `fdt_fixup_memory_banks`: the banks that U-Boot knows, whatever the tree said.
  mutating func setMemory(_ banks: [(start: UInt64, size: UInt64)]) throws(TreeEditError) {
    if !hasNode("/memory") { try addNode("memory", to: "/") }
    try set("device_type", of: "/memory", to: Array("memory".utf8) + [0])
    let wideAddress = cells("#address-cells", usual: 2) == 2
    let wideSize = cells("#size-cells", usual: 1) == 2
    let reg = banks.filter { $0.size > 0 }.flatMap { bank in
      Self.number(bank.start, isWide: wideAddress) + Self.number(bank.size, isWide: wideSize)
    }
    try set("reg", of: "/memory", to: reg)
  }

  /// `fdt_psci`, PSCI 0.1: how the processors are started, and that it is the monitor that does so.
  mutating func setPSCI(processors: [String]) throws(TreeEditError) {
    for path in processors { try set("enable-method", of: path, to: Array("psci".utf8) + [0]) }
    if !hasNode("/psci") { try addNode("psci", to: "/") }
    try set("compatible", of: "/psci", to: Array("arm,psci".utf8) + [0])
    try set("method", of: "/psci", to: Array("smc".utf8) + [0])
    // ARM_PSCI_FN(n) of arch/arm/include/asm/psci.h
    for (name, number) in [
      ("cpu_suspend", 0x95C1_BA5E), ("cpu_off", 0x95C1_BA5F), ("cpu_on", 0x95C1_BA60),
      ("migrate", 0x95C1_BA61),
    ] as [(String, UInt32)] {
      try set(name, of: "/psci", to: Self.number(UInt64(number), isWide: false))
    }
  }

  private func cells(_ name: String, usual: UInt32) -> UInt32 {
    value(of: name, in: "/").flatMap { $0.bigEndianUInt32(at: 0) } ?? usual
  }

  private static func number(_ value: UInt64, isWide: Bool) -> [UInt8] {
    var bytes: [UInt8] = []
    if isWide {
      bytes.append(bigEndian: value)
    } else {
      bytes.append(bigEndian: UInt32(truncatingIfNeeded: value))
    }
    return bytes
  }
}
