import BuiltProgram
import Foundation
import OutsideTools
import Testing

/// Trees and overlays that a project brings as sources.
@Suite struct SourceInputTests {
  private struct Manifest: Decodable {
    struct Source: Decodable, Equatable {
      let path: String
      let sha256: String
    }
    struct Input: Decodable {
      let role: String
      let path: String?
      let sources: [Source]?
    }
    let inputs: [Input]
  }

  /// A source that uses cpp, and makes Debian's own tree for the board.
  private static func source() async throws -> String {
    let tree = try await DebianFile.tree("sun7i-a20-cubietruck").url()
    let text = try OutsideTool.run("dtc", ["-q", "-I", "dtb", "-O", "dts", tree.path])
    try #require(text.status == 0)
    return text.output
  }

  private static func sha256(_ file: URL) throws -> String {
    String(try OutsideTool.run("sha256sum", ["-b", file.path]).output.prefix { $0 != " " })
  }

  @Test func aSourceMakesTheTreeThatItsBlobMakes() async throws {
    let project = try TestProject(
      """
      board: cubietruck
      inputs: { tree: dts/board.dts, include-paths: [shared] }

      """)
    try project.write(
      "#include <marks.h>\n#include \"parts/board.dtsi\"\n/ { MARK = \"a\"; };\n",
      as: "dts/board.dts")
    try project.write(try await Self.source(), as: "dts/parts/board.dtsi")
    try project.write("#define MARK mark\n", as: "shared/marks.h")
    let outcome = try await project.run("build", "--offline")
    try #require(outcome.status == 0, "\(outcome.errors)")

    let good = try await GoodBuild.shared().project
    let difference = try await project.run(
      "tree", "diff", good["build/boot/xen.dtb"].path, "build/boot/xen.dtb")
    #expect(difference.output == "/\n+ mark = \"a\";\n")

    let data = try Data(contentsOf: project["build/manifest.json"])
    let tree = try #require(
      try JSONDecoder().decode(Manifest.self, from: data).inputs.first { $0.role == "tree" })
    #expect(tree.path == "dts/board.dts")
    let files = ["dts/board.dts", "dts/parts/board.dtsi", "shared/marks.h"]
    let sources = try files.map { try Manifest.Source(path: $0, sha256: Self.sha256(project[$0])) }
    #expect(tree.sources == sources)
    let text = try project.text(of: "build/manifest.json")
    #expect(!text.contains("/tmp") && !text.contains(project.folder.path))
  }

  /// From another folder, the sources are still named as seen from the project file.
  @Test func anOverlayAsSource() async throws {
    let project = try TestProject(
      """
      board: cubietruck
      inputs: { tree: board.dts, overlays: [led.dts] }

      """)
    try project.write(try await Self.source(), as: "board.dts")
    try project.write(
      "/dts-v1/;\n/plugin/;\n&{/} { model = \"With an overlay\"; };\n", as: "led.dts")
    let outcome = try await Ctboot.run(
      ["build", "--offline", "-p", project["ctboot.yaml"].path, "-o", "card"],
      in: project.folder.deletingLastPathComponent())
    try #require(outcome.status == 0, "\(outcome.errors)")
    let said = try await project.run("tree", "get", "../card/boot/xen.dtb", "/", "model")
    #expect(said.output == "With an overlay\n")
    let data = try Data(contentsOf: project["../card/manifest.json"])
    let inputs = try JSONDecoder().decode(Manifest.self, from: data).inputs
    #expect(inputs.map(\.role) == ["bootloader", "xen", "kernel", "tree", "overlay", "busybox"])
    #expect(inputs.compactMap { $0.sources?.map(\.path) } == [["board.dts"], ["led.dts"]])
  }

  @Test(arguments: [
    (
      "/dts-v1/;\n/ {\n\ta = <1>\n};\n",
      """
      error: the device tree board.dts cannot be compiled: dtc cannot read this
        at board.dts:4:1
        help: look at what stands before: a semicolon that is missing is noticed at what follows
      """
    ),
    (
      "/dts-v1/;\n#include \"soc.dtsi\"\n/ { };\n",
      """
      error: the device tree board.dts cannot be compiled: cpp: soc.dtsi: No such file or directory
        at board.dts:2:10
        help: add the folder that holds it to the include paths
      """
    ),
    (
      "/dts-v1/;\n/ {\n  a = <&nowhere>;\n};\n",
      """
      error: the device tree board.dts cannot be compiled: reference to non-existent node or label \
      "nowhere"
        at board.dts:3:8
        help: write the label before the node that is meant, or include the file that does
      """
    ),
    (
      "/dts-v1/;\n#include \"pipe\"\n/ { };\n",
      """
      error: the device tree board.dts cannot be compiled: `pipe` is a pipe, which could be read for \
      ever
        at board.dts:2:1
        help: include a file of source text
      """
    ),
  ])
  func aSourceThatCannotBeCompiled(source: String, words: String) async throws {
    let project = try await TestProject.built("inputs: { tree: board.dts }\n")
    try project.write(source, as: "board.dts")
    try #require(mkfifo(project["pipe"].path, 0o600) == 0)
    try await project.expectRefusal(words)
  }

  @Test func aSourceAndAFolderThatAreNotThere() async throws {
    let project = try await TestProject.built(
      "inputs: { overlays: [led.dts], include-paths: [headers] }\n")
    try await project.expectRefusal(
      """
      error: led.dts does not exist
        note: it is to be the overlay, by `inputs: overlays:` in the project file
        help: check the name, or create the file
      """)
    try project.write("/dts-v1/;\n/plugin/;\n&{/} { };\n", as: "led.dts")
    try await project.expectRefusal(
      """
      error: there is no folder headers, where #include and /include/ are to look
        help: correct its name, or leave it out
      """)
  }

  /// Guests are for the flows with Xen.
  @Test func guestsThatNobodyWouldStart() async throws {
    let project = try await TestProject.built(
      "flow: linux\ndomains:\n  - { kernel: { file: z, address: 0x4a00_0000 }, memory: 64MiB }\n")
    try await project.expectRefusal(
      """
      error: the project has guests, but its flow `linux` starts none
        at ctboot.yaml:4:15
        help: take `domains:` out, or say `flow: xen` or `flow: dom0less`
      """)
  }
}
