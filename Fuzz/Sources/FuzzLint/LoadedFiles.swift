import DeviceTree
import DeviceTreeLint
import Measures

/// Files that lie in memory beside the tree, made of parts of the input.
enum LoadedFiles {
  /// At most three, at the addresses that the tree gives its modules.
  static func parts(of bytes: [UInt8], _ kinds: Int, _ cut: Int) -> [LoadedFile] {
    let addresses = (FlatTree.scanning(bytes).tree.map(moduleAddresses) ?? []) + [0x4200_0000]
    return addresses.prefix(3).enumerated().map { number, address in
      let start = min(bytes.count, cut * (number + 1) * 4)
      let part = Array(bytes[start..<min(bytes.count, start + 256)])
      return LoadedFile(
        name: "file \(number)", address: Address(address),
        bytes: marked(part, kind: (kinds >> (2 * number)) & 7))
    }
  }

  /// The last address cell of each `reg` below `/chosen`, if its addresses have one or two.
  private static func moduleAddresses(_ tree: FlatTree) -> [UInt64] {
    guard let chosen = tree.child(.root, "chosen") else { return [] }
    let cells = min(2, max(1, Int(tree.onlyCell(chosen, .addressCells) ?? 1)))
    return tree.children(chosen).prefix(3).compactMap { module in
      tree.property(module, .reg).flatMap { tree.number($0, at: 0, cells: cells) }
    }
  }

  /// With the magic number of some kind, so that what reads that kind gets further.
  private static func marked(_ part: [UInt8], kind: Int) -> [UInt8] {
    var bytes = part + [UInt8](repeating: 0, count: max(0, 128 - part.count))
    func put(_ magic: [UInt8], at offset: Int) {
      bytes.replaceSubrange(offset..<offset + magic.count, with: magic)
    }
    switch kind {
    case 0: return part
    case 1: put([0x18, 0x28, 0x6F, 0x01], at: 0x24)
    case 2: put([0x1F, 0x8B], at: 0)
    case 3: put([0x27, 0x05, 0x19, 0x56], at: 0)
    case 4: put(Array("ARMd".utf8), at: 56)
    case 5:
      put([0x18, 0x28, 0x6F, 0x01], at: 0x24)
      put(Array("xen,xen-4.17\0xen,xen\0".utf8), at: 0x40)
    case 6: put([0xD0, 0x0D, 0xFE, 0xED], at: 0)
    default: put([0x7F, 0x45, 0x4C, 0x46], at: 0)
    }
    return bytes
  }
}
