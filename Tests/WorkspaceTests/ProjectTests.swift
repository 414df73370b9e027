import BootImages
import Diagnostics
import FAT
import Measures
import SystemPackage
import Testing
import Workspace
import XenTree

/// What a project file says.
@Suite struct ProjectTests {
  @Test(arguments: ["board: cubietruck", "# a word\nversion: 1\nboard: cubietruck\n"])
  func aBoardIsEnough(text: String) throws {
    let project = try Project(text: text)
    #expect(project == Project(folder: "/somewhere", board: "cubietruck"))
    let debian = Project.Source.debian(package: nil, version: nil)
    #expect(project.inputs.bootloader == debian)
    #expect(project.inputs.xen == debian)
    #expect(project.inputs.kernel == debian)
    #expect(project.inputs.tree == debian)
    #expect(project.xen.arguments == "")
    #expect(project.xen.version == nil)
    #expect(project.dom0.memory == nil)
    #expect(project.dom0.vcpus == nil)
    #expect(project.dom0.arguments == "")
    #expect(project.image.size == nil)
    #expect(project.image.bootKind == .fat32)
    #expect(project.image.bootSize == .mebibytes(64))
  }

  @Test func everyKey() throws {
    var project = Project(folder: "/somewhere", board: "orangepi-pc")
    project.inputs.bootloader = .path("own/u-boot.bin")
    project.inputs.xen = .debian(package: "xen-hypervisor-4.17-armhf", version: nil)
    project.inputs.kernel = .debian(package: "linux-image-armmp", version: "6.1.176-1~bpo12+1")
    project.inputs.tree = .path("/trees/board.dts")
    project.inputs.scriptBin = .path("script.bin")
    project.inputs.config = .path("own/config")
    project.inputs.fallbackKernel = .path("old/zImage")
    project.inputs.fallbackTree = .path("old/board.dtb")
    project.inputs.fallbackXen = .path("old/xen")
    project.inputs.overlays = ["spi.dtbo", "/trees/can.dts"]
    project.inputs.includePaths = ["linux/include"]
    project.flow = .linux
    project.linux.arguments = "a  'b'"
    project.image.bootScript = .extlinux
    project.xen.arguments = "loglvl=all"
    project.xen.version = XenVersion(major: 4, minor: 16)
    project.dom0.memory = .mebibytes(256)
    project.dom0.vcpus = 3
    project.dom0.arguments = "quiet # no comment"
    project.image.size = .gibibytes(1)
    project.image.bootKind = .fat16
    project.image.bootSize = .mebibytes(32)
    var read = try Project(text: Project.everyKey)
    #expect(read.load.mapValues(\.address) == [.xen: 0x4300_0000, .kernel: nil])
    #expect(read.load.values.map(\.span.file) == ["ctboot.yaml", "ctboot.yaml"])
    read.load = [:]
    let guest = try #require(read.domains.first)
    #expect(read.domains.count == 1)
    #expect(guest.domain == XenDomain(name: "unikernel", memory: .mebibytes(64), modules: []))
    #expect(guest.files.map(\.file.path) == ["guests/zImage"])
    #expect(guest.files.first?.file.span?.line != nil)
    read.domains = []
    #expect(read == project)
  }

  /// Whatever the file names is counted from its own folder.
  @Test func whereFilesLie() throws {
    let project = Project(folder: "/somewhere", board: "x")
    #expect(project.file("a/b.dtb") == "/somewhere/a/b.dtb")
    #expect(project.file("/a/b.dtb") == "/a/b.dtb")
    // As the user would write it, not with a dot in front.
    #expect(Project(folder: ".", board: "x").file("a/b.dtb") == "a/b.dtb")
  }

  @Test func noGuestsAndNoOverlays() throws {
    let project = try Project(text: "board: x\ndomains: []\ninputs: { overlays: [] }\n")
    #expect(project == Project(folder: "/somewhere", board: "x"))
  }

  /// What mends a release changes nothing of what it reads.
  @Test func aPatchedRelease() throws {
    let project = try Project(text: "board: x\nxen: { version: 4.17.5 }\n")
    #expect(project.xen.version == XenVersion(major: 4, minor: 17))
  }

  @Test func partsOfASectionKeepTheOthersDefaults() throws {
    let project = try Project(
      text: """
        board: cubietruck
        xen: { version: auto }
        inputs: { tree: debian }
        image:
          size: auto
          boot: { size: 128MiB }
        """)
    var wanted = Project(folder: "/somewhere", board: "cubietruck")
    wanted.image.bootSize = .mebibytes(128)
    #expect(project == wanted)
  }

  @Test(
    arguments: [
      ("debian", .debian(package: nil, version: nil)),
      ("debian:xen", .debian(package: "xen", version: nil)),
      ("debian:g++=4:12.2.0-3", .debian(package: "g++", version: "4:12.2.0-3")),
      ("debian.img", .path("debian.img")), ("./debian:x", .path("./debian:x")),
      ("debian-kernel", .path("debian-kernel")), ("../up/xen", .path("../up/xen")),
    ] as [(String, Project.Source)])
  func sources(text: String, source: Project.Source) throws {
    let project = try Project(text: "board: x\ninputs: { xen: \"\(text)\" }")
    #expect(project.inputs.xen == source)
  }
}
