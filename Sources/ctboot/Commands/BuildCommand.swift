import ArgumentParser
import BringUp
import Measures
import SystemPackage

struct BuildCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "build", abstract: "Make the card image of a project.",
    discussion: """
      Leaves in DIR: the image, named after the board; beside it its block map, by which bmaptool \
      writes only what matters; manifest.json (what went in, and where it lies); memory-map.svg (where everything lies in memory); boot/ (the files of the boot \
      partition). A build over an earlier one changes of its image only what differs, and passes \
      over a root whose sources look unchanged by their inodes and times. Exit status 1 when the \
      linter finds that the board would not boot with its tree, 2 when the image cannot be made.
      """)

  @OptionGroup var options: ProjectOptions
  @Flag(help: "Print what would be written, and write nothing.")
  var plan = false
  @Flag(help: "Read what the root is made of again, even where it looks unchanged.")
  var rehash = false
  @OptionGroup var output: OutputOptions

  func run() async throws {
    let terminal = output.terminal
    let build = try await Build(options.load(), in: options.surroundings()) { terminal.show($0) }
    if plan {
      terminal.output(build.plan.text)
      return
    }
    let image = try await build.write(into: options.folder, rehash: rehash)
    terminal.say("wrote \(image), with manifest.json, memory-map.svg and boot/ beside it")
  }
}
