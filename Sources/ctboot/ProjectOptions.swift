import ArgumentParser
import BringUp
import Files
import Foundation
import Measures
import SystemPackage
import Workspace

/// Which project, and where its files go.
struct ProjectOptions: ParsableArguments {
  @Option(
    name: [.customShort("p"), .customLong("project")],
    help: ArgumentHelp("The project file.", valueName: "file"), completion: .file())
  var project = "ctboot.yaml"

  @Option(
    name: [.customShort("o"), .customLong("output")],
    help: ArgumentHelp("Where the files go.", valueName: "dir"), completion: .directory)
  var output = "build"

  @Flag(help: "Use the cache of packages alone.")
  var offline = false

  /// The project as its file says it.
  func load() throws -> Project { try Project(contentsOf: FilePath(project)) }

  var folder: FilePath { FilePath(output) }

  func surroundings() throws -> Surroundings {
    var surroundings = try Surroundings(asking: Environment.value)
    surroundings.offline = offline
    return surroundings
  }
}
