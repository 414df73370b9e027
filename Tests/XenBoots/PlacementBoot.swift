public import Measures
public import MemoryPlanner

/// What one boot of `Tests/xen-placement/run` showed.
public struct PlacementBoot: Sendable {
  /// What was loaded: Xen with the memory that it clears, and the others as files.
  public struct Files: Sendable, Hashable {
    public let xen: ByteCount
    public let tree: ByteCount
    public let kernel: ByteCount
    public let initrd: ByteCount
  }

  public let layout: String
  public let memory: ByteCount
  public let files: Files
  /// `dom0`, or what Xen said as it gave up.
  public let end: String
  public let banks: [AddressRange]
  public let kernel: AddressRange?
  public let tree: AddressRange?
  public let initrd: AddressRange?

  public var reachesDom0: Bool { end == "dom0" }

  /// All boots, in the order of the file; its first line names the columns.
  public static func all(in text: String) throws -> [PlacementBoot] {
    try text.split(separator: "\n").dropFirst().map { try PlacementBoot($0) }
  }

  private init(_ line: Substring) throws {
    let words = line.split(separator: "\t")
    guard words.count == 12, let memory = UInt64(words[1]) else {
      throw PlacementLayout.Unreadable(description: "no boot: \(line)")
    }
    layout = String(words[0])
    self.memory = .mebibytes(memory)
    let sizes = words[3...6].compactMap { Address(hexadecimal: $0) }.map { ByteCount($0.rawValue) }
    files = Files(xen: sizes[0], tree: sizes[1], kernel: sizes[2], initrd: sizes[3])
    end = String(words[7])
    banks = words[8].split(separator: ",").compactMap(Self.range)
    kernel = Self.range(words[9])
    tree = Self.range(words[10])
    initrd = Self.range(words[11])
  }

  /// `57a00000+532200`, both hexadecimal; nil for anything else.
  private static func range(_ text: Substring) -> AddressRange? {
    let numbers = text.split(separator: "+").compactMap { Address(hexadecimal: $0) }
    guard numbers.count == 2 else { return nil }
    return AddressRange(start: numbers[0], size: ByteCount(numbers[1].rawValue))
  }

  /// In what the boot contradicts what was said of it; nil where it does not.
  public func contradicts(_ placement: Dom0Placement) -> String? {
    switch placement {
    case .determined(let layout): difference(from: layout)
    case .varies(let layouts):
      layouts.contains { difference(from: $0) == nil } ? nil : "none of the ways, but \(summary)"
    case .mayFail: nil
    case .cannotFit: reachesDom0 ? "it fits: \(summary)" : nil
    }
  }

  private func difference(from layout: Dom0Layout) -> String? {
    guard reachesDom0 else { return end }
    let isSame =
      banks == layout.banks && kernel == layout.kernel && tree?.start == layout.tree.start
      && initrd == layout.initrd
    return isSame ? nil : summary
  }

  public var summary: String {
    guard reachesDom0 else { return end }
    let places = [kernel, tree, initrd].map { $0?.start.digits ?? "-" }
    return Self.text(of: banks) + ", files at " + places.joined(separator: " ")
  }

  /// `50000000+512`, in MiB, for each.
  public static func text(of banks: [AddressRange]) -> String {
    banks.map { "\($0.start.digits)+\($0.size.rawValue >> 20)" }.joined(separator: " ")
  }
}

extension [PlacementBoot] {
  /// The kernel's own length, as the layouts have it that do not pack it.
  public func zImage(_ layouts: [String: PlacementLayout]) -> ByteCount? {
    first { layouts[$0.layout]?.isPacked == false }?.files.kernel
  }
}
