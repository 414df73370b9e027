public import Archives
import Diagnostics
import Measures
import SystemPackage

extension DebianRepository {
  /// Files out of a package, sorted by their path. What was taken once is neither fetched, opened
  /// nor hashed again; a file whose size on disk has changed is taken anew. Whoever reads a file
  /// compares its hash with the member's, and calls `takeAgain` where they differ.
  public func members(
    of package: ResolvedPackage, wanted: [MemberPattern]
  ) async throws(PackageError) -> [PackageMember] {
    let store = MemberStore(folder: cache.appending("members").appending(package.sha256))
    if let members = store.members(wanted) { return members }
    let file = try await fetch(package)
    return try await locked { () async throws(PackageError) in
      if let members = store.members(wanted) { return members }
      log(Diagnostic(.info, "unpacking files of \(package.name) \(package.version)"))
      return try store.take(wanted, from: DebianPackageFile(file), of: package)
    }
  }

  /// The same member out of the package once more, since its file in the cache no longer has the
  /// hash that it was taken with. The package itself is compared with the signed index before.
  public func takeAgain(
    _ member: PackageMember, of package: ResolvedPackage
  ) async throws(PackageError) -> PackageMember {
    let store = MemberStore(folder: cache.appending("members").appending(package.sha256))
    let file = try await fetch(package)
    return try await locked { () async throws(PackageError) in
      log(
        Diagnostic(
          .warning, "\(member.path) of \(package.name) was changed in the cache",
          notes: ["It is taken out of its package again."]))
      let taken = try store.take(
        [MemberPattern(member.path)], from: DebianPackageFile(file), of: package, again: true)
      guard let again = taken.first(where: { $0.path == member.path }) else {
        throw .changedMember(member.file)
      }
      return again
    }
  }
}

/// The members of one package that lie in the cache.
struct MemberStore {
  let folder: FilePath

  private var files: FilePath { folder.appending("files") }
  private var indexFile: FilePath { folder.appending("index") }

  private var index: MemberIndex {
    MemberIndex(String(decoding: CacheFile.read(indexFile) ?? [], as: UTF8.self))
  }

  /// Nil where any of the wanted members is not there as the index says.
  func members(_ wanted: [MemberPattern]) -> [PackageMember]? {
    members(wanted, index)
  }

  /// Takes the wanted members out of the package; those that are there only where `again` says so.
  /// The index names them only when they are on disk.
  func take(
    _ wanted: [MemberPattern], from file: DebianPackageFile, of package: ResolvedPackage,
    again: Bool = false
  ) throws(PackageError) -> [PackageMember] {
    try CacheFile.makeFolders(folder)
    var index = index
    let missing = wanted.filter { again || members([$0], index) == nil }
    let taken: [ExtractedMember]
    do {
      taken = try file.extract(missing, into: files)
    } catch {
      throw .archive(error, of: "\(package.name) \(package.version)")
    }
    for member in taken {
      try CacheFile.sync(member.file)
      let hash = try FileHash.sha256(of: member.file)
      index.entries[member.path] = .init(sha256: hash, size: member.size)
    }
    index.patterns.formUnion(missing.map(\.text))
    try CacheFile.write(index.text, to: indexFile)
    guard let members = members(wanted, index) else { throw .cache(files, .ioError) }
    return members
  }

  private func members(_ wanted: [MemberPattern], _ index: MemberIndex) -> [PackageMember]? {
    let prefix = files.string + "/"
    var found: [String: PackageMember] = [:]
    for pattern in wanted {
      guard let answer = index.answer(to: pattern) else { return nil }
      for (path, entry) in answer {
        let file = FilePath(prefix + path)
        guard CacheFile.size(of: file) == entry.size.rawValue else { return nil }
        found[path] = PackageMember(
          path: path, file: file, sha256: entry.sha256, size: entry.size)
      }
    }
    return found.values.sorted { $0.path < $1.path }
  }
}
