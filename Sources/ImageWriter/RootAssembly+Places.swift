import Ext4

extension RootAssembly {
  /// Adds what is no folder, in place of what has its name and is no folder either.
  mutating func adding(
    _ path: [UInt8], _ call: (inout Ext4Writer) throws(Ext4Error) -> Void
  ) throws(RootFault) {
    do throws(Ext4Error) {
      return try call(&writer)
    } catch {
      guard case .twice = error else { throw .volume(error) }
    }
    try makeRoom(path)
    notes.add(.replaced, path)
    try asking(call)
  }

  /// Adds a folder, or gives new attributes to one that is there. A symbolic link to a folder stays, as
  /// dpkg and `tar --keep-directory-symlink` have it: in its place a folder would hide the other.
  mutating func addFolder(
    _ path: [UInt8], _ attributes: Ext4Attributes
  ) throws(RootFault) {
    do throws(Ext4Error) {
      return try writer.add(.folder, at: path, attributes)
    } catch {
      guard case .twice = error else { throw .volume(error) }
    }
    if links[path] != nil {
      let end = try folder(path)
      if try asking({ (writer) throws(Ext4Error) in try writer.isFolder(end) }) == true {
        return notes.add(.linkKept, path)
      }
    }
    try makeRoom(path)
    notes.add(.fileBecameFolder, path)
    try asking { (writer) throws(Ext4Error) in try writer.add(.folder, at: path, attributes) }
  }

  private mutating func makeRoom(_ path: [UInt8]) throws(RootFault) {
    let isFolder = try asking { (writer) throws(Ext4Error) in try writer.isFolder(path) }
    if isFolder == true { throw RootFault(.overFolder) }
    try asking { (writer) throws(Ext4Error) in try writer.remove(path) }
    links[path] = nil
    lastFolder = nil
  }

  /// The path without a symbolic link above its last name, as if the root were the system's.
  mutating func resolved(_ path: [UInt8]) throws(RootFault) -> [UInt8] {
    guard let end = path.lastIndex(of: RootPath.slash) else { return path }
    if let last = lastFolder, last.asked[...] == path[..<end] {
      return last.asked == last.found ? path : last.found.joined(path[(end + 1)...])
    }
    let asked = Array(path[..<end])
    let isFolder = try asking { (writer) throws(Ext4Error) in try writer.isFolder(asked) }
    let found = isFolder == true ? asked : try folder(asked)
    lastFolder = (asked, found)
    if found == asked { return path }
    notes.add(.throughLink, path)
    return found.joined(path[(end + 1)...])
  }

  /// Where a path of a folder leads, all symbolic links in it followed. What is not there yet will be
  /// made when something is put into it.
  private mutating func folder(_ path: [UInt8]) throws(RootFault) -> [UInt8] {
    var found: [UInt8] = []
    var waiting = Array(path.split(separator: RootPath.slash).map { Array($0) }.reversed())
    var followed = 0
    while let name = waiting.popLast() {
      if name.elementsEqual(".".utf8) { continue }
      if name.elementsEqual("..".utf8) {
        // Above the root there is nothing but the root.
        found.removeSubrange((found.lastIndex(of: RootPath.slash) ?? 0)...)
        continue
      }
      let next = found.joined(name[...])
      guard next.count <= RootPath.longest else { throw RootFault(.tooLong(bytes: next.count)) }
      if let target = links[next] {
        followed += 1
        // As many as Linux follows in one path, see path_resolution(7).
        guard followed <= 40 else { throw RootFault(.linkCircle) }
        if target.first == RootPath.slash { found = [] }
        waiting += target.split(separator: RootPath.slash).map { Array($0) }.reversed()
        continue
      }
      let isFolder = try asking { (writer) throws(Ext4Error) in try writer.isFolder(next) }
      if isFolder == false { throw RootFault(.belowFile(next)) }
      found = next
    }
    return found
  }
}

extension [UInt8] {
  /// This folder's path with a name behind it.
  fileprivate func joined(_ name: ArraySlice<UInt8>) -> [UInt8] {
    isEmpty ? Array(name) : self + [RootPath.slash] + name
  }
}
