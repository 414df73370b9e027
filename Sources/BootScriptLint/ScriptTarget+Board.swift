public import Boards
import Measures

extension ScriptTarget {
  /// What is known of a board and its chip.
  ///
  /// - Parameter board: nil where only the chip is known.
  public init(soc: SoC, board: Board?) {
    self.init()
    hasHYP = soc.processor.hyp
    is32Bit = soc.processor.architecture == .arm32
    treePrefix = soc.identity.treePrefix
    reserved = soc.reserved.map(\.range)
    bootWindow = soc.bootm?.window
    scriptAddress = soc.ubootLoad?.script
    if let board {
      let size = min(board.memory.variants.first ?? soc.dram.window.size, soc.dram.window.size)
      if let bank = AddressRange(start: soc.dram.base, size: size) {
        banks = [bank] + board.memory.further
        own = Self.own(of: soc, in: bank)
      }
      if case .kernel(let file) = board.tree.origin { treeFile = file }
    } else {
      banks = [soc.dram.window]
    }
    // Only the builds for chips with U-Boot's own load addresses were looked into.
    guard let load = soc.ubootLoad else { return }
    commands = UBootNames.commands
    var environment = UBootNames.environment
    environment["kernel_addr_r"] = load.kernel.description
    environment["loadaddr"] = load.kernel.description
    environment["fdt_addr_r"] = load.tree.description
    environment["scriptaddr"] = load.script.description
    environment["ramdisk_addr_r"] = load.initrd.description
    environment["fdtfile"] = treeFile ?? ""
    if let bootWindow {
      environment["bootm_size"] = "0x" + String(bootWindow.size.rawValue, radix: 16)
    }
    self.environment = environment
  }

  /// The same for the U-Boot of 2013, which reads `uEnv.txt` by itself. Its commands were not listed.
  public mutating func makeLegacy() {
    bootloader = .legacy
    commands = nil
    lineSize = 256
    environment = UBootNames.legacyEnvironment
    if let low = bootWindow?.start { bootWindow = AddressRange(start: low, size: .mebibytes(256)) }
  }

  /// What U-Boot takes at the top of the bank.
  private static func own(of soc: SoC, in bank: AddressRange) -> [AddressRange] {
    var own: [AddressRange] = []
    if bank.size > soc.bootloader.reserve,
      let top = AddressRange(
        start: Address(bank.end.rawValue - soc.bootloader.reserve.rawValue), end: bank.end)
    {
      own.append(top)
    }
    return own
  }
}
