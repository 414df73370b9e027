import Bytes

/// All names of a volume, by folder and bytes.
///
/// The names lie one behind the other in one array; a table of open addresses finds one in constant
/// time. Hashes are Swift's own and differ from run to run: nothing that is written depends on them.
struct NameTable {
  struct Entry {
    /// The inode of the folder that holds the name.
    let folder: UInt32
    /// The inode it stands for; 0 for a name that was removed.
    var inode: UInt32
    let name: Range<Int>
  }

  private(set) var entries: [Entry] = []
  private(set) var names: [UInt8] = []
  /// An entry's number plus 1; 0 for none. A power of two, at most half in use.
  private var slots = [UInt32](repeating: 0, count: 1024)

  /// The inode of a name; nil where the folder has none such.
  func inode(_ name: RawSpan, in folder: UInt32) -> UInt32? {
    guard let index = entry(name, in: folder), entries[index].inode != 0 else { return nil }
    return entries[index].inode
  }

  /// Gives a name an inode: a new one, or one that was removed before.
  mutating func set(_ name: RawSpan, in folder: UInt32, inode: UInt32) {
    if let index = entry(name, in: folder) {
      entries[index].inode = inode
      return
    }
    let start = names.count
    names.append(name)
    entries.append(Entry(folder: folder, inode: inode, name: start..<names.count))
    if entries.count * 2 > slots.count {
      grow()
    } else {
      let place = slot(name, in: folder)
      slots[place] = UInt32(entries.count)
    }
  }

  /// Removes a name, and answers what it stood for.
  mutating func remove(_ name: RawSpan, in folder: UInt32) -> UInt32? {
    guard let index = entry(name, in: folder), entries[index].inode != 0 else { return nil }
    return remove(index)
  }

  mutating func remove(_ index: Int) -> UInt32 {
    defer { entries[index].inode = 0 }
    return entries[index].inode
  }

  private func entry(_ name: RawSpan, in folder: UInt32) -> Int? {
    let number = slots[slot(name, in: folder)]
    return number == 0 ? nil : Int(number) - 1
  }

  /// Where the name is, or where it would be put.
  private func slot(_ name: RawSpan, in folder: UInt32) -> Int {
    var hasher = Hasher()
    hasher.combine(folder)
    name.withUnsafeBytes { hasher.combine(bytes: $0) }
    let mask = slots.count - 1
    var slot = hasher.finalize() & mask
    while slots[slot] != 0 {
      let entry = entries[Int(slots[slot]) - 1]
      if entry.folder == folder, isEqual(entry.name, name) { break }
      slot = (slot + 1) & mask
    }
    return slot
  }

  private func slot(of entry: Entry) -> Int {
    slot(names.span.bytes.extracting(entry.name), in: entry.folder)
  }

  private func isEqual(_ range: Range<Int>, _ name: RawSpan) -> Bool {
    guard range.count == name.byteCount else { return false }
    let own = names.span.bytes.extracting(range)
    return own.withUnsafeBytes { left in name.withUnsafeBytes { left.elementsEqual($0) } }
  }

  private mutating func grow() {
    slots = [UInt32](repeating: 0, count: slots.count * 4)
    for index in entries.indices {
      let place = slot(of: entries[index])
      slots[place] = UInt32(index + 1)
    }
  }
}
