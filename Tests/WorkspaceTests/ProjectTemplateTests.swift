import Foundation
import Measures
import SystemPackage
import Testing
import Workspace

/// The project file that `ctboot init` writes says what it claims to say.
@Suite struct ProjectTemplateTests {
  let text: String

  init() throws {
    let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    text = try String(contentsOf: root.appending(path: "Templates/ctboot.yaml"), encoding: .utf8)
      .replacing("{{{board}}}", with: "cubietruck").replacing("{{{memory}}}", with: "512MiB")
  }

  @Test func asItIs() throws {
    #expect(!text.contains("{{"))
    #expect(try Project(text: text) == Project(folder: "/somewhere", board: "cubietruck"))
  }

  /// Every key can be had by taking the mark before it away, and then says the default.
  @Test func withAllItsLinesInUse() throws {
    let keyLine = /# ( *[a-z0-9-]+:.*)/
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map { line in
      line.wholeMatch(of: keyLine).map(\.output.1) ?? line
    }
    var wanted = Project(folder: "/somewhere", board: "cubietruck")
    // These two are the board's, which a project without them leaves to it.
    wanted.dom0.memory = .mebibytes(512)
    wanted.dom0.vcpus = 2
    var project = try Project(text: lines.joined(separator: "\n"))
    #expect(project.dom0.memorySpan != nil)
    project.dom0.memorySpan = nil
    #expect(project == wanted)
    // What was not taken for a key is the two lines of introduction.
    #expect(lines.filter { $0.hasPrefix("#") }.count == 2)
    for key in ["flow", "inputs", "xen", "dom0", "root", "image"] {
      #expect(lines.contains { $0.hasPrefix("\(key):") }, "\(key) is not shown")
    }
  }
}
