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

  /// Where U-Boot may put its copy of the tree: the SoC's own window, or all of the RAM.
  func bootWindow(on soc: SoC) throws -> AddressRange {
    let memory = try smallestMemory(on: soc)
    guard let window = soc.bootm?.window else { return memory }
    let end = min(window.end, memory.end)
    guard let range = AddressRange(start: window.start, end: end) else {
      throw BuildError.noMemory(board: name)
    }
    return range
  }
}
