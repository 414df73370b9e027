import Boards
import Foundation
import OutsideTools
import SystemPackage
import Testing
import Workspace

/// Whose Boards and Templates count: the project's, then those of CTBOOT_DATA, then the shipped.
@Suite struct DataFilesTests {
  /// Folders `project` and `data` with these files in them, and what is found there.
  private func withData(
    _ files: [String: String], _ body: (DataFiles, URL) throws -> Void
  ) throws {
    try OutsideTool.withTemporaryFolder { (folder) throws in
      for name in ["project", "data/Boards"] {
        try FileManager.default.createDirectory(
          at: folder.appendingPathComponent(name), withIntermediateDirectories: true)
      }
      for (path, text) in files {
        let file = folder.appendingPathComponent(path)
        try FileManager.default.createDirectory(
          at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(text.utf8).write(to: file)
      }
      let surroundings = try Surroundings(
        environment: [
          "HOME": "/h", "CTBOOT_DATA": folder.appendingPathComponent("data").path,
        ])
      let project = FilePath(folder.appendingPathComponent("project").path)
      try body(try DataFiles(project: project, surroundings: surroundings), folder)
    }
  }

  private static func shipped() throws -> DataFiles {
    try DataFiles(project: nil, surroundings: Surroundings(environment: ["HOME": "/h"]))
  }

  /// The file of a shipped board with some of its text changed.
  private static func board(_ name: String, _ change: (String, String)...) throws -> String {
    let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    let text = try String(
      contentsOf: root.appending(path: "Boards/\(name).yaml"), encoding: .utf8)
    return change.reduce(text) { text, change in text.replacing(change.0, with: change.1) }
  }

  @Test func whatIsShipped() throws {
    let data = try Self.shipped()
    #expect(try data.boards().boards.map(\.name).contains("cubietruck"))
    #expect(try data.distribution("debian").name == "debian")
    for name in ["xen.cmd", "init.sh", "ctboot.yaml"] {
      let template = try data.template(name)
      #expect(template.file == "Templates/\(name)")
      #expect(template.text.hasPrefix("#") && template.text.hasSuffix("\n"))
    }
    #expect(try data.boards().board(named: "cubietruck").file == "Boards/cubietruck.yaml")
  }

  /// What the program carries was parsed when it was built; a copy of the files says the same.
  @Test func theShippedBoardsAreTheFiles() throws {
    let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    func texts(in folder: String) throws -> [(file: String, text: String)] {
      try FileManager.default.contentsOfDirectory(atPath: root.appending(path: folder).path)
        .filter { $0.hasSuffix(".yaml") }
        .map { name in
          let file = "\(folder)/\(name)"
          return (file, try String(contentsOf: root.appending(path: file), encoding: .utf8))
        }
    }
    let catalogue = try BoardCatalogue(
      socs: texts(in: "Boards/soc").map { try SoC(text: $0.text, file: $0.file) },
      boards: texts(in: "Boards").map { try Board(text: $0.text, file: $0.file) })
    let data = try Self.shipped()
    #expect(try data.boards() == catalogue)
    let debian = "Boards/distribution/debian.yaml"
    let text = try String(contentsOf: root.appending(path: debian), encoding: .utf8)
    #expect(try data.distribution("debian") == Distribution(text: text, file: debian))

    // A linter finds each of them by what it is for.
    let matching = try data.matching()
    for board in catalogue.boards {
      let found = try matching.target(compatible: board.identity.compatible)
      #expect(found.board == board)
      #expect(try found.soc == catalogue.soc(of: board))
    }
    for soc in catalogue.socs {
      let found = try matching.target(compatible: ["x,y", soc.identity.treeCompatible])
      #expect(found.soc == soc)
    }
  }

  @Test func theOrderOfTemplates() throws {
    let (own, common) = ("project/Templates/xen.cmd", "data/Templates/xen.cmd")
    try withData([own: "own\n", common: "common\n"]) { (data, folder) throws in
      let template = try data.template("xen.cmd")
      #expect(template.text == "own\n")
      #expect(template.file == folder.appendingPathComponent(own).path)
      #expect(try data.template("init.sh").file == "Templates/init.sh")
    }
    try withData([common: "common\n"]) { (data, folder) throws in
      let template = try data.template("xen.cmd")
      #expect(template.text == "common\n")
      #expect(template.file == folder.appendingPathComponent(common).path)
    }
  }

  @Test func theOrderOfBoards() throws {
    let path = "Boards/cubietruck.yaml"
    func titled(_ title: String) throws -> String {
      try Self.board("cubietruck", ("model: Cubietech Cubietruck", "model: \(title)"))
    }
    try withData([
      "project/\(path)": titled("Own"), "data/\(path)": titled("Common"),
    ]) { (data, _) throws in
      #expect(try data.boards().board(named: "cubietruck").identity.model == "Own")
    }
    try withData(["data/\(path)": titled("Common")]) { (data, folder) throws in
      let board = try data.boards().board(named: "cubietruck")
      #expect(board.identity.model == "Common")
      #expect(board.file == folder.appendingPathComponent("data/\(path)").path)
    }
  }

  @Test func aNewBoardIsFound() throws {
    let text = try Self.board("cubietruck", ("board: cubietruck", "board: my-board"))
    try withData(["project/Boards/my-board.yaml": text]) { (data, _) throws in
      let catalogue = try data.boards()
      #expect(try catalogue.board(named: "my-board").soc == "a20")
      #expect(try catalogue.boards.count == Self.shipped().boards().boards.count + 1)
    }
  }

  @Test func otherFilesAreNoBoards() throws {
    let broken = "not a board"
    try withData([
      "project/Boards/README.md": broken, "project/Boards/.hidden.yaml": broken,
      "project/Boards/deeper/x.yaml": broken, "project/Boards/x.yaml~": broken,
    ]) { (data, _) throws in
      #expect(try data.boards() == Self.shipped().boards())
    }
  }

  @Test func aBrokenBoardNamesFileAndLine() throws {
    let text = try Self.board("cubietruck", ("status: untested", "staus: untested"))
    try withData(["project/Boards/cubietruck.yaml": text]) { (data, folder) throws in
      let file = folder.appendingPathComponent("project/Boards/cubietruck.yaml").path
      #expect(
        try rendered { try data.boards() } == """
          error: `staus` is not a key here
            at \(file):4:1
            help: did you mean `status`?
          """)
    }
  }

