import ArgumentParser
import BootImages
import BringUp
import Files
import Foundation
import SystemPackage
import Workspace

struct TreeComposeCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "compose",
    abstract: "Make the tree that Xen boots from: a board's tree with modules and command lines.",
    discussion: """
      FILE@ADDRESS is a file and the address that the bootloader loads it to, such as \
      zImage@0x44000000; sizes are read from the files. The result is judged by the linter, and \
      not written if it would not boot.

      Guests that Xen starts by itself stand in a YAML list, with dom0 or without one. Only `kernel` \
      and `memory` must be there; paths count from the list's own folder:

        - name: domU1
          kernel: { file: zImage, address: 0x4a00_0000 }
          initrd: { file: initrd.gz, address: 0x4b00_0000 }
          memory: 64MiB
          vcpus: 1
          arguments: console=ttyAMA0      # the kernel's command line
          console: true                   # a PL011 whose lines Xen shows
          enhanced: no-xenstore           # or enabled, legacy, disabled
          passthrough: { file: uart.dtb, address: 0x4c00_0000 }
          static-memory: [{ base: 0x5000_0000, size: 64MiB }]
          direct-map: true
          shared-memory:
            - { id: ring, role: owner, host: 0x6000_0000, guest: 0x6000_0000,
                size: 4KiB }
          event-channels: [{ port: 1, to: domU2, to-port: 1 }]
          capabilities: [control]         # and hardware, xenstore
          pool: { name: fast, processors: [/cpus/cpu@1], scheduler: "null" }

      A second guest of a pool names it alone, `pool: fast`; `dom0` is an end of event channels too. \
      Exit status 1 when the linter finds that it would not boot, 2 when it cannot be composed.
      """)

  @Argument(
    help: "The board's tree, compiled (.dtb) or as source (.dts).",
    completion: .file(extensions: ["dtb", "dts"]))
  var base: String

  @Option(
    name: [.customShort("o"), .customLong("output")],
    help: ArgumentHelp(
      "Where the tree goes; standard output without it, or as `-`.", valueName: "file"),
    completion: .file(extensions: ["dtb"]))
  var destination: String?

  @Option(
    help: ArgumentHelp("The version of Xen that boots.", valueName: "version"),
    transform: XenVersion.argument)
  var xen: XenVersion

  @Option(
    help: ArgumentHelp("The board; found out by the tree without it.", valueName: "name"))
  var board: String?

  @Option(
    help: ArgumentHelp(
      "dom0's kernel; without one there is no dom0.", valueName: "file@address"),
    completion: .file(), transform: Self.placed)
  var kernel: PlacedFile?

  @Option(
    help: ArgumentHelp("dom0's initial RAM disk.", valueName: "file@address"),
    completion: .file(), transform: Self.placed)
  var ramdisk: PlacedFile?

  @Option(
    help: ArgumentHelp("An XSM policy.", valueName: "file@address"),
    completion: .file(), transform: Self.placed)
  var policy: PlacedFile?

  @Option(
    help: ArgumentHelp("Xen's command line, in place of ours.", valueName: "text"))
  var xenArguments: String?

  @Option(
    help: ArgumentHelp("dom0's command line, in place of ours.", valueName: "text"))
  var dom0Arguments: String?

  @Option(
    help: ArgumentHelp(
      "Xen's console: an alias or a path; the board's or `stdout-path` without it.",
      valueName: "node"))
  var console: String?

  @Option(
    help: ArgumentHelp("Guests that Xen starts by itself, as a YAML list.", valueName: "file"),
    completion: .file(extensions: ["yaml"]))
  var domains: String?

  @Flag(help: "Write the tree even if it would not boot.")
  var force = false

  @OptionGroup var output: OutputOptions

  /// Nil for standard output.
  private var file: FilePath? { destination.flatMap { $0 == "-" ? nil : FilePath($0) } }

  func validate() throws {
    if file == nil, isatty(STDOUT_FILENO) == 1 {
      throw ValidationError("A tree is no text for a terminal: name a file with -o.")
    }
  }

  func run() async throws {
    let terminal = output.terminal
    var request = ComposedTree.Request(base: FilePath(base), xen: xen)
    request.board = board
    request.kernel = kernel
    request.ramdisk = ramdisk
    request.policy = policy
    request.xenArguments = xenArguments
    request.dom0Arguments = dom0Arguments
    request.console = console
    request.domains = domains.map { FilePath($0) }
    request.isForced = force
    let tree = try await ComposedTree(
      request, in: Surroundings(asking: Environment.value))
    tree.warnings.forEach(terminal.show)
    guard let file else { return terminal.output(tree.bytes) }
    var written = try AtomicFile(replacing: file)
    try written.write(tree.bytes.span.bytes)
    try written.commit()
  }

  private static func placed(_ text: String) throws -> PlacedFile {
    guard let file = PlacedFile(argument: text) else {
      throw ValidationError(
        "`\(text)` is no file with its address behind an @, such as zImage@0x44000000.")
    }
    try file.address.checkIsPhysical(text)
    return file
  }
}
