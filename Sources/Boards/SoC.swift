public import Diagnostics
public import Measures

/// What is true of every board with this chip, from one file of `Boards/soc`.
///
/// Values stand in sections, and each section says where its values come from.
public struct SoC: Sendable, Hashable {
  /// The file's stem: `a20`.
  public let name: String
  /// As people call it: `Allwinner A20 (sun7i)`.
  public let title: String
  public let identity: Identity
  public let processor: Processor
  public let dram: DRAM
  /// Where the boot ROM looks for its first code; nil where there is no such ROM.
  public let spl: SPL?
  public let bootloader: Bootloader
  public let load: LoadAddresses
  /// Where `bootm` and `bootz` may place tree and initrd; nil where all of RAM serves.
  public let bootm: BootmWindow?
  public let gic: GIC
  public let timer: Timer
  public let sram: [SRAM]
  public let reserved: [Reserved]
  /// Where old versions of Xen put dom0's grant table.
  public let grantTables: [GrantTable]
  /// Blocks of registers and their interrupts, as far as somebody has listed them.
  public let blocks: [Block]
  public let blockGroups: [BlockGroup]
  public let uart: UART?
  /// Where the secure monitor that U-Boot leaves behind lies; nil where that is not known.
  public let psci: PSCI?
  /// Where the vendor's bootloader leaves its description of the board; nil where it has none.
  public let scriptBin: ScriptBin?
  /// Where U-Boot's own scripts load to; nil where that is not known.
  public let ubootLoad: UBootLoad?
  /// Where the U-Boot of its vendor's days loads to; nil where there was none.
  public let legacyLoad: LegacyLoad?
  /// Linux's drivers for what is on the chip; nil where nobody has looked.
  public let drivers: Drivers?
  /// What Xen does on this chip only; nil where nobody has looked.
  public let xen: XenPlatform?
  /// The file, as it was named when it was read.
  public let file: String
}

extension SoC {
  /// How device trees name the chip.
  public struct Identity: Sendable, Hashable {
    /// The SoC's entry in a tree's root `compatible`: `allwinner,sun7i-a20`.
    public let treeCompatible: String
    /// How the names of its boards' tree files begin: `sun7i-a20-`.
    public let treePrefix: String?
    public let source: String
  }

  public enum Architecture: String, Sendable, Hashable, CaseIterable {
    /// ARMv7-A: zImage, Xen's arm32 head.
    case arm32
    /// ARMv8-A: Image, Xen's arm64 head. Trees are judged; nothing is built for it.
    case arm64
  }

  public struct Processor: Sendable, Hashable {
    public let architecture: Architecture
    public let cores: Int
    /// It has the virtualization extensions, and the bootloader enters HYP mode.
    public let hyp: Bool
    public let source: String
  }

  public struct DRAM: Sendable, Hashable {
    /// All addresses that DRAM can have; a board fills its lower part.
    public let window: AddressRange
    public let source: String
    /// Where it stands in the file.
    public let span: SourceSpan

    public var base: Address { window.start }
  }

  /// Where the boot ROM finds the SPL on a card.
  public struct SPL: Sendable, Hashable {
    /// Bytes from the start of the card.
    public let offset: ByteCount
    /// The largest SPL that fits the SRAM it runs in.
    public let limit: ByteCount
    public let source: String
  }

  /// Where the bootloader itself lies.
  public struct Bootloader: Sendable, Hashable {
    /// Where it starts; nil where it starts from flash, outside DRAM.
    public let text: Address?
    /// How much it takes at the top of RAM once it has moved there: code, heap, stack, frame buffer.
    public let reserve: ByteCount
    public let source: String
    /// Where it stands in the file.
    public let span: SourceSpan
  }

  /// Where ctboot loads things unless told otherwise.
  public struct LoadAddresses: Sendable, Hashable {
    public let xen: Address
    public let tree: Address
    public let script: Address
    public let kernel: Address
    public let initrd: Address
    public let source: String
    /// Where each stands, by its key.
    public let spans: [String: SourceSpan]

    /// All of them with their keys.
    public var all: [(name: String, address: Address)] {
      [("xen", xen), ("tree", tree), ("script", script), ("kernel", kernel), ("initrd", initrd)]
    }
  }

  /// U-Boot's `bootm_low` and `bootm_size`.
  public struct BootmWindow: Sendable, Hashable {
    public let window: AddressRange
    public let source: String
    /// Where it stands in the file.
    public let span: SourceSpan
  }

  /// A GICv2 with virtualization extensions. Interrupt numbers are PPIs, as a tree's second cell has
  /// them (0...15).
  public struct GIC: Sendable, Hashable {
    public let distributor: AddressRange
    public let cpu: AddressRange
    public let hypervisor: AddressRange
    public let virtual: AddressRange
    public let maintenance: Int
    /// How many interrupts it has in all, the 32 of each processor among them; nil where that is not
    /// known.
    public let lines: Int?
    public let source: String
  }

  /// The generic timer's PPIs, as a tree's second cell has them (0...15).
  public struct Timer: Sendable, Hashable {
    public let secure: Int
    public let physical: Int
    public let virtual: Int
    public let hypervisor: Int
    /// What the counter counts in, in Hz; nil where that is not known.
    public let frequency: Int?
    public let source: String
  }

  public struct SRAM: Sendable, Hashable {
    public let name: String
    public let range: AddressRange
    public let source: String
    /// Where it stands in the file.
    public let span: SourceSpan
  }

  /// Memory that somebody else uses.
  public struct Reserved: Sendable, Hashable {
    public let range: AddressRange
    public let why: String
    public let source: String
    /// Where it stands in the file.
    public let span: SourceSpan
  }

  /// Where a version of Xen puts dom0's grant table on this chip. Xen 4.6 and newer choose a place
  /// themselves.
  public struct GrantTable: Sendable, Hashable {
    /// Major and minor: `4.4`.
    public let xen: String
    public let range: AddressRange
    public let source: String
    /// Where it stands in the file.
    public let span: SourceSpan
  }
}
