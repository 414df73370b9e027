import BuiltProgram
import Foundation
import OutsideTools
import Testing

/// `root:` in a project, from an archive to a booted root.
@Suite(.serialized) struct RootBuildTests {
  private static let rootInit = """
    #!/bin/busybox sh
    /bin/busybox mount -t proc proc /proc
    /bin/busybox --install -s /bin
    echo "the root is up: $(grep ' / ' /proc/mounts | tail -n 1)"
    exec setsid cttyhack sh

    """

  /// A folder `tree` with busybox and an init, and `root.tar` of it.
  private static func project(_ text: String, named name: String = "project") async throws
    -> TestProject
  {
    let project = try TestProject(text, named: name)
    try await project.write(DebianFile.busybox.data(), as: "tree/bin/busybox")
    try project.write(rootInit, as: "tree/sbin/init")
    for folder in ["dev", "proc", "sys", "tmp"] {
      try FileManager.default.createDirectory(
        at: project["tree/" + folder], withIntermediateDirectories: true)
    }
    let packed = try OutsideTool.run(
      "sh",
      [
        "-c",
        "chmod -R u=rwX,go=rX tree && chmod 755 tree/bin/busybox tree/sbin/init && "
          + "tar --sort=name --mtime=@1700000000 --owner=0 --group=0 --numeric-owner -C tree -cf root.tar .",
      ], in: project.folder)
    try #require(packed.status == 0, "\(packed.output)")
    return project
  }

  /// The volume, checked by e2fsck, out of the image.
  private static func check(_ image: String, in project: TestProject) throws -> String {
    let table = try OutsideTool.run("sfdisk", ["-d", image], in: project.folder).output
    let line = try #require(
      table.split(separator: "\n").first { $0.contains(".img2 ") }, "\(table)")
    let start = try #require(line.firstMatch(of: /start= *(\d+)/).flatMap { Int($0.output.1) })
    let check = try OutsideTool.run(
      "e2fsck", ["-fn", "\(image)?offset=\(start * 512)"], in: project.folder)
    #expect(check.status == 0, "\(check.output)")
    #expect(line.contains("type=83"))
    return check.output
  }

  @Test func anArchiveBecomesAPartition() async throws {
    let project = try await Self.project("board: cubietruck\nroot: root.tar\n")
    let outcome = try await project.run("build")
    try #require(outcome.status == 0, "\(outcome.errors)")
    #expect(
      outcome.errors
        == "wrote build/cubietruck.img, with manifest.json, memory-map.svg and boot/ beside it\n")
    _ = try Self.check("build/cubietruck.img", in: project)

    let manifest = try project.text(of: "build/manifest.json")
    let id = try #require(manifest.firstMatch(of: /"partuuid" : "([0-9a-f]{8})-02"/)?.output.1)
    let table = try OutsideTool.run(
      "sfdisk", ["-d", "build/cubietruck.img"], in: project.folder
    ).output
    #expect(table.contains("label-id: 0x\(id)"))
    #expect(manifest.contains("root=PARTUUID=\(id)-02 rootfstype=ext4 rootwait rw"))
  }

  /// A card that was used before: what the map leaves out stays what it was, and does not count.
  @Test func theBlockMapIsEnough() async throws {
    let project = try await Self.project("board: cubietruck\nroot: root.tar\n")
    let outcome = try await project.run("build")
    try #require(outcome.status == 0, "\(outcome.errors)")
    let image = try Data(contentsOf: project["build/cubietruck.img"])
    try project.write(Data(repeating: 0xA5, count: image.count), as: "card.img")
    let copy = try OutsideTool.run(
      "bmaptool",
      ["-q", "copy", "--bmap", "build/cubietruck.img.bmap", "build/cubietruck.img", "card.img"],
      in: project.folder)
    #expect(copy.status == 0, "\(copy.output)")
    _ = try Self.check("card.img", in: project)
    let boot = try OutsideTool.run(
      "sh",
      [
        "-c",
        "dd if=card.img of=boot.img bs=1M skip=1 count=64 status=none && fsck.fat -n boot.img",
      ],
      in: project.folder)
    #expect(boot.status == 0, "\(boot.output)")
  }

  /// The folder's path, the names' order on the disk and the time of day do not count.
  @Test func theSameInputsElsewhere() async throws {
    let text = "board: cubietruck\nroot: [root.tar, more]\n"
    var images: [Data] = []
    for name in ["here", "elsewhere"] {
      let project = try await Self.project(text, named: name)
      for file in name == "here" ? ["a", "b", "c"] : ["c", "b", "a"] {
        try project.write("\(file)\n", as: "more/etc/\(file)")
      }
      let touch = try OutsideTool.run(
        "sh", ["-c", "chmod -R u=rwX,go=rX more && find more | xargs touch -h -d @1700000000"],
        in: project.folder)
      #expect(touch.status == 0)
      let outcome = try await project.run(
        "build", environment: ["TZ": name == "here" ? "UTC" : "Asia/Tokyo"])
      try #require(outcome.status == 0, "\(outcome.errors)")
      images.append(try Data(contentsOf: project["build/cubietruck.img"]))
    }
    let areSame = images[0] == images[1]
    #expect(areSame)
  }

  @Test(arguments: [
    ("root: missing.tar", "error: missing.tar does not exist"),
    ("root: text.tar", "error: text.tar is no archive but a text file"),
    ("root: cut.tar", "error: cut.tar ends too early"),
    ("root: { from: root.tar, owners: missing }", "error: missing does not exist"),
    ("root: root.tar\nimage: { size: 70MiB }", "error: an image of 70 MiB cannot hold the card"),
    (
      "root: root.tar\nimage: { root: { size: 1MiB } }",
      "error: "
    ),
  ])
  func whatCannotBecomeOne(lines: String, message: String) async throws {
    let project = try await Self.project("board: cubietruck\n\(lines)\n")
    try project.write("hello\n", as: "text.tar")
    try project.write(Data(contentsOf: project["root.tar"]).prefix(300_000), as: "cut.tar")
    let outcome = try await project.run("build")
    #expect(outcome.status == 2)
    #expect(outcome.errors.hasPrefix(message), "\(outcome.errors)")
    #expect(outcome.errors.contains("help: "))
    // Nothing half written, hidden or not.
    let left = (try? project.files().filter { $0 != ".lock" }) ?? []
    #expect(left == [])
  }

  @Test func itBoots() async throws {
    let project = try await Self.project("board: qemu-virt\nroot: root.tar\n")
    let outcome = try await project.run("emulate", "--log", "serial.log", "--timeout", "900")
    try #require(outcome.status == 0, "\(outcome.errors)")
    let log = try project.text(of: "serial.log")
    #expect(
      log.contains("the root is up: /dev/root / ext4 rw")
        || log.contains(/the root is up: \/dev\/vda2 \/ ext4 rw/), "\(log.suffix(2000))")
    #expect(outcome.output.contains("prompt"))
  }
}
