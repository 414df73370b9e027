import Ext4
import Files
import Measures
import SystemPackage

/// A root that is being put together on a volume, member by member.
struct RootAssembly: ~Copyable {
  var writer: Ext4Writer
  let policy: UnsafeMembers
  /// Whether content is read and written; else it is only given its place, for a forecast.
  let isReading: Bool
  /// The time of what nobody gave one.
  let time: Ext4Time
  var counts = RootCounts()
  var notes = RootNotes()
  /// What is being read; nil for single files.
  var source: FilePath?

  /// The targets of all symbolic links, by their paths.
  var links: [[UInt8]: [UInt8]] = [:]
  /// The folder of the member before, as it was asked for and where it is: members of one folder come
  /// together.
  var lastFolder: (asked: [UInt8], found: [UInt8])?
  /// Further names of empty files by the first ones, for archives in which the content comes with the
  /// last.
  var furtherNames: [[UInt8]: [[UInt8]]] = [:]
  /// Names that are to be given to the file that is being written, once its content is there.
  var waitingNames: (path: [UInt8], names: [[UInt8]])?

  init(
    _ writer: consuming Ext4Writer, policy: UnsafeMembers, isReading: Bool, time: Ext4Time
  ) {
    self.writer = writer
    self.policy = policy
    self.isReading = isReading
    self.time = time
  }

  /// Puts a member in its place. Content is written by `write`, until the next member is added.
  ///
  /// - Returns: whether the member can have content.
  mutating func add(_ member: RootMember) throws(RootError) -> Bool {
    if Task.isCancelled { throw .cancelled }
    guard counts.members < policy.mostMembers else {
      throw .tooManyMembers(source, limit: policy.mostMembers)
    }
    do throws(RootFault) {
      return try place(member)
    } catch {
      throw RootError(error, of: member.path, in: source)
    }
  }

  private mutating func place(_ member: RootMember) throws(RootFault) -> Bool {
    try giveWaitingNames()
    let asked = try RootPath.judged(member.path)
    if asked.isAbsolute { notes.add(.leadingSlash, member.path) }
    let path = try resolved(asked.path)
    switch member.kind {
    case .special(.folder):
      try addFolder(path, member.attributes)
      counts.folders += 1
    case _ where path.isEmpty: throw RootFault(.root)
    case .special(.socket): notes.add(.socket, member.path)
    case .special(let special):
      try judge(special, at: path)
      try adding(path) { (writer) throws(Ext4Error) in
        try writer.add(special, at: path, member.attributes)
      }
      if case .symbolicLink(let target) = special {
        links[path] = target
        lastFolder = nil
        counts.symbolicLinks += 1
      } else {
        counts.devices += 1
      }
    case .file(let size):
      try addFile(path, size, member.attributes)
      counts.files += 1
      return true
    case .hardlink(let target, let size):
      counts.hardLinks += 1
      return try addLink(path, to: target, size: size, member.attributes)
    }
    return false
  }

  private mutating func addFile(
    _ path: [UInt8], _ size: UInt64, _ attributes: Ext4Attributes
  ) throws(RootFault) {
    if !furtherNames.isEmpty { furtherNames[path] = nil }
    try adding(path) { (writer) throws(Ext4Error) in
      try writer.addFile(path, size: size, attributes)
    }
  }

  private func judge(_ special: Ext4Special, at path: [UInt8]) throws(RootFault) {
    switch special {
    case .characterDevice(let major, let minor), .blockDevice(let major, let minor):
      // Overlay file systems mark what was removed by a device 0:0, which no driver serves.
      guard policy.devicesAnywhere || path.starts(with: "dev/".utf8) else {
        throw RootFault(.device(major: major, minor: minor))
      }
    default: break
    }
  }

  /// Gives a file one more name. Where content comes with it and the file has none, all its names get
  /// that: cpio's newc has the content with the last name only, odc with each.
  private mutating func addLink(
    _ path: [UInt8], to target: [UInt8], size: UInt64, _ attributes: Ext4Attributes
  ) throws(RootFault) -> Bool {
    guard let judged = try? RootPath.judged(target).path else {
      throw RootFault(.linkTarget(target))
    }
    let first = try resolved(judged)
    guard let isFolder = try asking({ (writer) throws(Ext4Error) in try writer.isFolder(first) })
    else { throw RootFault(.linkTarget(target)) }
    if isFolder { throw RootFault(.linkToFolder(target)) }
    let isEmpty = try asking { (writer) throws(Ext4Error) in try writer.size(of: first) } == 0
    if size > 0, isEmpty {
      let names = ([first] + (furtherNames.removeValue(forKey: first) ?? [])).filter { $0 != path }
      try addFile(path, size, attributes)
      waitingNames = (path, names)
      return true
    }
    guard path != first else { return false }
    try adding(path) { (writer) throws(Ext4Error) in try writer.addLink(path, to: first) }
    links[path] = links[first]
    if isEmpty { furtherNames[first, default: []].append(path) }
    return false
  }

  /// Ends the member added last.
  mutating func giveWaitingNames() throws(RootFault) {
    guard let waiting = waitingNames else { return }
    waitingNames = nil
    try asking { (writer) throws(Ext4Error) in
      for name in waiting.names {
        try writer.remove(name)
        try writer.addLink(name, to: waiting.path)
      }
    }
  }

  /// Calls the writer; what it refuses becomes a fault.
  @discardableResult
  mutating func asking<T>(
    _ call: (inout Ext4Writer) throws(Ext4Error) -> T
  ) throws(RootFault) -> T {
    do throws(Ext4Error) {
      return try call(&writer)
    } catch {
      throw .volume(error)
    }
  }
}
