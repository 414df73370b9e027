import Foundation

/// The project's own source, as the tests of its structure read it.
enum House {
  /// The top level of the checkout.
  static let root = URL(filePath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  /// What stands on which floor: a module imports lower floors only, and never a neighbour.
  static let floors: [Set<String>] = [
    ["Bytes", "CAllocator", "CLibArchive", "CLibFDT", "CLinux", "Diagnostics", "Measures"],
    [
      "BootImages", "CPIO", "DeviceTree", "Ext4", "FAT", "Hush", "KernelModules", "Partitions",
      "StrictYAML", "TreeSource",
    ],
    ["Boards", "MemoryPlanner", "Rulings", "TreeEditing"],
    [
      "BootLog", "BootScriptLint", "BootScripts", "DeviceTreeLint", "ImagePlan", "Initramfs",
      "Rehearsal", "Reports",
      "XenTree",
    ],
    ["Archives", "Files", "TreeCompiler"],
    ["Emulator", "ImageWriter", "Packages", "Workspace"],
    ["BringUp"],
    ["ctboot"],
  ]

  /// Parts of the build itself, which no module of the product imports.
  static let tools: Set<String> = ["EmbedDataPlugin", "embed-data"]

  struct SourceFile: Sendable {
    let module: String
    /// From the top level: `Sources/FAT/FATVolume.swift`.
    let path: String
    let lines: [Substring]

    /// The modules that the file imports.
    var imports: [String] {
      lines.compactMap { line in
        let words = line.split(separator: " ")
        guard let keyword = words.firstIndex(of: "import"), keyword <= 2,
          words[..<keyword].allSatisfy({ $0.hasPrefix("@") || Self.levels.contains($0) })
        else { return nil }
        return words.dropFirst(keyword + 1).last.map(String.init)
      }
    }

    private static let levels: Set<Substring> = ["public", "package", "internal", "private"]
  }

  static func floor(of module: String) -> Int? { floors.firstIndex { $0.contains(module) } }

  /// All Swift files of the modules, tools left out.
  static func sources() throws -> [SourceFile] {
    try files(below: "Sources", ending: ".swift").map { path in
      let text = try String(contentsOf: root.appending(path: path), encoding: .utf8)
      return SourceFile(
        module: String(path.split(separator: "/")[1]), path: path,
        lines: text.split(separator: "\n", omittingEmptySubsequences: false))
    }.filter { !tools.contains($0.module) }
  }

  /// Paths from the top level, sorted.
  static func files(below folder: String, ending: String) throws -> [String] {
    let all = try FileManager.default.subpathsOfDirectory(
      atPath: root.appending(path: folder).path)
    return all.filter { $0.hasSuffix(ending) }.map { "\(folder)/\($0)" }.sorted()
  }
}
