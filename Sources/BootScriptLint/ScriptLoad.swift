import BootImages
import Bytes
import DeviceTree

/// A command that puts a file into memory.
struct ScriptLoad: Sendable {
  static let fromDisk: Set<String> = ["load", "fatload", "ext2load", "ext4load"]
  static let fromNetwork: Set<String> = ["tftpboot", "tftp", "nfs", "wget"]
  static let commands = fromDisk.union(fromNetwork).union([
    "dhcp", "bootp", "ubifsload", "sqfsload", "loadb", "loadx", "loady",
  ])

  /// The number of its command.
  let command: Int
  /// `mmc`; nil for the network, and where it is not known.
  let interface: String?
  let device: ScriptWord?
  let addressWord: ScriptWord?
  let path: ScriptWord?
  /// What is known of the file on the card; nil where there is no card, or no such file.
  let file: LoadedScriptFile?
  /// The volume that the file is to be on.
  let volume: ScriptVolume?

  var address: UInt64? { addressWord?.value.hexadecimal }

  /// The last part of the path, as far as it is written.
  var baseName: String { path?.text?.split(separator: "/").last.map(String.init) ?? "" }

  init?(_ command: ScriptCommand, number: Int, image: ScriptImage?, cache: inout ScriptFileCache) {
    let words = command.words
    self.command = number
    if Self.fromDisk.contains(command.name) {
      interface = words.count > 1 ? words[1].text : nil
      device = words.count > 2 ? words[2] : nil
      addressWord = words.count > 3 ? words[3] : nil
      path = words.count > 4 ? words[4] : nil
      volume = image?.volume(interface: interface, device: device?.text)
    } else if Self.fromNetwork.contains(command.name) {
      interface = nil
      device = nil
      let isAddress = words.count > 2 || (words.count > 1 && words[1].value.hexadecimal != nil)
      addressWord = isAddress ? words[1] : nil
      path = words.count > 2 ? words[2] : words.count == 2 && !isAddress ? words[1] : nil
      volume = nil
    } else {
      return nil
    }
    file =
      if let volume, let text = path?.text { cache.file(text, on: volume) } else { nil }
  }
}

extension ScriptImage {
  /// The volume that `load` means by its first two words; nil where that is not known.
  func volume(interface: String?, device text: String?) -> ScriptVolume? {
    guard interface == self.interface, let text else { return nil }
    let parts = text.split(separator: ":", omittingEmptySubsequences: false)
    guard let first = parts.first, UInt64(uBoot: first) == UInt64(device) else { return nil }
    // Without a number it is the whole disk, or the first partition.
    let number = parts.count > 1 ? UInt64(uBoot: parts[1]) : hasTable ? 1 : 0
    return number.flatMap { Int(exactly: $0) }.flatMap { volume($0) }
  }
}

/// A file of the card, and what rules read of it.
struct LoadedScriptFile: Sendable {
  let size: UInt64
  let kind: ImageKind
  /// What it takes in memory when it runs; the file's size where that says no more.
  let memorySize: UInt64
  /// How much memory a kernel takes when it has unpacked itself, with its variables; nil where it does not say.
  let unpackedSize: UInt64?
  let tree: FlatTree?
}

/// The files that were looked at. Each is read once.
struct ScriptFileCache {
  private var files: [String: LoadedScriptFile?] = [:]

  mutating func file(_ path: String, on volume: ScriptVolume) -> LoadedScriptFile? {
    guard let stored = volume.stored(path), let size = volume.size(path) else { return nil }
    let key = "\(volume.number):\(stored)"
    if let known = files[key] { return known }
    // Whoever names a thousand files does not have each of them read.
    guard files.count < 256 else { return nil }
    let file = LoadedScriptFile(volume.bytes(path), size: size)
    files[key] = file
    return file
  }
}

extension LoadedScriptFile {
  init(_ bytes: [UInt8], size: UInt64) {
    self.size = size
    kind = ImageKind.recognise(bytes.span.bytes)
    var memory = size
    var unpacked: UInt64?
    switch kind {
    case .zImage, .xen:
      // The claim of Linux's header is the file's length, Xen's covers its variables too.
      if let start = try? bytes.span.bytes.littleEndianUInt32(at: 0x28),
        let end = try? bytes.span.bytes.littleEndianUInt32(at: 0x2C), end > start
      {
        memory = max(size, UInt64(end) - UInt64(start))
      }
      unpacked = Self.unpacked(bytes)
    case .arm64Image, .arm64Xen:
      if let low = try? bytes.span.bytes.littleEndianUInt32(at: 16) {
        memory = max(size, UInt64(low))
      }
    default: break
    }
    memorySize = memory
    unpackedSize = unpacked
    tree = kind == .deviceTree ? FlatTree.scanning(bytes).tree : nil
  }

  /// From the table that zImages have since Linux 4.15 (`arch/arm/boot/compressed/head.S`): where the
  /// kernel's unpacked size stands, and how much its variables take.
  ///
  /// ```
  /// 0x30  0x04030201   0x34  0x45454545   0x38  offset of the table
  /// table: count of words, 0x5a534c4b, offset of the size, bytes of BSS
  /// ```
  private static func unpacked(_ bytes: [UInt8]) -> UInt64? {
    let bytes = bytes.span.bytes
    guard (try? bytes.littleEndianUInt32(at: 0x30)) == 0x0403_0201,
      (try? bytes.littleEndianUInt32(at: 0x34)) == 0x4545_4545,
      let table = try? bytes.littleEndianUInt32(at: 0x38),
      (try? bytes.littleEndianUInt32(at: Int(table) + 4)) == 0x5A53_4C4B,
      let place = try? bytes.littleEndianUInt32(at: Int(table) + 8),
      let variables = try? bytes.littleEndianUInt32(at: Int(table) + 12),
      let size = try? bytes.littleEndianUInt32(at: Int(place))
    else { return nil }
    return UInt64(size) + UInt64(variables)
  }
}
