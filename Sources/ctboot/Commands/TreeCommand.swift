import ArgumentParser
import BringUp
import DeviceTree
import Diagnostics
import Reports
import SystemPackage

struct TreeCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "tree", abstract: "Look at device trees, compare them, make them for Xen.",
    subcommands: [Show.self, Get.self, Diff.self, TreeComposeCommand.self])

  /// What every part of it takes.
  struct Includes: ParsableArguments {
    @Option(
      name: [.customShort("I", allowingJoined: true), .customLong("include")],
      help: ArgumentHelp(
        "Where #include and /include/ of a source look further.", valueName: "dir"),
      completion: .directory)
    var includes: [String] = []

    func file(_ path: String) async throws -> TreeFile {
      try await TreeFile(FilePath(path), includePaths: includes.map { FilePath($0) })
    }
  }

  struct Show: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "show",
      abstract: "Print a tree, or a part of it, as source text.")

    @Argument(help: "A .dtb or .dts.", completion: .file())
    var file: String
    @Argument(help: "The path of the node to print.")
    var node = "/"
    @OptionGroup var includes: Includes
    @OptionGroup var output: OutputOptions

    func run() async throws {
      let file = try await includes.file(file)
      output.terminal.output(node == "/" ? file.tree.source : try file.node(at: node).source)
    }
  }

  struct Get: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "get",
      abstract: "Print the value of a property, or list a node's properties and nodes.",
      discussion: "Without --raw, the value is source text; texts alone are printed as they are.")

    @Argument(help: "A .dtb or .dts.", completion: .file())
    var file: String
    @Argument(help: "The path of the node.")
    var node: String
    @Argument(help: "The property's name.")
    var property: String?
    @Flag(help: "Print the bytes of the value as they are.")
    var raw = false
    @OptionGroup var includes: Includes
    @OptionGroup var output: OutputOptions

    func run() async throws {
      let file = try await includes.file(file)
      let terminal = output.terminal
      guard let property else {
        let node = try file.node(at: node)
        let lines = node.properties.map(\.source) + node.children.map { "\($0.name) { … };" }
        terminal.output(lines.map { $0 + "\n" }.joined())
        return
      }
      let found = try file.property(property, of: node)
      if raw {
        terminal.output(found.value)
      } else if let text = found.string, found.sourceValue.hasPrefix("\"") {
        terminal.output(text + "\n")
      } else if !found.value.isEmpty {
        terminal.output(found.sourceValue + "\n")
      }
    }
  }

  struct Diff: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "diff",
      abstract: "Tell in what two trees differ in meaning.",
      discussion: "The order of nodes and properties means nothing. Exit status 1 when they differ."
    )

    @Argument(help: "A .dtb or .dts.", completion: .file())
    var old: String
    @Argument(help: "Another.", completion: .file())
    var new: String
    @Flag(help: "Print JSON.")
    var json = false
    @OptionGroup var includes: Includes
    @OptionGroup var output: OutputOptions

    func run() async throws {
      let differences = TreeDifference.between(
        try await includes.file(old).tree, try await includes.file(new).tree)
      output.terminal.output(
        json
          ? try JSONText.text(differences.map { TreeDifferenceRecord($0) })
          : TreeDifference.text(differences))
      if !differences.isEmpty { throw ExitCode(1) }
    }
  }
}
