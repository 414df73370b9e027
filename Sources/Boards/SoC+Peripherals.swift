public import Diagnostics
public import Measures

/// What a linter of device trees knows beyond what is needed to boot. All of it may be absent.
extension SoC {
  /// How a line tells that it wants attention.
  public enum Trigger: String, Sendable, Hashable, CaseIterable {
    /// High for as long as it does.
    case level
    /// A rising edge.
    case edge
  }

  /// A block of registers.
  public struct Block: Sendable, Hashable {
    /// As the chip's manual calls it: `mmc0`.
    public let name: String
    public let range: AddressRange
    /// Its interrupts, as a tree's second cell has them; several where a block has several.
    public let spis: [Int]
    public let trigger: Trigger
    /// The block that people take it for.
    public let mistakenFor: String?
    /// Where it stands in the file.
    public let span: SourceSpan
  }

  /// Blocks that were found in the same place.
  public struct BlockGroup: Sendable, Hashable {
    /// The name of the group's first block.
    public let first: String
    public let source: String
  }

  /// What a tree has to say of the chip's serial ports.
  public struct UART: Sendable, Hashable {
    public let compatible: String
    /// By how many bits a register's number is shifted to make its offset.
    public let regShift: Int
    /// Bytes that one access has.
    public let regIOWidth: Int
    public let source: String
  }

  /// Memory of the secure world.
  public struct PSCI: Sendable, Hashable {
    public let range: AddressRange
    public let source: String
    /// Where it stands in the file.
    public let span: SourceSpan
  }

  /// Memory in which the vendor's bootloader hands over to the vendor's kernel.
  public struct ScriptBin: Sendable, Hashable {
    public let range: AddressRange
    public let source: String
  }

  /// The addresses of U-Boot's built-in environment.
  public struct UBootLoad: Sendable, Hashable {
    public let kernel: Address
    public let tree: Address
    public let script: Address
    public let initrd: Address
    public let source: String
    /// Where it stands in the file.
    public let span: SourceSpan
  }

  /// The addresses of the sunxi U-Boot of 2013 and 2014, and of the scripts written for it.
  public struct LegacyLoad: Sendable, Hashable {
    /// uEnv.txt.
    public let environment: Address
    /// A kernel that reads script.bin, and one that takes a tree.
    public let vendorKernel: Address
    public let kernel: Address
    public let tree: Address
    public let initrd: Address
    /// Where `bootm` puts a kernel and enters it.
    public let entry: Address
    public let source: String
    /// Where it stands in the file.
    public let span: SourceSpan
  }

  /// Xen's own code for the chip.
  public struct XenPlatform: Sendable, Hashable {
    /// Entries of `compatible` of the watchdogs that Xen resets the board by, best first.
    public let watchdogs: [String]
    public let source: String
  }

  /// The block that begins at this address.
  public func block(at address: Address) -> Block? {
    blocks.first { $0.range.start == address }
  }

  /// The block of this name.
  public func block(named name: String) -> Block? { blocks.first { $0.name == name } }
}
