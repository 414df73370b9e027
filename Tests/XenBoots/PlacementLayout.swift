public import BootImages
public import Measures
public import MemoryPlanner

/// A line of `Tests/xen-placement/layouts.tsv`, whose head says what stands where.
public struct PlacementLayout: Sendable {
  public let name: String
  public let banks: [AddressRange]
  public let xen: Address
  public let tree: Address
  public let kernel: Address
  public let initrd: Address
  public let more: [String]
  /// Sizes of dom0's memory that are booted, in MiB.
  public let sizes: [UInt64]

  /// A line that cannot be read.
  public struct Unreadable: Error, CustomStringConvertible {
    public let description: String
  }

  /// All layouts, by name.
  public static func all(in text: String) throws -> [String: PlacementLayout] {
    let lines = text.split(separator: "\n").filter { !$0.hasPrefix("#") }
    return Dictionary(
      uniqueKeysWithValues: try lines.map { line in
        let layout = try PlacementLayout(line)
        return (layout.name, layout)
      })
  }

  private init(_ line: Substring) throws {
    let words = line.split(separator: " ")
    guard words.count > 7 else { throw Unreadable(description: "too short: \(line)") }
    name = String(words[0])
    banks = try words[1].split(separator: ",").map { try Self.range($0) }
    xen = try Self.address(words[2])
    tree = try Self.address(words[3])
    kernel = try Self.address(words[4])
    initrd = try Self.address(words[5].split(separator: "+")[0])
    more = words[6] == "-" ? [] : words[6].split(separator: ",").map(String.init)
    sizes = words[7...].compactMap { UInt64($0.filter(\.isNumber)) }
  }

  var isPacked: Bool { more.contains("gzip") }

  /// What lies in memory when Xen is entered.
  public func setup(_ files: PlacementBoot.Files, version: XenVersion) throws -> XenSetup {
    XenSetup(
      version: version, banks: banks, xen: try Self.range(xen, files.xen),
      tree: try Self.range(tree, files.tree),
      modules: try [Self.range(kernel, files.kernel), Self.range(initrd, files.initrd)]
        + ranges("module"),
      reserved: try ranges("reserve") + ranges("kept"))
  }

  /// - Parameter zImage: the kernel's length, not packed.
  public func request(
    _ memory: ByteCount, _ files: PlacementBoot.Files, zImage: ByteCount
  ) throws -> Dom0Request {
    let packed = Dom0Request.Kernel.Packed(
      module: try Self.range(kernel, files.kernel), unpacked: zImage)
    return Dom0Request(
      memory: memory,
      kernel: Dom0Request.Kernel(length: zImage, packed: isPacked ? packed : nil),
      initrd: files.initrd, tree: files.tree,
      clears: !more.contains("bootscrub=0") && !more.contains("maxcpus=1"))
  }

  /// What `kind@START+MIB` says, or 4 KiB where no size stands there.
  private func ranges(_ kind: String) throws -> [AddressRange] {
    try more.filter { $0.hasPrefix(kind + "@") }.map { word in
      let range = word.dropFirst(kind.count + 1)
      return range.contains("+")
        ? try Self.range(range) : try Self.range(try Self.address(range), 4096)
    }
  }

  /// `40000000+1024`, the size in MiB.
  private static func range(_ text: Substring) throws -> AddressRange {
    let parts = text.split(separator: "+")
    guard parts.count == 2, let size = UInt64(parts[1]) else {
      throw Unreadable(description: "no range: \(text)")
    }
    return try range(try address(parts[0]), .mebibytes(size))
  }

  private static func range(_ start: Address, _ size: ByteCount) throws -> AddressRange {
    guard let range = AddressRange(start: start, size: size) else {
      throw Unreadable(description: "no range: \(start) and \(size)")
    }
    return range
  }

  private static func address(_ text: Substring) throws -> Address {
    guard let address = Address(hexadecimal: text) else {
      throw Unreadable(description: "no address: \(text)")
    }
    return address
  }
}
