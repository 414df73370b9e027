import CLibFDT

/// libfdt's ways to look things up, as U-Boot and `fdt_overlay_apply` use them: a step of a path
/// without unit address means the first child of that name, whatever its address.
///
/// For trees that our own reader has accepted, and offsets that came from here. Names and values
/// are copied out.
struct FlatView {
  private let buffer: UnsafeRawBufferPointer

  init(_ buffer: UnsafeRawBufferPointer) { self.buffer = buffer }

  /// Nil only where there is no blob at all.
  var pointer: UnsafeRawPointer? { buffer.baseAddress }

  /// The node at an absolute path; negative where there is none. An alias is never followed here:
  /// libfdt 1.6.1 runs for ever where one names itself.
  func node(at path: some Collection<UInt8>) -> Int32 {
    guard path.first == UInt8(ascii: "/"), path.count <= Int32.max else {
      return -LibFDTCode.badPath.rawValue
    }
    return path.withCharacters { fdt_path_offset_namelen(pointer, $0, Int32($1)) }
  }

  func child(_ name: some Collection<UInt8>, of node: Int32) -> Int32 {
    name.withCharacters { fdt_subnode_offset_namelen(pointer, node, $0, Int32($1)) }
  }

  /// The node's children, in file order.
  func children(of node: Int32) -> [Int32] {
    var found: [Int32] = []
    var child = fdt_first_subnode(pointer, node)
    while child >= 0 {
      found.append(child)
      child = fdt_next_subnode(pointer, child)
    }
    return found
  }

  func name(of node: Int32) -> [UInt8] {
    var length: Int32 = 0
    return bytes(fdt_get_name(pointer, node, &length), length)
  }

  /// The node's properties, in file order.
  func properties(of node: Int32) -> [(name: [UInt8], value: [UInt8])] {
    var found: [(name: [UInt8], value: [UInt8])] = []
    var property = fdt_first_property_offset(pointer, node)
    while property >= 0 {
      var name: UnsafePointer<CChar>?
      var (length, nameLength): (Int32, Int32) = (0, 0)
      let value = fdt_getprop_by_offset(pointer, property, &name, &length)
      if let value, let name {
        while name[Int(nameLength)] != 0 { nameLength += 1 }
        found.append((bytes(name, nameLength), bytes(value, length)))
      }
      property = fdt_next_property_offset(pointer, property)
    }
    return found
  }

  func value(_ name: some Collection<UInt8>, of node: Int32) -> [UInt8]? {
    var length: Int32 = 0
    let value = name.withCharacters {
      fdt_getprop_namelen(pointer, node, $0, Int32($1), &length)
    }
    return value.map { bytes($0, length) }
  }

  /// How many bytes the value has, without a copy of it.
  func length(_ name: some Collection<UInt8>, of node: Int32) -> Int? {
    var length: Int32 = 0
    let value = name.withCharacters {
      fdt_getprop_namelen(pointer, node, $0, Int32($1), &length)
    }
    return value == nil ? nil : Int(length)
  }

  /// The number of the reservation that begins there.
  func reservation(at address: UInt64) -> Int32? {
    let count = fdt_num_mem_rsv(pointer)
    guard count > 0 else { return nil }
    for number in 0..<count {
      var (start, size): (UInt64, UInt64) = (0, 0)
      if fdt_get_mem_rsv(pointer, number, &start, &size) == 0, start == address { return number }
    }
    return nil
  }

  private func bytes(_ start: UnsafeRawPointer?, _ count: Int32) -> [UInt8] {
    guard let start, count > 0 else { return [] }
    return Array(UnsafeRawBufferPointer(start: start, count: Int(count)))
  }
}

extension Collection<UInt8> {
  /// The bytes as C sees text, with a zero byte behind them that the count leaves out.
  fileprivate func withCharacters<R>(_ body: (UnsafePointer<CChar>?, Int) -> R) -> R {
    let characters = map(CChar.init(bitPattern:)) + [0]
    return characters.withUnsafeBufferPointer { body($0.baseAddress, $0.count - 1) }
  }
}
