import BootImages
import BringUp
import Diagnostics
import Measures
import MemoryPlanner
import SystemPackage
import Testing
import Workspace

/// Whether the board's RAM holds what dom0 and the guests are to have, variant by variant.
@Suite struct DomainMemoryTests {
  private static func text(_ diagnostic: Diagnostic) -> String {
    let place = diagnostic.span.map { " (line \($0.line))" } ?? ""
    return
      (["\(diagnostic.severity.rawValue): \(diagnostic.message)\(place)"] + diagnostic.notes
      + ["help: \(diagnostic.help ?? "-")"]).joined(separator: "\n")
  }

  /// What is said of memory: the refusal, else the warnings.
  private static func words(_ inputs: SmallInputs) throws -> String {
    do {
      return try inputs.plan().warnings.map(text).joined(separator: "\n")
    } catch let fault as MemoryFault {
      #expect(fault.diagnostics.count == 1)
      return text(fault.diagnostic)
    }
  }

  /// The Cubietruck is sold with 1 GiB and with 2 GiB.
  private static func cubietruck(dom0: ByteCount? = nil) -> SmallInputs {
    var inputs = SmallInputs(
      board: "cubietruck", builtFor: "sun7i-a20-cubietruck", dom0Memory: dom0)
    // What the linter says of sizes is another matter.
    inputs.accepted = [SmallInputs.acceptance(of: "dom0-*")]
    return inputs
  }

  @Test func everyVariantHasIt() throws {
    #expect(try Self.words(Self.cubietruck()) == "")
    // Boots may differ, and none fails.
    #expect(try Self.words(Self.cubietruck(dom0: .mebibytes(256))) == "")
  }

  @Test func onlyTheLargerVariantHasIt() throws {
    let words = try Self.words(Self.cubietruck(dom0: .gibibytes(1)))
    #expect(
      words == """
        warning: dom0 cannot have 1 GiB of memory on the cubietruck with 1 GiB of RAM
        with 1 GiB of RAM: only 983 MiB of memory is free for dom0
        help: unless yours has more RAM, give it a size that every boot places alike: `dom0: { memory: 512MiB }` in the \
        project file; such sizes are 128 MiB, 512 MiB
        """)
  }

  @Test func noVariantHasIt() throws {
    let inputs = Self.cubietruck(dom0: .gibibytes(2))
    let words = try Self.words(inputs)
    #expect(
      words == """
        error: dom0 cannot have 2 GiB of memory on the cubietruck
        with 1 GiB of RAM: only 983 MiB of memory is free for dom0
        with 2 GiB of RAM: only 1.9 GiB of memory is free for dom0
        help: give it a size that every boot places alike: `dom0: { memory: 512MiB }` in the \
        project file; such sizes are 128 MiB, 512 MiB
        """)
    // The map is drawn all the same, with what would do.
    let fault = #expect(throws: MemoryFault.self) { try inputs.plan() }
    let map = try #require(fault?.map)
    #expect(map.dom0?.word == "cannot fit" && map.claims(at: .loading).count == 9)
    #expect(map.determinedSizes?.contains(.mebibytes(512)) == true)
  }

  @Test func someBootsMayFail() throws {
    var inputs = SmallInputs(dom0Memory: .mebibytes(700))
    inputs.accepted = [SmallInputs.acceptance(of: "dom0-*")]
    let words = try Self.words(inputs)
    #expect(
      words == """
        warning: a boot may fail to give dom0 700 MiB of memory on the bananapi
        with 1 GiB of RAM: no block of 4 MiB or more may be left for the last 4 MiB of dom0's memory
        help: give it a size that every boot places alike: `dom0: { memory: 512MiB }` in the \
        project file; such sizes are 128 MiB, 512 MiB, 768 MiB
        """)
    #expect(try inputs.plan().memoryMap().determinedSizes?.isEmpty == false)
  }

  /// What is certain on the larger variant only is no advice for the smaller one.
  @Test func noSizeIsCertainEverywhere() throws {
    #expect(
      try Self.words(SmallInputs(board: "nanopi-neo", builtFor: "sun8i-h3-nanopi-neo")) == """
        warning: a boot may fail to give dom0 64 MiB of memory on the nanopi-neo with 256 MiB of RAM
        with 256 MiB of RAM: no free block of 64 MiB at a multiple of its size lies below \
        0x100000000 for dom0's first bank
        help: none of the sizes that were tried is certain to find room on every variant; with \
        512 MiB of RAM, these are: 64 MiB, 256 MiB
        """)
  }

  /// Releases that nobody has read are given no more than the RAM there is.
  @Test func anUnknownXen() throws {
    var inputs = Self.cubietruck(dom0: .mebibytes(2048 - 31))
    inputs.xenVersion = .init(major: 4, minor: 21)
    #expect(try Self.words(inputs).hasPrefix("error: dom0 cannot have 1.9 GiB of memory"))
    inputs.dom0Memory = .mebibytes(512)
    #expect(try Self.words(inputs) == "")
  }

  // MARK: Guests

  private static func guests(_ memory: [String]) throws -> [Guest] {
    let lines = memory.enumerated().map {
      "  - { name: g\($0), memory: \($1), kernel: { file: zImage, address: 0x4700_0000 } }\n"
    }
    let text = "board: bananapi\ndomains:\n" + lines.joined()
    return try Project(parsing: Array(text.utf8), file: "ctboot.yaml", folder: "/nowhere").domains
  }

  /// dom0 has 512 MiB of the 1 GiB; Xen's heap and its table of pages take 40 MiB.
  @Test func guestsBesideDom0() throws {
    var inputs = SmallInputs()
    inputs.domains = try Self.guests(["256MiB", "128MiB"])
    #expect(try Self.words(inputs) == "")
    inputs.domains = try Self.guests(["256MiB", "256MiB"])
    let words = try Self.words(inputs)
    #expect(
      words == """
        error: dom0 and the guests are to have 1 GiB of memory together, but Xen leaves 983 MiB on \
        the bananapi (line 3)
        dom0: 512 MiB
        g0: 256 MiB
        g1: 256 MiB
        Xen keeps its heap, its table of pages and all loaded files until guests have started
        help: give them less: `memory:` of the guests under `domains:`, or `dom0: memory:` in the \
        project file
        """)
  }

  @Test func guestsForTheLargerVariant() throws {
    var inputs = Self.cubietruck()
    inputs.domains = try Self.guests(["900MiB"])
    #expect(
      try Self.words(inputs).hasPrefix(
        "warning: dom0 and the guests are to have 1.3 GiB of memory together, but Xen leaves"))
    inputs.domains = try Self.guests(["17179869183GiB", "17179869183GiB"])
    #expect(try Self.words(inputs).hasPrefix("error: dom0 and the guests are to have "))
  }
}
