import Boards
import Diagnostics
import Measures

extension Board {
  /// Xen's own heap is never smaller on 32-bit ARM (Xen 4.17, `xen/arch/arm/setup.c`,
  /// `setup_mm`).
  private static let hypervisorHeap = ByteCount.mebibytes(32)

  /// Checks that the board's largest variant can give dom0 so much memory. Which variant is meant
  /// cannot be known, so this refuses only what none can do.
  ///
  /// - Returns: a warning where the smallest variant cannot.
  func checkDom0(_ memory: ByteCount) throws -> Diagnostic? {
    guard let largest = self.memory.variants.max(), let smallest = self.memory.variants.min()
    else { throw BuildError.noMemory(board: name) }
    let heap = Self.hypervisorHeap
    guard memory <= Self.left(of: largest) else {
      throw BuildError.dom0TooLarge(memory, board: name, largest: largest, kept: heap)
    }
    guard memory > Self.left(of: smallest) else { return nil }
    return Diagnostic(
      .warning,
      "dom0 cannot have \(memory) of memory on the \(name) with \(smallest), its smallest variant",
      notes: ["Xen keeps at least \(heap) for itself"],
      help: "give it less with `dom0: memory:` in the project file, unless yours is a larger one")
  }

  /// What Xen leaves of a variant's RAM.
  private static func left(of size: ByteCount) -> ByteCount {
    ByteCount(size.rawValue - min(hypervisorHeap.rawValue, size.rawValue))
  }

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
