/// What lies in the folder of one kernel's modules, by the names of its files and the texts beside them:
///
///     lib/modules/6.1.0-50-armmp/modules.builtin      what is part of the kernel itself
///     lib/modules/6.1.0-50-armmp/modules.dep          what needs what; made by depmod, not packaged
///     lib/modules/6.1.0-50-armmp/modules.softdep      what modules wish for; depmod's as well
///     lib/modules/6.1.0-50-armmp/modules.alias        by what modules are asked for; depmod's too
///     lib/modules/6.1.0-50-armmp/kernel/fs/ext4/ext4.ko
///
/// Source: modules.dep(5); Linux `Documentation/kbuild/kbuild.rst` (modules.builtin).
public struct ModuleFolder: Sendable, Hashable {
  /// The kernel that they are for, which is the folder's name: `6.1.0-50-armmp`.
  public let release: String
  /// The folder's path as the listing has it, with a slash at its end: `lib/modules/6.1.0-50-armmp/`.
  public let path: String
  /// Where each module lies, as the listing has it.
  public let files: [ModuleName: String]
  /// Drivers that are part of the kernel and need no loading.
  public private(set) var builtin: Set<ModuleName> = []
  /// What modules need, where depmod has written it down.
  private(set) var noted: [ModuleName: [ModuleName]] = [:]
  /// What modules wish for, where depmod has written it down.
  private(set) var notedWishes: [ModuleName: [String]] = [:]
  /// Modules by what they are asked for, where depmod has written it down.
  private(set) var aliases: [String: [ModuleName]] = [:]

  /// The texts beside the modules that say more than the listing.
  public static let texts = [
    "modules.builtin", "modules.dep", "modules.softdep", "modules.alias",
  ]

  /// Finds the folder in a listing of an archive, of a package or of a folder of them.
  ///
  /// - Parameters:
  ///   - listing: the paths of all files. A `./` before them does not matter.
  ///   - release: which of several folders; nil where there is but one.
  public init(
    listing: some Sequence<String>, release wanted: String? = nil
  ) throws(ModuleFolderError) {
    var files: [String: [ModuleName: String]] = [:]
    for path in listing {
      guard let folder = Self.folder(of: path), let name = ModuleName(ofFile: path) else {
        continue
      }
      // Of a module that is there twice, kmod takes the one below `updates`; none of ours has that.
      let earlier = files[folder]?[name]
      files[folder, default: [:]][name] = earlier.map { min($0, path) } ?? path
    }
    var found: [String: String] = [:]
    for folder in files.keys.sorted() { found[Self.release(of: folder)] = folder }
    let releases = found.keys.sorted()
    guard let release = wanted ?? releases.first else { throw .empty }
    guard let folder = found[release] else { throw .noRelease(release, known: releases) }
    guard wanted != nil || releases.count == 1 else { throw .severalReleases(releases) }
    self.release = release
    path = folder
    self.files = files[folder] ?? [:]
  }

  /// Takes in one of `texts`, by its name. What does not look as it should in it counts as absent,
  /// as it does for kmod.
  public mutating func add(_ text: String, named name: String) {
    let lines = text.split(whereSeparator: \.isNewline)
    switch name {
    case "modules.builtin": builtin.formUnion(lines.compactMap { ModuleName(ofFile: $0) })
    case "modules.dep":
      // `kernel/fs/ext4/ext4.ko: kernel/fs/jbd2/jbd2.ko kernel/fs/mbcache.ko`
      for line in lines {
        guard let mark = line.firstIndex(of: ":"), let module = ModuleName(ofFile: line[..<mark])
        else { continue }
        noted[module] = line[line.index(after: mark)...].split(separator: " ").compactMap {
          ModuleName(ofFile: $0)
        }
      }
    case "modules.softdep":
      // `softdep ext4 pre: crypto-crc32c`
      for line in lines {
        let words = line.split(separator: " ", maxSplits: 2)
        guard words.count == 3, words[0] == "softdep", let module = ModuleName(words[1]) else {
          continue
        }
        notedWishes[module, default: []] += KernelModule.wishes(in: words[2])
      }
    case "modules.alias":
      // `alias crypto-crc32c crc32c_generic`
      for line in lines {
        let words = line.split(separator: " ")
        guard words.count == 3, words[0] == "alias", let module = ModuleName(words[2]) else {
          continue
        }
        aliases[String(words[1]), default: []].append(module)
      }
    default: break
    }
  }

  /// The modules that a wish means: the one of that name, else those with that alias, as far as it is
  /// known here.
  func modules(for wish: String) -> [ModuleName] {
    if let name = ModuleName(wish), files[name] != nil || builtin.contains(name) { return [name] }
    return (aliases[wish] ?? []).filter { files[$0] != nil }.sorted()
  }

  /// `lib/modules/6.1.0/` of a path below it; also where the listing begins below `lib`.
  private static func folder(of path: String) -> String? {
    var length = 0
    var isModules = false
    for part in path.split(separator: "/", omittingEmptySubsequences: false) {
      length += part.utf8.count + 1
      if isModules { return length <= path.utf8.count ? String(path.utf8.prefix(length)) : nil }
      isModules = part == "modules"
    }
    return nil
  }

  private static func release(of folder: String) -> String {
    folder.split(separator: "/").last.map(String.init) ?? ""
  }
}
