/// What `depmod` writes beside the modules of a kernel that is installed, for those in a package, which
/// has no such notes yet: read all modules once, and the search is over after one round.
///
/// Only what the search looks for is written: what a module needs itself, and those aliases that are no
/// device's (`crypto-crc32c`, not `of:N*T*…`).
///
/// Source: depmod(8), modules.dep(5); kmod `tools/depmod.c`.
public struct ModuleNotes: Sendable, Hashable {
  private let folder: ModuleFolder
  private var modules: [ModuleName: KernelModule] = [:]

  public init(of folder: ModuleFolder) { self.folder = folder }

  /// Takes in a file of the folder, unpacked. What is no module, or none of the folder's, is not noted;
  /// reading it in the search will tell.
  public mutating func add(_ bytes: RawSpan, from path: String) {
    guard let name = ModuleName(ofFile: path), folder.files[name] == path,
      let module = try? KernelModule(parsing: bytes)
    else { return }
    modules[name] = module
  }

  /// The texts, by the names under which `ModuleFolder` takes them in.
  public var texts: [String: String] {
    var (needs, wishes, aliases) = ("", "", "")
    for (name, module) in modules.sorted(by: { $0.key < $1.key }) {
      needs += "\(name).ko:" + module.depends.map { " \($0).ko" }.joined() + "\n"
      if !module.wishes.isEmpty {
        wishes += "softdep \(name) pre: " + module.wishes.joined(separator: " ") + "\n"
      }
      for alias in module.aliases where !alias.contains(where: { $0 == ":" || $0.isWhitespace }) {
        aliases += "alias \(alias) \(name)\n"
      }
    }
    return ["modules.dep": needs, "modules.softdep": wishes, "modules.alias": aliases]
  }
}
