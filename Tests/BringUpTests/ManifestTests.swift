import BuiltProgram
import Foundation
import OutsideTools
import Testing

/// What the manifest says is so.
@Suite struct ManifestTests {
  let project: TestProject
  let manifest: ManifestFile

  init() async throws {
    project = try await GoodBuild.shared().project
    manifest = try ManifestFile(in: project)
  }

  private func sha256(_ file: URL) throws -> String {
    let result = try OutsideTool.run("sha256sum", ["-b", file.path])
    try #require(result.status == 0, "\(result.output)")
    return String(result.output.prefix { $0 != " " })
  }

  private func size(_ file: URL) throws -> Int? {
    try FileManager.default.attributesOfItem(atPath: file.path)[.size] as? Int
  }

  @Test func whatItIsOf() {
    #expect(manifest.manifest == 1)
    #expect(manifest.board == "cubietruck")
    #expect(manifest.xen == "4.17")
    #expect(manifest.image.name == "cubietruck.img")
  }

  @Test func artefactsAreTheFilesInBoot() throws {
    #expect(manifest.artefacts.map(\.name).sorted() == CardTests.files.map { "boot/\($0)" })
    for artefact in manifest.artefacts {
      let file = project["build"].appending(path: artefact.name)
      #expect(try sha256(file) == artefact.sha256, "\(artefact.name)")
      #expect(try size(file) == artefact.size, "\(artefact.name)")
    }
    #expect(try size(project["build/cubietruck.img"]) == manifest.image.size)
  }

  @Test func inputsAreTheFilesOfThePackages() async throws {
    #expect(manifest.inputs.map(\.role) == ["bootloader", "xen", "kernel", "tree", "busybox"])
    let files: [(String, DebianFile)] = [
      ("bootloader", .cubietruck), ("xen", .xen), ("kernel", .kernel),
      ("tree", .tree("sun7i-a20-cubietruck")),
    ]
    for (role, file) in files {
      let url = try await file.url()
      let input = try #require(manifest.inputs.first { $0.role == role })
      #expect(try sha256(url) == input.sha256, "\(role)")
      #expect(try size(url) == input.size, "\(role)")
      let package = try #require(input.package)
      #expect(url.path.hasSuffix("/members/\(package.sha256)/files/\(package.member)"))
    }
  }

  @Test func regionsLieOneBehindTheOther() throws {
    let regions = manifest.image.regions
    #expect(regions.map(\.name) == ["partition table", "bootloader", "boot partition (FAT)"])
    for (region, next) in zip(regions, regions.dropFirst()) {
      #expect(region.offset + region.size <= next.offset)
    }
    let last = try #require(regions.last)
    #expect(last.offset + last.size <= manifest.image.size)
  }

  /// Nothing in it tells where or when it was made.
  @Test func itNamesNoPlaceAndNoTime() throws {
    let text = try project.text(of: "build/manifest.json")
    for word in [project.folder.path, "/tmp", NSHomeDirectory() + "/", "UTC", "+00:00"] {
      #expect(!text.contains(word))
    }
  }
}
