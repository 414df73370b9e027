import Boards
import Measures

extension Board {
  /// The machine that emulates this very board.
  var machine: Emulation? {
    if case .machine(let emulation) = emulation?.way { emulation } else { nil }
  }

  /// The RAM that every variant of the board has.
  func smallestMemory(on soc: SoC) throws -> AddressRange {
    guard let size = memory.variants.min(),
      let range = AddressRange(start: soc.dram.base, size: size)
    else { throw BuildError.noMemory(board: name) }
    return range
  }

  /// Where U-Boot may put its copy of the tree: the SoC's own window or all of the RAM, less what
  /// U-Boot keeps for itself; empty where nothing is left of it.
  ///
  /// ```
  ///   | window             tree' |  ...  | U-Boot |      a window that ends before U-Boot
  ///   | window                       tree' | U-Boot |      one that does not
  /// ```
  func bootWindow(on soc: SoC) throws -> AddressRange {
    let memory = try smallestMemory(on: soc)
    let window = soc.bootm?.window ?? memory
    let start = max(window.start, memory.start)
    let end = min(window.end, try bootloaderReserve(on: soc).start)
    guard let range = AddressRange(start: start, end: max(start, end)) else {
      throw BuildError.noMemory(board: name)
    }
    return range
  }

  /// What U-Boot takes at the top of RAM once it has moved there.
  func bootloaderReserve(on soc: SoC) throws -> AddressRange {
    let memory = try smallestMemory(on: soc)
    let size = min(soc.bootloader.reserve.rawValue, memory.size.rawValue)
    guard
      let range = AddressRange(start: Address(memory.end.rawValue - size), end: memory.end)
    else { throw BuildError.noMemory(board: name) }
    return range
  }
}
