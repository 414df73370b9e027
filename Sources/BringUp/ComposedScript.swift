import BootScripts
public import Diagnostics
public import Workspace

/// One of the texts that start a project's files, composed without writing anything.
public struct ComposedScript: Sendable {
  /// How the files come into memory, and who reads the text.
  public struct Request: Sendable, Hashable {
    /// Nil for the project's own.
    public var flow: Project.Flow?
    /// The server and the board; nil for the boot partition.
    public var network: Network?
    /// For a boot over USB.
    public var isUSB = false
    /// extlinux.conf in place of boot.cmd.
    public var isExtlinux = false

    public init() {}
  }

  public struct Network: Sendable, Hashable {
    let server: IPv4Address
    let board: IPv4Address

    /// Nil where one is no address such as 192.168.1.2.
    public init?(server: String, board: String) {
      guard let server = IPv4Address(server), let board = IPv4Address(board) else { return nil }
      self.server = server
      self.board = board
    }
  }

  public let text: String

  /// Gathers the project's inputs, whose sizes stand in the text.
  ///
  /// - Parameter report: hears of what is worth knowing on the way.
  public init(
    _ request: Request, of project: Project, in surroundings: Surroundings,
    report: @escaping @Sendable (Diagnostic) -> Void
  ) async throws {
    var project = project
    project.flow = request.flow ?? project.flow
    guard project.flow != .dom0less || !project.domains.isEmpty else {
      throw ScriptPlanError.noGuests
    }
    // Loads by extlinux.conf go elsewhere, and are planned so.
    project.image.bootScript = request.isExtlinux ? .extlinux : .script
    guard !request.isExtlinux || project.flow == .linux || project.flow == .kvm else {
      throw ScriptPlanError.noExtlinux
    }
    let build = try await Build(project, in: surroundings, report: report)
    try self.init(request, of: build.plan)
  }

  /// - Parameter plan: of the project with the request's flow.
  public init(_ request: Request, of plan: BuildPlan) throws {
    let network = request.network.map { FileSource.network(server: $0.server, board: $0.board) }
    if request.isUSB {
      text = try plan.scripts.usb(from: network ?? .memory)
    } else if request.isExtlinux {
      text = try plan.scripts.extlinuxConf()
    } else {
      text = try plan.scripts.commands(from: network ?? .partition)
    }
  }
}
