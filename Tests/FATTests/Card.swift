import FAT
import Foundation
import Measures
import OutsideTools
import Testing

/// A volume written to a file that was full of other bytes before, as a used card is.
struct Card {
  let image: URL
  let folder: URL
  let volume: FATVolume
  let layout: FATLayout

  init(_ volume: FATVolume, in folder: URL) throws {
    self.volume = volume
    self.folder = folder
    layout = try volume.layout()
    image = folder.appendingPathComponent("image")
    try Self.bytes(of: layout).write(to: image)
  }

  /// All bytes of the volume; those that do not matter are 0xA5.
  static func bytes(of layout: FATLayout) -> Data {
    var bytes = Data(repeating: 0xA5, count: Int(layout.size.rawValue))
    func put(_ part: Data, at offset: UInt64) {
      bytes.replaceSubrange(Int(offset)..<(Int(offset) + part.count), with: part)
    }
    for extent in layout.metadata { put(Data(extent.bytes), at: extent.offset) }
    for range in layout.zeroes { put(Data(count: Int(range.length)), at: range.offset) }
    for file in layout.files {
      put(content(of: file.path, size: Int(file.size.rawValue)), at: file.offset)
    }
    return bytes
  }

  /// Bytes that no other path has, in a rhythm that no cluster has.
  static func content(of path: String, size: Int) -> Data {
    var bytes = Data((path + " lies here. ").utf8)
    while bytes.count < size { bytes += bytes }
    return bytes.prefix(size)
  }

  /// fsck.fat has nothing to say, and mtools read back exactly what went in.
  func expectSound(sourceLocation: SourceLocation = #_sourceLocation) throws {
    let check = try OutsideTool.run("fsck.fat", ["-n", image.path])
    // The version, and the count of files and clusters; a complaint would be a further line.
    let lines = check.output.split(separator: "\n")
    #expect(check.status == 0, "\(check.output)", sourceLocation: sourceLocation)
    #expect(lines.count == 2, "\(check.output)", sourceLocation: sourceLocation)

    let out = folder.appendingPathComponent("out", isDirectory: true)
    try? FileManager.default.removeItem(at: out)
    try FileManager.default.createDirectory(at: out, withIntermediateDirectories: true)
    let copy = try OutsideTool.run(
      "mcopy", ["-s", "-n", "-Q", "-i", image.path, "::/", out.path])
    #expect(
      copy.status == 0 && copy.output.isEmpty, "\(copy.output)", sourceLocation: sourceLocation)
    let (found, wanted) = (try found(below: out), wanted)
    #expect(found.keys.sorted() == wanted.keys.sorted(), sourceLocation: sourceLocation)
    for (path, content) in wanted where found[path] != content {
      Issue.record("`\(path)` reads back as something else", sourceLocation: sourceLocation)
    }
  }

  /// Every path that must be there, with the content of files; folders above included.
  private var wanted: [String: Data?] {
    var wanted: [String: Data?] = [:]
    for entry in volume.entries {
      var names = entry.path.split(separator: "/").map(String.init)
      switch entry.content {
      case .folder: wanted.updateValue(nil, forKey: entry.path)
      case .file(let size):
        wanted[entry.path] = Self.content(of: entry.path, size: Int(size.rawValue))
      }
      names.removeLast()
      while !names.isEmpty {
        wanted.updateValue(nil, forKey: names.joined(separator: "/"))
        names.removeLast()
      }
    }
    return wanted
  }

  private func found(below out: URL) throws -> [String: Data?] {
    var found: [String: Data?] = [:]
    for path in try FileManager.default.subpathsOfDirectory(atPath: out.path) {
      let url = out.appendingPathComponent(path)
      let isFolder = try url.resourceValues(forKeys: [.isDirectoryKey]).isDirectory ?? false
      found.updateValue(isFolder ? nil : try Data(contentsOf: url), forKey: path)
    }
    return found
  }
}
