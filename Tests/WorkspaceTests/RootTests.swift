import Measures
import StrictYAML
import SystemPackage
import Testing
import Workspace

/// What a project file says of the root.
@Suite struct RootTests {
  private static func root(_ lines: String) throws -> Project.RootContent? {
    let text = "board: cubietruck\n" + lines
    let project = try Project(parsing: Array(text.utf8), file: "ctboot.yaml", folder: "/somewhere")
    return project.root.volume
  }

  @Test func theRAMDiskUnlessSaid() throws {
    #expect(try Self.root("") == nil)
    #expect(try Self.root("root: busybox\n") == nil)
  }

  @Test(arguments: [
    ("root: rootfs.tar.xz", ["rootfs.tar.xz"]), ("root: overlay/", ["overlay/"]),
    ("root: [base.tar, overlay]", ["base.tar", "overlay"]),
    ("root: { from: base.tar }", ["base.tar"]),
    ("root: { from: [base.tar, more.deb] }", ["base.tar", "more.deb"]),
  ])
  func layers(line: String, layers: [String]) throws {
    let root = try #require(try Self.root(line + "\n"))
    #expect(root.layers == layers)
    #expect(root.files == [] && root.owners == nil && !root.allowsDevices)
  }

  @Test func filesAndWhoOwnsThem() throws {
    let root = try #require(
      try Self.root(
        """
        root:
          from: tree
          owners: owners.txt
          devices: true
          files:
            /etc/hostname: name
            /sbin/probe: { from: out/probe, mode: 04755, owner: 1000:100 }

        """))
    #expect(root.owners == "owners.txt")
    #expect(root.allowsDevices)
    var probe = Project.RootFile(path: "/sbin/probe", file: "out/probe")
    (probe.mode, probe.owner, probe.group) = (0o4755, 1000, 100)
    #expect(root.files == [Project.RootFile(path: "/etc/hostname", file: "name"), probe])
  }

  @Test func howLargeThePartitionIs() throws {
    func size(_ line: String) throws -> ByteCount? {
      try Project(
        parsing: Array("board: cubietruck\n\(line)\n".utf8), file: "ctboot.yaml", folder: "."
      ).image.rootSize
    }
    #expect(try size("image: { root: { size: 512MiB } }") == .mebibytes(512))
    #expect(try size("image: { root: { type: ext4, size: auto } }") == nil)
    #expect(try size("") == nil)
  }
}
