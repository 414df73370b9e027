import Archives
import Diagnostics
public import KernelModules
import Measures
import SystemPackage

extension DebianRepository {
  /// The modules in a kernel's package, with the notes about them that depmod would make when it is
  /// installed. They are made once and kept:
  ///
  ///     CACHE/members/SHA256/modules/listing            the paths of the modules; written last
  ///     CACHE/members/SHA256/modules/modules.builtin    and the other texts of `ModuleFolder`
  ///
  /// The modules themselves are taken by `members(of:wanted:)`, by their paths in the folder.
  ///
  /// - Parameter release: which, of a package with modules of several kernels.
  public func modules(
    of package: ResolvedPackage, release: String? = nil
  ) async throws(PackageError) -> ModuleFolder {
    let folder = cache.appending("members").appending(package.sha256).appending("modules")
    if let kept = try Self.kept(in: folder, release) { return kept }
    let file = try await fetch(package)
    return try await locked { () async throws(PackageError) in
      if let kept = try Self.kept(in: folder, release) { return kept }
      log(Diagnostic(.info, "reading the modules of \(package.name) \(package.version)"))
      try CacheFile.makeFolders(folder)
      try Self.note(modulesOf: package, file, in: folder)
      guard let kept = try Self.kept(in: folder, release) else { throw .cache(folder, .ioError) }
      return kept
    }
  }

  private static func kept(
    in folder: FilePath, _ release: String?
  ) throws(PackageError) -> ModuleFolder? {
    guard let listing = text(folder.appending("listing")) else { return nil }
    var modules: ModuleFolder
    do throws(ModuleFolderError) {
      modules = try ModuleFolder(
        listing: listing.split(separator: "\n").map { String($0) }, release: release)
    } catch {
      throw .modules(error)
    }
    for name in ModuleFolder.texts {
      if let text = text(folder.appending(name)) { modules.add(text, named: name) }
    }
    return modules
  }

  private static func text(_ file: FilePath) -> String? {
    CacheFile.read(file).map { String(decoding: $0, as: UTF8.self) }
  }

  /// Two passes: the listing says which modules there are, and then each is read.
  private static func note(
    modulesOf package: ResolvedPackage, _ file: FilePath, in folder: FilePath
  ) throws(PackageError) {
    let archive = DebianPackageFile(file)
    var listing: [String] = []
    var builtin = ""
    do throws(ArchiveError) {
      try archive.forEachFile(
        where: { path in
          if ModuleName(ofFile: path) != nil { listing.append(path) }
          return path.hasSuffix("/modules.builtin")
        }, limit: .mebibytes(4),
        do: { _, bytes in builtin += String(decoding: bytes, as: UTF8.self) })
    } catch {
      throw .archive(error, of: "\(package.name) \(package.version)")
    }
    var notes: [String: String] = ["modules.builtin": builtin]
    if let modules = try? ModuleFolder(listing: listing) {
      let made = try Self.notes(of: modules, in: archive, package)
      notes.merge(made) { first, _ in first }
    }
    for (name, text) in notes { try CacheFile.write(text, to: folder.appending(name)) }
    try CacheFile.write(
      listing.map { $0 + "\n" }.joined(), to: folder.appending("listing"))
  }

  private static func notes(
    of modules: ModuleFolder, in archive: DebianPackageFile, _ package: ResolvedPackage
  ) throws(PackageError) -> [String: String] {
    let wanted = Set(modules.files.values)
    var notes = ModuleNotes(of: modules)
    do throws(ArchiveError) {
      try archive.forEachFile(
        where: wanted.contains, limit: .mebibytes(64),
        do: { path, bytes in
          let plain =
            ModulePacking(ofFile: path) == .none
            ? bytes : try? PackedFile.unpack(bytes, named: FilePath(path), limit: .mebibytes(64))
          if let plain { notes.add(plain.span.bytes, from: path) }
        })
    } catch {
      throw .archive(error, of: "\(package.name) \(package.version)")
    }
    return notes.texts
  }
}
