import BootImages
import DeviceTree
import Diagnostics
import Measures
import Testing
import XenTree

/// Trees that would make Xen hang, refused with the reason.
@Suite struct RefusalTests {
  private static func refusal(
    _ plan: XenTree, on base: DeviceTree = Sample.base()
  ) -> XenTreeError? {
    do {
      _ = try plan.composed(on: base)
      return nil
    } catch {
      return error
    }
  }

  private static func words(_ error: XenTreeError?) -> String {
    guard let diagnostic = error?.diagnostic else { return "accepted" }
    return "\(diagnostic.message) (\(diagnostic.help ?? "no help"))"
  }

  /// 4.3 is the first release that boots on 32-bit ARM, so nobody knows what older ones would read.
  @Test(arguments: [(4, 2), (4, 1), (3, 4), (0, 0)])
  func aVersionWithoutARM(major: Int, minor: Int) {
    let version = XenVersion(major: major, minor: minor)
    #expect(
      Self.words(Self.refusal(Sample.plan(version: version))) == """
        there is no Xen \(version) for 32-bit ARM: 4.3 was the first (correct `xen: version:` in \
        the project file, or leave it out to have it read from the image)
        """)
  }

  @Test(arguments: [[], [Sample.ramdisk]])
  func noKernel(modules: [XenModule]) {
    let error = Self.refusal(Sample.plan(modules: modules))
    #expect(error == .noKernel)
    #expect(
      Self.words(error) == "there is no kernel for dom0 (give one as `inputs: kernel:`)")
  }

  /// Xen has 1024 bytes for a command line and the zero byte after it.
  @Test func argumentsTooLong() {
    var plan = Sample.plan()
    (plan.xenArguments, plan.dom0Arguments) = (
      String(repeating: "x", count: 1023), String(repeating: "d", count: 1023)
    )
    #expect(Self.refusal(plan) == nil)

    plan.dom0Arguments += "d"
    #expect(Self.refusal(plan) == .argumentsTooLong(owner: "dom0", length: 1024))
    #expect(
      Self.words(Self.refusal(plan)) == """
        the command line of dom0 is 1024 bytes long; Xen takes 1023 and hangs without a word on \
        more (shorten `dom0: arguments:` in the project file)
        """)

    // Bytes count, not characters.
    plan.xenArguments = String(repeating: "ö", count: 512)
    #expect(Self.refusal(plan) == .argumentsTooLong(owner: "Xen", length: 1024))
    #expect(
      Self.words(Self.refusal(plan)).hasSuffix("(shorten `xen: arguments:` in the project file)"))
  }

  @Test func aConsoleMayBeAPath() {
    #expect(Self.refusal(Sample.plan(console: "/soc/serial@1c28000")) == nil)
  }

  @Test func noSuchConsole() {
    let error = Self.refusal(Sample.plan(console: "serial1"))
    #expect(error == .consoleMissing("serial1", path: nil))
    #expect(
      Self.words(error) == """
        the board's tree has no alias `serial1`, so Xen would find no console (use the tree of \
        this board, or name the console's node by its path as `xen-uart` in a board file of your \
        own)
        """)
    var bare = Sample.base()
    bare.root.children.removeAll { $0.name == "aliases" }
    #expect(Self.refusal(Sample.plan(), on: bare) == .consoleMissing("serial0", path: nil))
  }

  @Test func anAliasToNothing() {
    let error = Self.refusal(Sample.plan(), on: Sample.base(alias: "/soc/serial@1c28400"))
    #expect(error == .consoleMissing("serial0", path: "/soc/serial@1c28400"))
    #expect(
      Self.words(error) == """
        Xen's console `serial0` is `/soc/serial@1c28400`, which is not in the board's tree (use \
        the tree of this board, or correct `xen-uart` in a board file of your own)
        """)
  }

  /// Xen compares whole paths, unit addresses and all.
  @Test(
    arguments: [
      "/soc/serial", "/soc/serial@1C28000x", "/soc//serial@1c28000", "/soc/serial@1c28000/", "/",
    ])
  func aPathThatXenWouldNotFind(path: String) {
    #expect(Self.refusal(Sample.plan(console: path)) == .consoleMissing(path, path: path))
    let base = Sample.base(alias: path)
    #expect(Self.refusal(Sample.plan(), on: base) == .consoleMissing("serial0", path: path))
  }

  @Test(arguments: ["soc/serial@1c28000", ""])
  func anAliasThatIsNoPath(alias: String) {
    let base = Sample.base(alias: alias)
    #expect(Self.refusal(Sample.plan(), on: base) == .consoleMissing("serial0", path: alias))
  }

  @Test(arguments: [(0, 1), (1, 0), (3, 1), (2, 3), (UInt32.max, 1)] as [(UInt32, UInt32)])
  func oddCells(address: UInt32, size: UInt32) {
    let chosen = Node(
      name: "chosen",
      properties: [.cells("#address-cells", [address]), .cells("#size-cells", [size])])
    let error = Self.refusal(Sample.plan(), on: Sample.base(chosen: chosen))
    #expect(error == .oddCells(address: Int(address), size: Int(size)))
    #expect(
      Self.words(error) == """
        `/chosen` of the board's tree has #address-cells \(address) and #size-cells \(size); Xen's \
        modules need 1 or 2 of each (correct the tree's source)
        """)
  }

  @Test func beyondCells() {
    let last = XenModule(kind: .kernel, address: 0xffff_f000, size: 0xffff_ffff)
    #expect(Self.refusal(Sample.plan(modules: [last])) == nil)
    let high = XenModule(kind: .kernel, address: 0x1_0000_0000, size: 1)
    #expect(Self.refusal(Sample.plan(modules: [high])) == .beyondCells(high))
    #expect(
      Self.words(.beyondCells(high)) == """
        a module at 0x100000000 does not fit into the 32-bit cells of the tree's `/chosen` (load \
        it below 4 GiB)
        """)
    let large = XenModule(kind: .kernel, address: 0x4000_0000, size: 0x1_0000_0000)
    #expect(Self.refusal(Sample.plan(modules: [large])) == .beyondCells(large))
  }
}
