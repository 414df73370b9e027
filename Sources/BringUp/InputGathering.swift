import Archives
import Boards
import Diagnostics
import Emulator
import Files
import Measures
import Packages
import SystemPackage
import Workspace

/// Brings the files of a build together, from the user's folders, from Debian, or from QEMU.
struct InputGathering: Sendable {
  let project: Project
  let board: Board
  let distribution: Distribution
  let repository: DebianRepository
  let surroundings: Surroundings
  let report: @Sendable (Diagnostic) -> Void

  /// A kernel or a bootloader beyond this is something else; reading stops there.
  private static let limit = ByteCount.mebibytes(256)

  init(
    project: Project, board: Board, data: DataFiles, surroundings: Surroundings,
    report: @escaping @Sendable (Diagnostic) -> Void
  ) throws {
    self.project = project
    self.board = board
    self.surroundings = surroundings
    self.report = report
    distribution = try data.distribution("debian")
    repository = DebianRepository(
      cache: surroundings.cache, architecture: distribution.architecture,
      offline: surroundings.offline, searchPath: surroundings.path, log: report)
  }

  /// One input for each role that the project's flow has.
  func inputs() async throws -> [Input] {
    let bootloaderFile = try bootloaderFile()
    // Busybox at least comes from a package, whatever else the project brings along.
    try await repository.refresh()
    // Side by side, since most of the time goes into reading and hashing.
    async let bootloader = input(.bootloader, project.inputs.bootloader, bootloaderFile)
    async let xen = xen()
    async let kernel = input(.kernel, project.inputs.kernel, .init(distribution.kernel))
    async let tree = tree(.tree, project.inputs.tree, kernel: project.inputs.kernel)
    async let busybox = input(
      .busybox, .debian(package: nil, version: nil), .init(distribution.busybox))
    async let overlays = overlays()
    async let further = further()
    return try await [bootloader] + xen + [kernel, tree] + overlays + [busybox] + further
  }

  private func xen() async throws -> [Input] {
    guard project.flow.hasXen else { return [] }
    return [try await input(.xen, project.inputs.xen, .init(distribution.xen))]
  }

  /// What only some flows and projects have.
  private func further() async throws -> [Input] {
    let wanted = project.inputs
    var inputs: [Input] = []
    if project.flow == .legacy, let source = wanted.scriptBin {
      inputs.append(try await input(.scriptBin, source, nil))
    }
    if project.flow == .kvm, let config = try await config() { inputs.append(config) }
    guard let kernel = wanted.fallbackKernel else { return inputs }
    inputs.append(try await input(.fallbackKernel, kernel, .init(distribution.kernel)))
    if let source = wanted.fallbackTree {
      inputs.append(try await tree(.fallbackTree, source, kernel: kernel))
    }
    if project.flow.hasXen, let source = wanted.fallbackXen {
      inputs.append(try await input(.fallbackXen, source, .init(distribution.xen)))
    }
    return inputs
  }

  /// The kernel's configuration comes with its package; of a file of the user's, nobody knows it
  /// unless told.
  private func config() async throws -> Input? {
    if let source = project.inputs.config { return try await input(.config, source, nil) }
    guard case .debian = project.inputs.kernel else { return nil }
    return try await input(.config, project.inputs.kernel, .init(distribution.config))
  }

  /// A file of a package, as the project may change it.
  struct Wanted {
    var package: String
    var through: String?
    var member: String

    init(package: String, through: String? = nil, member: String) {
      self.package = package
      self.through = through
      self.member = member
    }

    init(_ file: Distribution.PackagedFile) {
      self.init(package: file.package, through: file.through, member: file.member)
    }
  }

  /// Which file of which package, unless the project brings a file of its own.
  private func bootloaderFile() throws -> Wanted? {
    if let known = board.bootloader { return Wanted(package: known.package, member: known.member) }
    if case .path = project.inputs.bootloader { return nil }
    throw BuildError.noPackageFor(.bootloader, board: board.name)
  }

  /// The tree comes with the kernel: where the project names another kernel package, from that.
  private func tree(
    _ role: Input.Role, _ wish: Project.Source, kernel: Project.Source
  ) async throws -> Input {
    switch (wish, board.tree.origin) {
    case (.path(let path), _):
      return try await treeInput(role, path)
    case (.debian(nil, _), .machine):
      guard let emulation = board.machine else { throw BuildError.noEmulator(board: board.name) }
      let bytes = try await EmulatedTree.dump(of: emulation)
      return Input(role: role, bytes: bytes, origin: .emulator(machine: emulation.machine))
    case (.debian, .machine):
      throw BuildError.noPackageFor(role, board: board.name)
    case (.debian(let package, _), .kernel(let name)):
      var source = wish
      if package == nil, case .debian(_?, _) = kernel { source = kernel }
      var wanted = Wanted(distribution.tree)
      wanted.member += name
      return try await input(role, source, wanted)
    }
  }

  func input(_ role: Input.Role, _ path: String) throws -> Input {
    do throws(FileError) {
      return Input(
        role: role, bytes: try readFile(project.file(path), limit: Self.limit),
        origin: .path(path))
    } catch {
      throw BuildError.unreadableInput(role, error)
    }
  }

  private func input(
    _ role: Input.Role, _ source: Project.Source, _ wanted: Wanted?
  ) async throws -> Input {
    switch source {
    case .path(let path):
      return try input(role, path)
    case .debian(let package, let version):
      guard let wanted else { throw BuildError.noPackageFor(role, board: board.name) }
      let resolved = try await resolve(wanted, package: package, version: version)
      let pattern = MemberPattern(wanted.member)
      let members = try await repository.members(of: resolved, wanted: [pattern])
      guard let member = members.first else {
        throw BuildError.noPackageFor(role, board: board.name)
      }
      guard members.count == 1 else {
        throw BuildError.severalFilesFor(
          role, package: "\(resolved.name) \(resolved.version)", members: members.map(\.path))
      }
      return try await input(role, member, of: resolved)
    }
  }

  /// Reads a member from the cache. The hash that the manifest needs anyway tells whether it is
  /// still the file that was taken out of the package.
  private func input(
    _ role: Input.Role, _ member: PackageMember, of package: ResolvedPackage
  ) async throws -> Input {
    let origin = Input.Origin.package(
      name: package.name, version: package.version, sha256: package.sha256, member: member.path)
    let input = Input(
      role: role, bytes: try readFile(member.file, limit: Self.limit), origin: origin)
    if input.sha256 == member.sha256 { return input }
    let taken = try await repository.takeAgain(member, of: package)
    let again = Input(
      role: role, bytes: try readFile(taken.file, limit: Self.limit), origin: origin)
    guard again.sha256 == taken.sha256 else { throw PackageError.changedMember(taken.file) }
    return again
  }

  /// The package that holds the file. One that the project names is taken as it is, unless it is
  /// the pointer that the distribution's data names.
  func resolve(
    _ wanted: Wanted, package: String?, version: String?
  ) async throws -> ResolvedPackage {
    let name = package ?? wanted.package
    guard name == wanted.package, let prefix = wanted.through else {
      return try await repository.resolve(name, version: version)
    }
    return try await repository.resolve(dependencyOf: name, version: version, matching: prefix)
  }
}
