import Foundation
import OutsideTools
import SystemPackage
import Testing
import Workspace

/// Project files on the disk.
@Suite struct ProjectFileTests {
  @Test func aFileAndItsFolder() throws {
    try OutsideTool.withTemporaryFolder { (folder) throws in
      let file = folder.appendingPathComponent("mine.yaml")
      try Data("board: cubietruck\n".utf8).write(to: file)
      let project = try Project(contentsOf: FilePath(file.path))
      #expect(project == Project(folder: FilePath(folder.path), board: "cubietruck"))
    }
  }

  @Test func errorsNameTheFileAsItWasGiven() throws {
    try OutsideTool.withTemporaryFolder { (folder) throws in
      let file = folder.appendingPathComponent("mine.yaml")
      try Data("board: cubietruck\nflwo: xen\n".utf8).write(to: file)
      #expect(
        try rendered { try Project(contentsOf: FilePath(file.path)) } == """
          error: `flwo` is not a key here
            at \(file.path):2:1
            note: known keys: version, board, flow, root, inputs, xen, dom0, linux, domains, load, image, lint
            help: did you mean `flow`?
          """)
    }
  }

  @Test func aMissingFile() throws {
    #expect(
      try rendered { try Project(contentsOf: "nowhere/ctboot.yaml") } == """
        error: there is no project file nowhere/ctboot.yaml
          help: write one with `ctboot init`, or name another with `-p FILE`
        """)
    // Without a folder in its name, the file's folder is the working one.
    #expect(
      try rendered { try Project(contentsOf: "no-such.yaml") } == """
        error: there is no project file no-such.yaml
          help: write one with `ctboot init`, or name another with `-p FILE`
        """)
  }

  @Test func aFolder() throws {
    try OutsideTool.withTemporaryFolder { (folder) throws in
      #expect(
        try rendered { try Project(contentsOf: FilePath(folder.path)) } == """
          error: \(folder.path) is a folder, not a file
            help: name a file in it
          """)
    }
  }

  @Test func somethingElseAltogether() throws {
    try OutsideTool.withTemporaryFolder { (folder) throws in
      let image = folder.appendingPathComponent("card.img")
      try Data(count: (1 << 20) + 1).write(to: image)
      #expect(
        try rendered { try Project(contentsOf: FilePath(image.path)) } == """
          error: \(image.path) is 1.0 MiB long, and at most 1 MiB are read
            help: check that it is the file you mean
          """)
      try Data(count: 100).write(to: image)
      #expect(
        try rendered { try Project(contentsOf: FilePath(image.path)) } == """
          error: the character U+0000 must not stand in this file
            at \(image.path):1:1
            help: remove it; it is most likely invisible in your editor
          """)
    }
  }
}
