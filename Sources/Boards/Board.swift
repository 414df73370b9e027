public import Diagnostics
public import Measures

/// One board, from one file of `Boards`.
///
/// Values stand in sections, and each section says where its values come from.
public struct Board: Sendable, Hashable {
  /// How much is known about the board under ctboot.
  public enum Status: String, Sendable, Hashable, CaseIterable {
    /// The values are read from sources; nothing was booted.
    case untested
    /// Boots in an emulator.
    case emulated
    /// Boots on the board itself.
    case boots
  }

  /// The file's stem: `cubietruck`.
  public let name: String
  /// The SoC file's stem: `a20`.
  public let soc: String
  public let status: Status
  public let identity: Identity
  public let memory: Memory
  public let console: Console
  public let tree: Tree
  /// Nil where no package is known to hold one.
  public let bootloader: Bootloader?
  public let dom0: Dom0
  /// Linux's drivers that the board needs besides those of its SoC.
  public let drivers: Drivers?
  /// How the board is emulated; nil where nobody knows a way.
  public let emulation: EmulationChoice?
  /// The file, as it was named when it was read.
  public let file: String
  let places: Places

  /// Where values stand that only other files can prove wrong.
  struct Places: Sendable, Hashable {
    var soc: SourceSpan
    var compatible: SourceSpan
    var memory: SourceSpan
    var emulation: SourceSpan?
  }
}

extension Board {
  public struct Identity: Sendable, Hashable {
    /// The tree's `model`.
    public let model: String
    /// The tree's root `compatible`, most special first.
    public let compatible: [String]
    public let source: String
  }

  public struct Memory: Sendable, Hashable {
    /// The sizes that the board is sold with, ascending, never empty.
    public let variants: [ByteCount]
    /// RAM that lies elsewhere, where nothing is loaded to.
    public let further: [AddressRange]
    public let source: String
  }

  /// A serial line as Linux names it: `ttyS0,115200`.
  public struct SerialLine: Sendable, Hashable, CustomStringConvertible {
    public let device: String
    public let baud: Int

    public var description: String { "\(device),\(baud)" }
  }

  public struct Console: Sendable, Hashable {
    public let bootloader: SerialLine
    public let linux: SerialLine
    /// Xen's `dtuart=`: an alias or a path of the tree.
    public let xenUART: String
    public let source: String
  }

  /// Where the device tree comes from.
  public struct Tree: Sendable, Hashable {
    public enum Origin: Sendable, Hashable {
      /// A file of the kernel's package: `sun7i-a20-cubietruck.dtb`.
      case kernel(file: String)
      /// The machine hands it over when it starts, as QEMU's `virt` does.
      case machine
    }

    public let origin: Origin
    public let source: String
  }

  /// Which bootloader of which package serves.
  public struct Bootloader: Sendable, Hashable {
    /// The Debian package.
    public let package: String
    /// The file in it, without a leading `/`.
    public let member: String
    public let source: String
  }

  /// What dom0 gets unless a project says otherwise.
  public struct Dom0: Sendable, Hashable {
    public let memory: ByteCount
    /// Further words for dom0's command line.
    public let arguments: [String]
    public let source: String
  }

  public struct EmulationChoice: Sendable, Hashable {
    public enum Way: Sendable, Hashable {
      /// QEMU has no such board; the one of this name boots in its place.
      case sister(String)
      case machine(Emulation)
    }

    public let way: Way
    public let source: String
  }

  /// Where the board's memory stands in its file.
  public var memorySpan: SourceSpan { places.memory }

  /// Every section with where its values come from, in the file's order.
  public var sources: [SourceNote] {
    [
      SourceNote(section: "identity", source: identity.source),
      SourceNote(section: "memory", source: memory.source),
      SourceNote(section: "console", source: console.source),
      SourceNote(section: "tree", source: tree.source),
    ] + (bootloader.map { [SourceNote(section: "bootloader", source: $0.source)] } ?? [])
      + [SourceNote(section: "dom0", source: dom0.source)]
      + (drivers.map { [SourceNote(section: "drivers", source: $0.source)] } ?? [])
      + (emulation.map { [SourceNote(section: "emulation", source: $0.source)] } ?? [])
  }
}
