import Boards
import Diagnostics
import StrictYAML
import Testing

/// The file of a distribution: its words go into paths of the cache and onto apt's command line.
@Suite struct DistributionTests {
  static let text = """
    distribution: debian
    title: Debian
    architecture: armhf
    packages:
      xen: { package: xen-demo, through: xen-hypervisor-, member: boot/xen-*-armhf, source: x }
      kernel: { package: linux-demo, member: boot/vmlinuz-*, source: x }
      config: { package: linux-demo, member: boot/config-*, source: x }
      tree: { package: linux-trees, member: usr/lib/linux-*/, source: x }
      busybox: { package: busybox, member: bin/busybox, source: x }

    """

  private func complaint(_ old: String, _ new: String) throws -> String {
    let parts = Self.text.split(separator: old, maxSplits: 1, omittingEmptySubsequences: false)
    #expect(parts.count == 2, "the text has no `\(old)`")
    do {
      _ = try Distribution(
        text: parts.joined(separator: new), file: "Boards/distribution/debian.yaml")
      return "accepted"
    } catch {
      return error.diagnostic.message
    }
  }

  @Test func theShippedFileIsFine() throws {
    let file = "distribution/debian.yaml"
    let debian = try Distribution(text: ShippedFiles.text(file), file: file)
    #expect(debian.architecture == "armhf")
    #expect(debian.tree.member == "usr/lib/linux-image-*/")
    #expect(try complaint("debian", "debian") == "accepted")
  }

  @Test(
    arguments: [
      ("architecture: armhf", "architecture: ../../x"),
      ("architecture: armhf", "architecture: 'armhf\"; };'"),
      ("distribution: debian", "distribution: ../debian"),
      ("distribution: debian", "distribution: slackware"),
      ("package: xen-demo", "package: -oDir=/"),
      ("package: xen-demo", "package: ../../x"),
      ("package: xen-demo", "package: Xen"),
      ("through: xen-hypervisor-", "through: ''"),
      ("through: xen-hypervisor-", "through: 'a b'"),
      ("member: bin/busybox", "member: ../busybox"),
      ("member: bin/busybox", "member: /bin/busybox"),
      ("member: bin/busybox", "member: bin/"),
      ("member: boot/vmlinuz-*", "member: boot/*/vmlinuz-*"),
      ("member: usr/lib/linux-*/", "member: usr/lib/linux-*"),
      ("member: usr/lib/linux-*/", "member: usr/../lib/"),
      ("member: usr/lib/linux-*/", "member: /"),
    ])
  func whatCouldLeadElsewhereIsRefused(old: String, new: String) throws {
    #expect(try complaint(old, new) != "accepted")
  }

  @Test func wordsTellWhatIsWanted() throws {
    #expect(
      try complaint("package: xen-demo", "package: Xen").contains(
        "the name of a Debian package, in lower case"))
    #expect(
      try complaint("member: usr/lib/linux-*/", "member: usr/lib/linux-*").contains(
        "the relative path of a folder, with a slash at its end"))
  }
}
