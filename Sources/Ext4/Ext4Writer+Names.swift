extension Ext4Writer {
  /// Adds a folder, link, device, FIFO or socket.
  ///
  /// A folder that is there already takes the attributes given.
  public mutating func add(
    _ special: Ext4Special, at path: [UInt8], _ attributes: Ext4Attributes
  ) throws(Ext4Error) {
    try closeFile()
    if case .folder = special, let number = try lookUp(path) {
      guard inodes[number].isFolder else { throw .twice(path) }
      try setAttributes(number, attributes, type: InodeType.folder, path: path)
      return
    }
    switch special {
    case .symbolicLink(let target):
      guard (1...4095).contains(target.count), !target.contains(0) else {
        throw .target(path, length: target.count)
      }
      let number = try create(path, type: special.type, attributes)
      try setTarget(number, target)
    case .characterDevice(let major, let minor), .blockDevice(let major, let minor):
      guard major < 1 << 12, minor < 1 << 20 else {
        throw .device(path, major: major, minor: minor)
      }
      let number = try create(path, type: special.type, attributes)
      // The old form where it can say it. Source: Linux `include/linux/kdev_t.h`.
      if major < 256, minor < 256 {
        inodes[number].root[0] = major << 8 | minor
      } else {
        inodes[number].root[1] = minor & 0xFF | major << 8 | (minor & ~0xFF) << 12
      }
    case .folder, .fifo, .socket: _ = try create(path, type: special.type, attributes)
    }
  }

  /// Gives a file one more name.
  public mutating func addLink(_ path: [UInt8], to existing: [UInt8]) throws(Ext4Error) {
    try closeFile()
    guard let number = try lookUp(existing) else { throw .missing(existing, wantedBy: path) }
    guard !inodes[number].isFolder else { throw .linkToFolder(existing) }
    guard inodes[number].links < Self.mostLinks else { throw .tooManyLinks(existing) }
    let place = try place(of: path)
    guard table.inode(path.span.bytes.extracting(place.name), in: place.folder) == nil else {
      throw .twice(path)
    }
    table.set(path.span.bytes.extracting(place.name), in: place.folder, inode: number)
    inodes[number].links += 1
  }

  /// Whether the path is there, and whether it is a folder; nil where it is not.
  public func isFolder(_ path: [UInt8]) throws(Ext4Error) -> Bool? {
    try lookUp(path).map { inodes[$0].isFolder }
  }

  /// The size in bytes of what is there; nil where nothing is.
  public func size(of path: [UInt8]) throws(Ext4Error) -> UInt64? {
    try lookUp(path).map { inodes[$0].size }
  }

  /// A new file of no size, its name in its folder.
  mutating func create(
    _ path: [UInt8], type: UInt16, _ attributes: Ext4Attributes
  ) throws(Ext4Error) -> UInt32 {
    let place = try place(of: path)
    let name = path.span.bytes.extracting(place.name)
    guard table.inode(name, in: place.folder) == nil else { throw .twice(path) }
    return try create(name, in: place.folder, type: type, attributes, path: path)
  }

  private mutating func create(
    _ name: RawSpan, in folder: UInt32, type: UInt16, _ attributes: Ext4Attributes, path: [UInt8]
  ) throws(Ext4Error) -> UInt32 {
    let number: UInt32
    if let free = freeInodes.popLast() {
      number = free
    } else {
      guard let next = UInt32(exactly: inodes.count + 1) else {
        throw .tooManyFiles(inodes.count + 1, limit: Int(UInt32.max))
      }
      number = next
      inodes.append(InodeRecord())
    }
    // Attributes first: they may be refused, and then nothing points at the inode.
    do { try setAttributes(number, attributes, type: type, path: path) } catch {
      inodes[number] = InodeRecord()
      freeInodes.append(number)
      throw error
    }
    inodes[number].links = 1
    if type == InodeType.folder {
      inodes[number].links = 2
      inodes[number].parent = folder
      inodes[folder].links += 1
    }
    table.set(name, in: folder, inode: number)
    return number
  }

  mutating func setAttributes(
    _ number: UInt32, _ attributes: Ext4Attributes, type: UInt16, path: [UInt8]
  ) throws(Ext4Error) {
    let storage = try AttributeStorage(attributes.extended, of: path)
    try inodes[number].setTimes(attributes.times, of: path)
    inodes[number].mode = type | attributes.permissions & 0o7777
    inodes[number].owner = attributes.owner
    inodes[number].group = attributes.group
    if inodes[number].attributeBlock != 0 {
      let old = Int(inodes[number].attributeBlock)
      cursor.giveBack(old..<(old + 1))
      inodes[number].attributeBlock = 0
      inodes[number].blocks -= 1
    }
    inodes[number].attributePiece = 0
    if !storage.inInode.isEmpty {
      inodes[number].attributePiece = UInt32(attributePieces.count)
      attributePieces.append(storage.inInode)
    }
    if !storage.inBlock.isEmpty {
      let block = cursor.take(upTo: 1).lowerBound
      inodes[number].attributeBlock = UInt32(clamping: block)
      inodes[number].blocks += 1
      try put(
        AttributeStorage.sealed(storage.inBlock, number: UInt32(clamping: block), seed: seed),
        block: block)
    }
  }

  private mutating func setTarget(_ number: UInt32, _ target: [UInt8]) throws(Ext4Error) {
    inodes[number].size = UInt64(target.count)
    // Where the target and a zero byte fit the inode, they stand there.
    if target.count < 60 {
      for (index, byte) in target.enumerated() {
        inodes[number].root[index / 4] |= UInt32(byte) << UInt32(8 * (index % 4))
      }
      return
    }
    let run = cursor.take(upTo: 1)
    var list = ExtentList()
    list.append(logical: 0, run: run)
    try setExtents(number, list)
    try put(target, block: run.lowerBound)
  }

  /// The folder and the name of a path; folders that are missing are made.
  mutating func place(
    of path: [UInt8]
  ) throws(Ext4Error) -> (folder: UInt32, name: Range<Int>) {
    let names = try PathNames(path)
    guard let last = names.ranges.last else { throw .path(path, fault: .root) }
    let parent = path[..<last.lowerBound]
    if !lastFolder.path.isEmpty, lastFolder.path[...] == parent { return (lastFolder.inode, last) }
    var folder = Self.rootFolder
    for range in names.ranges.dropLast() {
      let name = path.span.bytes.extracting(range)
      if let next = table.inode(name, in: folder) {
        guard inodes[next].isFolder else { throw .fileAsFolder(Array(path[..<range.upperBound])) }
        folder = next
      } else {
        let attributes = Ext4Attributes(
          permissions: 0o755, times: Ext4Times(modified: options.time))
        folder = try create(
          name, in: folder, type: InodeType.folder, attributes, path: path)
      }
    }
    lastFolder = (Array(parent), folder)
    return (folder, last)
  }

  func lookUp(_ path: [UInt8]) throws(Ext4Error) -> UInt32? {
    var number = Self.rootFolder
    for range in try PathNames(path).ranges {
      guard inodes[number].isFolder,
        let next = table.inode(path.span.bytes.extracting(range), in: number)
      else { return nil }
      number = next
    }
    return number
  }
}

/// The names in a path, between slashes; empty ones and `.` say nothing.
private struct PathNames {
  private(set) var ranges: [Range<Int>] = []

  init(_ path: [UInt8]) throws(Ext4Error) {
    var start = 0
    for index in 0...path.count where index == path.count || path[index] == UInt8(ascii: "/") {
      let name = path[start..<index]
      if name.elementsEqual("..".utf8) { throw .path(path, fault: .parent) }
      if name.contains(0) { throw .path(path, fault: .zeroByte) }
      if name.count > 255 { throw .path(path, fault: .tooLong(bytes: name.count)) }
      if !name.isEmpty, !name.elementsEqual(".".utf8) { ranges.append(start..<index) }
      start = index + 1
    }
  }
}
