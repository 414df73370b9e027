import Foundation
import ImageWriter
import Measures
import OutsideTools
import SystemPackage
import Testing

/// The kernel's own ext4, at the volume's offset within the image, shows what GNU tar unpacks. Mounting
/// takes root: without it the test fails.
@Suite struct KernelViewTests {
  let bench: RootBench

  init() throws { bench = try RootBench() }

  /// Every path's type, permissions, owners, links, size, time and target; all contents; attributes.
  private func view(_ folder: String) throws -> String {
    try bench.shell(
      """
      cd \(folder)
      find . -name lost+found -prune -o -printf '%P %y %m %U %G %n %s %T@ %l\\n' |
        sed -E 's/^([^ ]*) d ([0-7]+ [0-9]+ [0-9]+) [0-9]+ [0-9]+/\\1 d \\2/' | LC_ALL=C sort
      find . -type f -print0 | LC_ALL=C sort -z | xargs -0 sha256sum
      find . -type b -o -type c | LC_ALL=C sort | xargs -r stat -c '%n %t %T'
      find . -name lost+found -prune -o -print0 | LC_ALL=C sort -z |
        xargs -0 getfattr -d -h -m - -e hex
      """)
  }

  /// With `--acls` GNU tar would store lists with names instead of numbers.
  @Test(arguments: ["pax --xattrs --xattrs-include='*'", "gnu"])
  func aRootAsTarUnpacksIt(format: String) throws {
    try bench.shell(
      """
      mkdir -p r/dev r/etc r/usr/lib r/var; cd r
      ln -s usr/lib lib; ln -s /etc/passwd etc/link; mkfifo var/pipe
      mknod dev/null c 1 3; mknod dev/big b 1000 300000
      seq 200000 > usr/lib/numbers; ln usr/lib/numbers etc/numbers; truncate -s 70M var/hole
      printf x >> var/hole; printf y > "$(printf 'etc/\\351 \\n\\033')"; : > etc/empty
      seq -f 'usr/lib/with-a-long-name-so-that-the-folder-is-large-%.0f' 3000 | xargs touch
      chmod 4755 usr/lib/numbers; chmod 1777 var; chown 1000:70000 etc/empty
      setfattr -n user.note -v text etc/empty
      setfattr -n security.capability -v 0x0100000200200000000000000000000000000000 usr/lib/numbers
      setfacl -m u:1001:rx,d:g:7:rwx etc; setfacl -m u:5:rw etc/empty
      find . -exec touch -h -d '2019-03-04 05:06:07.12345' {} +
      tar --format=\(format) --numeric-owner -S -cf ../root.tar .
      mkdir ../out; tar -C ../out --numeric-owner --xattrs --xattrs-include='*' -xpf ../root.tar
      """)
    let written = try bench.write([.archive(bench.path("root.tar"))])
    try bench.shell("mkdir mounted")
    let mount = try OutsideTool.run(
      "mount",
      [
        "-t", "ext4", "-o", "loop,ro,offset=\(RootBench.start.rawValue)", written.image.path,
        bench.path("mounted").string,
      ])
    try #require(mount.status == 0, "mounting needs root and loop devices: \(mount.output)")
    defer { _ = try? OutsideTool.run("umount", [bench.path("mounted").string]) }
    let (ours, theirs) = (try view("mounted"), try view("out"))
    let isSame = ours == theirs
    if !isSame {
      let lines = Set(ours.split(separator: "\n"))
        .symmetricDifference(theirs.split(separator: "\n")).sorted().prefix(20)
      Issue.record("different lines:\n\(lines.joined(separator: "\n"))")
    }
    #expect(ours.contains("posix_acl_default") == (format != "gnu"))
  }
}
