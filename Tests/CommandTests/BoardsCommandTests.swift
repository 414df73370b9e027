import BuiltProgram
import Foundation
import Testing

/// `ctboot boards` and `ctboot doctor`, and boards of the user's own.
@Suite struct BoardsCommandTests {
  private struct Shown: Decodable {
    let board: String
    let soc: String
    let memory: [UInt64]
    let load: [String: String]
    let emulatedBy: String?
    let dom0: Dom0
    let sources: [Source]

    struct Dom0: Decodable {
      let memory: UInt64
      let arguments: [String]
    }

    struct Source: Decodable {
      let section: String
      let source: String
    }
  }

  private static var decoder: JSONDecoder {
    let decoder = JSONDecoder()
    decoder.keyDecodingStrategy = .convertFromSnakeCase
    return decoder
  }

  @Test func allBoards() async throws {
    let project = try TestProject()
    let text = try await project.run("boards")
    let json = try await project.run("boards", "--json")
    #expect(text.status == 0 && json.status == 0)
    let boards = try Self.decoder.decode([Shown].self, from: Data(json.output.utf8))
    let names = boards.map(\.board)
    #expect(names == names.sorted() && names.contains("cubietruck"))
    let lines = text.output.split(separator: "\n")
    #expect(lines.map { String($0.prefix { $0 != " " }) } == names)
  }

  @Test func oneBoard() async throws {
    let project = try TestProject()
    let text = try await project.run("boards", "cubietruck")
    #expect(text.status == 0)
    #expect(text.output.contains("\nload kernel  0x44000000\n"), "\(text.output)")
    #expect(text.output.contains("sources of Boards/cubietruck.yaml\n"))
    let json = try await project.run("boards", "cubietruck", "--json")
    let board = try Self.decoder.decode(Shown.self, from: Data(json.output.utf8))
    #expect(board.soc == "a20")
    #expect(board.memory == [1 << 30, 2 << 30])
    #expect(board.load["kernel"] == "0x44000000")
    #expect(board.emulatedBy == "orangepi-pc")
    #expect(board.dom0.memory == 512 << 20)
    #expect(board.sources.contains { $0.section == "dram" })
  }

  @Test func aBoardThatIsNotKnown() async throws {
    let said = try await TestProject().run("boards", "cubitruck")
    #expect(said.status == 2)
    #expect(said.errors.hasSuffix("  help: did you mean `cubietruck`?\n"))
  }

  /// A file Boards/myboard.yaml beside the project is enough for a new board.
  @Test func aBoardOfTheUsersOwn() async throws {
    let project = try TestProject("board: myboard\n")
    let shipped = URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "../../Boards/cubietruck.yaml").standardized
    let board = try String(contentsOf: shipped, encoding: .utf8)
    try project.write(
      board.replacing("board: cubietruck", with: "board: myboard"), as: "Boards/myboard.yaml")
    let boards = try await project.run("boards")
    #expect(boards.output.contains("myboard "))
    let build = try await project.run("build")
    #expect(build.status == 0, "\(build.errors)")
    #expect(try project.files().contains("myboard.img"))
    try FileManager.default.removeItem(at: project["ctboot.yaml"])
    #expect(try await project.run("init", "myboard").status == 0)
  }

  @Test func aBoardFileWithATypo() async throws {
    let project = try TestProject("board: myboard\n")
    try project.write("board: myboard\nsock: a20\n", as: "Boards/myboard.yaml")
    let said = try await project.run("build")
    #expect(said.status == 2)
    #expect(said.errors.contains("  at ./Boards/myboard.yaml:"), "\(said.errors)")
  }

  @Test func aDoctorWithNothingToDo() async throws {
    let said = try await TestProject().run("doctor")
    #expect(said.status == 0, "\(said.output)")
    #expect(!said.output.contains("missing"))
  }

  @Test func aDoctorWithoutQEMU() async throws {
    let project = try TestProject()
    let path = try BadSurroundingsTests.pathWithoutQEMU(project)
    let said = try await project.run("doctor", environment: ["PATH": path])
    #expect(said.status == 1)
    // The columns are as wide as the path.
    let output = said.output.replacing(path, with: "PATH").replacing(/[ ]{2,}/, with: "  ")
    #expect(
      output == """
        found  apt-get  PATH/apt-get  for ctboot build, ctboot emulate
        found  apt-cache  PATH/apt-cache  for ctboot build, ctboot emulate
        missing  qemu-system-arm  it emulates the boards  for ctboot emulate
        missing  dtc  it compiles sources of device trees  for ctboot build, ctboot lint, ctboot tree
        missing  cpp  it reads the #include lines of such sources  for ctboot build, ctboot lint, ctboot tree

        to mend it: apt-get install cpp device-tree-compiler qemu-system-arm

        """)
  }
}