  @Test func aBoardThatIsNoText() throws {
    try withData([:]) { (data, folder) throws in
      let file = folder.appendingPathComponent("data/Boards/x.yaml")
      try Data([0xFF, 0xFE]).write(to: file)
      #expect(
        try rendered { try data.boards() } == """
          error: \(file.path) is no UTF-8 text
            help: save it as UTF-8
          """)
    }
  }

  @Test(arguments: ["nothing", "data/Boards"])
  func aBadDataFolder(name: String) throws {
    try withData([:]) { (_, folder) throws in
      let path = folder.appendingPathComponent(name).path
      let surroundings = try Surroundings(environment: ["HOME": "/h", "CTBOOT_DATA": path])
      #expect(
        try rendered { try DataFiles(project: nil, surroundings: surroundings) } == """
          error: CTBOOT_DATA names `\(path)`, which holds neither Boards nor Templates
            help: name the folder that holds them, or unset CTBOOT_DATA for the shipped ones
          """)
    }
  }

  @Test func noSuchFile() throws {
    let data = try Self.shipped()
    #expect(
      try rendered { try data.template("uenv.txt") } == """
        error: there is no Templates/uenv.txt
          help: put one beside the project file or below CTBOOT_DATA
        """)
    #expect(try rendered { try data.distribution("slackware") }.contains("slackware.yaml"))
  }
}
