public import ArgumentParser
import BringUp
import SystemPackage
public import Workspace

struct ScriptCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "script", abstract: "Make boot scripts, judge them, look into them.",
    subcommands: [Compose.self, ScriptCheckCommand.self, ScriptShowCommand.self])

  struct Compose: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "compose",
      abstract: "Print the boot script of a project, or of a board without one.",
      discussion: """
        Prints boot.cmd, or uEnv.txt in the flow `legacy`. The project's files are gathered as for a \
        build, since a script holds their sizes; nothing is written.

        --tftp: everything is loaded from a TFTP server, below its folder as it is below build/boot. \
        --fel: the uEnv.txt that sunxi-fel uploads with the files; with --tftp, U-Boot comes over USB \
        and the files over the network.
        """)

    @Option(
      name: [.customShort("p"), .customLong("project")],
      help: ArgumentHelp("The project file.", valueName: "file"), completion: .file())
    var project: String?

    @Option(
      help: ArgumentHelp("A board, in place of a project file.", valueName: "name"))
    var board: String?

    @Option(help: "Another flow than the project's.")
    var flow: Project.Flow?

    @Option(help: ArgumentHelp("Load everything from this TFTP server.", valueName: "address"))
    var tftp: String?

    @Option(help: ArgumentHelp("The board's own address, for --tftp.", valueName: "address"))
    var ip: String?

    @Flag(help: "Print the uEnv.txt of a boot over USB.")
    var fel = false

    @Flag(help: "Print extlinux.conf.")
    var extlinux = false

    @Flag(help: "Use the cache of packages alone.")
    var offline = false

    @OptionGroup var output: OutputOptions

    func validate() throws {
      guard project == nil || board == nil else {
        throw ValidationError("-p and --board exclude each other.")
      }
      guard (tftp == nil) == (ip == nil) else {
        throw ValidationError("--tftp and --ip need each other.")
      }
      guard tftp == nil || network != nil else {
        throw ValidationError("--tftp and --ip take addresses such as 192.168.1.2.")
      }
      guard !extlinux || !fel && tftp == nil else {
        throw ValidationError("--extlinux goes with neither --fel nor --tftp.")
      }
    }

    private var network: ComposedScript.Network? {
      tftp.flatMap { server in ip.flatMap { .init(server: server, board: $0) } }
    }

    func run() async throws {
      let terminal = output.terminal
      var options = try ProjectOptions.parse([])
      options.offline = offline
      options.project = project ?? options.project
      var request = ComposedScript.Request()
      request.flow = flow
      request.network = network
      request.isUSB = fel
      request.isExtlinux = extlinux
      let project = try board.map { Project(folder: ".", board: $0) } ?? options.load()
      let script = try await ComposedScript(request, of: project, in: options.surroundings()) {
        terminal.show($0)
      }
      terminal.output(script.text)
    }
  }
}

extension Project.Flow: ExpressibleByArgument {}
