import BuiltProgram
import Foundation
import Testing

/// What the program says of itself, of boards, and of wrong usage.
@Suite struct CommandLineTests {
  @Test func helpNamesEveryCommand() async throws {
    let project = try TestProject()
    let help = try await project.run("--help")
    #expect(help.status == 0)
    #expect(help.errors == "")
    for command in ["init", "boards", "build", "emulate", "doctor"] {
      #expect(help.output.contains("\n  \(command) "), "no \(command) in:\n\(help.output)")
      let own = try await project.run("help", command)
      #expect(own.status == 0)
      #expect(own.output.contains("USAGE: ctboot \(command) "))
    }
  }

  @Test func version() async throws {
    let said = try await TestProject().run("--version")
    #expect(said.status == 0)
    #expect(said.output.wholeMatch(of: /\d+\.\d+\.\d+\n/) != nil, "\(said.output)")
  }

  @Test(arguments: [
    ["frob"], ["build", "--frob"], ["build", "-q", "-v"], ["emulate", "--until", "nowhere"],
    ["emulate", "--timeout", "0"], ["emulate", "-i", "--json"], ["init", "a", "b"],
  ])
  func wrongUsage(arguments: [String]) async throws {
    let project = try TestProject()
    let said = try await Ctboot.run(arguments, in: project.folder)
    #expect(said.status == 64)
    #expect(said.output == "")
    #expect(said.errors.hasPrefix("Error: "), "\(said.errors)")
    #expect(said.errors.contains("\nUsage: ctboot"), "\(said.errors)")
    #expect(!FileManager.default.fileExists(atPath: project["build"].path))
  }

  @Test func initWritesAProjectThatBuilds() async throws {
    let project = try TestProject()
    try FileManager.default.removeItem(at: project["ctboot.yaml"])
    let said = try await project.run("init", "bananapi")
    #expect(said.status == 0)
    #expect(
      said.errors == "wrote ctboot.yaml for bananapi; `ctboot build` makes its card image\n")
    let build = try await project.run("build", "--plan")
    #expect(build.status == 0)
    #expect(build.output.hasPrefix("bananapi: LeMaker Banana Pi, Xen 4.17 with dom0\n"))
    #expect(!FileManager.default.fileExists(atPath: project["build"].path))
  }

  @Test func initNeverWritesOverAProject() async throws {
    let project = try TestProject("board: mine\n")
    let said = try await project.run("init")
    #expect(said.status == 2)
    #expect(
      said.errors == """
        error: ctboot.yaml is there already, and is not written over
          help: edit it, move it away, or go to another folder

        """)
    #expect(try project.text(of: "ctboot.yaml") == "board: mine\n")
    #expect(try project.files(in: ".") == ["ctboot.yaml"])
  }

  @Test func initOfAnUnknownBoard() async throws {
    let project = try TestProject()
    try FileManager.default.removeItem(at: project["ctboot.yaml"])
    let said = try await project.run("init", "bananpi")
    #expect(said.status == 2)
    #expect(said.errors.hasSuffix("  help: did you mean `bananapi`?\n"), "\(said.errors)")
    #expect(try project.files(in: ".") == [])
  }

  @Test func quietBuildsSayNothing() async throws {
    let project = try TestProject()
    let said = try await project.run("build", "-q", "-o", "card")
    #expect(said.status == 0 && said.output == "" && said.errors == "")
    #expect(
      try project.files(in: "card") == [
        ".lock", "boot/boot.cmd", "boot/boot.scr", "boot/initrd", "boot/kernel", "boot/xen",
        "boot/xen.dtb", "cubietruck.img", "cubietruck.img.bmap", "manifest.json", "memory-map.svg",
      ])
  }
}
