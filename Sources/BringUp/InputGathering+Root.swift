import Boards
import Bytes
import Diagnostics
import Ext4
import Files
import ImageWriter
import Initramfs
import KernelModules
import Measures
import SystemPackage
import Workspace

// What the root partition is made of.
extension InputGathering {
  /// The project's root partition; nil where its root is the initial RAM disk.
  func root(on soc: SoC) async throws -> PlannedRoot? {
    guard let content = project.root.volume else { return nil }
    let sources = try sources(of: content)
    var policy = UnsafeMembers()
    policy.devicesAnywhere = content.allowsDevices
    // Before anything is read, so that what changes while it is read shows.
    let stamp = try RootStamp(of: sources)
    return PlannedRoot(
      names: content.layers + content.files.map(\.path), size: project.image.rootSize,
      sources: sources, policy: policy,
      identity: try RootIdentity(of: sources).bytes.hexadecimal,
      stamp: stamp, modules: try await modules(on: soc))
  }

  private func sources(of content: Project.RootContent) throws -> [RootSource] {
    let owners = try content.owners.map { try OwnerMap(contentsOf: project.file($0)) }
    var sources: [RootSource] = content.layers.map { name in
      let path = project.file(name)
      return isFolder(path) ? .folder(path, owners: owners ?? OwnerMap()) : .archive(path)
    }
    if !content.files.isEmpty { sources.append(.files(content.files.map(file))) }
    return sources
  }

  private func file(_ file: Project.RootFile) -> RootFile {
    let path = project.file(file.file)
    let permissions = file.mode ?? (isExecutable(path) ? 0o755 : 0o644)
    return RootFile(
      path: Array(file.path.utf8), .copy(of: path), permissions: permissions, owner: file.owner,
      group: file.group)
  }

  /// The kernel's modules that lead to the root. Of a kernel of the user's nobody knows which modules
  /// it has, unless told.
  private func modules(on soc: SoC) async throws -> [RootInitramfs.Module] {
    // Which disk it is does not matter for the drivers.
    let wanted = try RootModules(for: .partition(id: "", .ext4), on: board, with: soc)
    if let folder = project.inputs.modules { return try await modules(wanted, in: folder) }
    guard case .debian(let package, let version) = project.inputs.kernel else {
      report(Self.noModules)
      return []
    }
    let kernel = Wanted(distribution.kernel)
    let resolved = try await resolve(kernel, package: package, version: version)
    return try await wanted.found(in: resolved, of: repository)
  }

  private static let noModules = Diagnostic(
    .warning, "nothing is known of the kernel's modules, so the initial RAM disk has none",
    help:
      "if the drivers of the card or of ext4 are modules, name their folder (lib/modules/VERSION) "
      + "as `inputs: modules:`")

  private func modules(
    _ wanted: RootModules, in name: String
  ) async throws -> [RootInitramfs.Module] {
    let path = project.file(name)
    var failure: FileError?
    let files = listFiles(
      below: path, where: { _ in true }, skipped: { failure = failure ?? $1 })
    if let failure { throw failure }
    // The release is a folder's name, which may be the very one that was given.
    let base = path.string.hasSuffix("/") ? path.string : path.string + "/"
    let listing = files.map {
      "modules/" + (path.lastComponent?.string ?? "") + "/" + $0.string.dropFirst(base.utf8.count)
    }
    var folder = try ModuleFolder(listing: listing)
    for text in ModuleFolder.texts {
      let file = path.appending(text)
      guard stands(file) else { continue }
      folder.add(
        String(decoding: try readFile(file, limit: .mebibytes(16)), as: UTF8.self), named: text)
    }
    let paths = Dictionary(zip(listing, files)) { first, _ in first }
    return try await wanted.found(in: folder) { wanted in
      var bytes: [String: [UInt8]] = [:]
      for name in wanted {
        if let file = paths[name] { bytes[name] = try readFile(file, limit: .mebibytes(64)) }
      }
      return bytes
    }
  }
}
