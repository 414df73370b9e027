import Diagnostics
import Measures
import StrictYAML
import Testing
import Workspace
import XenTree

/// Guests as a file describes them.
@Suite struct GuestTests {
  private static func guests(_ text: String) throws -> [Guest] {
    try Guest.list(parsing: Array(text.utf8), file: "guests.yaml")
  }

  private static func words(_ text: String) throws -> String {
    try rendered { try guests(text) }
  }

  @Test func theLeast() throws {
    let guests = try Self.guests(
      """
      - { kernel: { file: zImage, address: 0x4a00_0000 }, memory: 64MiB }
      - { kernel: { file: zImage, address: 0x4b00_0000 }, memory: 32MiB }

      """)
    #expect(guests.map(\.domain.name) == ["domU1", "domU2"])
    let guest = try #require(guests.first)
    #expect(guest.domain == XenDomain(name: "domU1", memory: .mebibytes(64), modules: []))
    #expect(guest.files.map(\.kind) == [.kernel])
    #expect(guest.files.map(\.file.path) == ["zImage"])
    #expect(guest.files.map(\.file.address) == [0x4a00_0000])
    #expect(guest.files.first?.file.span?.description == "guests.yaml:1:13")
    #expect(guest.channels.isEmpty && guest.pool == nil)
  }

  @Test func everyKey() throws {
    let guest = try #require(
      try Self.guests(
        """
        - name: unikernel
          kernel: { file: zImage, address: 0x4a00_0000 }
          initrd: { file: initrd.gz, address: 0x4b00_0000 }
          passthrough: { file: uart.dtb, address: 0x4c00_0000 }
          memory: 64MiB
          vcpus: 2
          arguments: "console=ttyAMA0 # no comment"
          console: true
          enhanced: no-xenstore
          direct-map: true
          static-memory: [{ base: 0x5000_0000, size: 64MiB }]
          shared-memory:
            - { id: ring, role: owner, host: 0x6000_0000, guest: 0x6000_0000, size: 4KiB }
            - { id: log, host: 0x6001_0000, guest: 0x6001_0000, size: 4KiB }
          event-channels:
            - { port: 1, to: domU2, to-port: 3 }
            - { port: 2, to: dom0, to-port: 9 }
          capabilities: [control, hardware]
          pool: { name: fast, processors: [/cpus/cpu@1], scheduler: "null" }

        """
      ).first)
    var wanted = XenDomain(
      name: "unikernel", memory: .mebibytes(64), processors: 2, modules: [],
      arguments: "console=ttyAMA0 # no comment", hasConsole: true, interfaces: .noXenstore,
      isDirectMapped: true, capabilities: [.control, .hardware], pool: "fast")
    wanted.staticMemory = [AddressRange(start: 0x5000_0000, size: .mebibytes(64))].compactMap(
      \.self)
    wanted.sharedMemory = [
      .init(id: "ring", role: .owner, host: 0x6000_0000, guest: 0x6000_0000, size: 4096),
      .init(id: "log", host: 0x6001_0000, guest: 0x6001_0000, size: 4096),
    ]
    #expect(guest.domain == wanted)
    #expect(guest.files.map(\.kind) == [.kernel, .ramdisk, .tree])
    #expect(
      guest.channels == [
        EventChannel(.init(domain: "unikernel", port: 1), .init(domain: "domU2", port: 3)),
        EventChannel(.init(domain: "unikernel", port: 2), .init(domain: nil, port: 9)),
      ])
    #expect(
      guest.pool
        == ProcessorPool(name: "fast", processors: ["/cpus/cpu@1"], scheduler: "null"))
  }

  @Test func aPoolOfAnother() throws {
    let guest = try #require(
      try Self.guests(
        "- { kernel: { file: z, address: 0x1000 }, memory: 1MiB, pool: fast }\n"
      ).first)
    #expect(guest.domain.pool == "fast" && guest.pool == nil)
  }

  /// A guest in one line with something added to it, and what is said of that.
  @Test(
    arguments: [
      ("vcpu: 2", "`vcpu` is not a key here", "did you mean `vcpus`?"),
      ("vcpus: 0", "wanted a number from 1 to 128, found `0`", "write a number from 1 to 128"),
      ("console: yes", "wanted `true` or `false`, found `yes`", "write `true` or `false`"),
      (
        "enhanced: enable", "`enable` is none of `enabled`, `legacy`, `no-xenstore`, `disabled`",
        "did you mean `enabled`?"
      ),
      (
        "capabilities: [controls]", "`controls` is none of `control`, `hardware`, `xenstore`",
        "did you mean `control`?"
      ),
      ("name: dom0", "wanted a name other than `dom0`, found `dom0`", "write a name other than"),
      ("static-memory: [{ base: 0x1000 }]", "`size` is missing", "add a line `size: …`"),
      (
        "static-memory: [{ base: 0xffff_ffff_ffff_f000, size: 8KiB }]",
        "wanted a size that ends within 64 bits of address, found `8KiB`", "write a size"
      ),
      (
        "shared-memory: [{ id: a, role: lender, host: 0, guest: 0, size: 4KiB }]",
        "`lender` is none of `owner`, `borrower`", "write one of these"
      ),
      (
        "event-channels: [{ port: 1024, to: dom0, to-port: 1 }]",
        "wanted a number from 1 to 1023, found `1024`", "write a number"
      ),
      ("pool: { name: fast }", "`processors` is missing", "add a line `processors: …`"),
      (
        "initrd: initrd.gz",
        "wanted a file and its address, as { file: NAME, address: 0x4a00_0000 }, found `initrd.gz`",
        "write a file and its address"
      ),
      ("initrd: { file: \"\", address: 0 }", "wanted a path, found the text ``", "write a path"),
      (
        "arguments: \"a\\nb\"", "wanted a command line of printable ASCII in one line, found",
        "write a command line"
      ),
    ])
  func whatIsRefused(line: String, message: String, help: String) throws {
    let words = try Self.words(
      "- { kernel: { file: z, address: 0x1000 }, memory: 1MiB,\n    \(line) }\n")
    #expect(words.hasPrefix("error: \(message)"), "\(words)")
    #expect(words.contains("help: \(help)"), "\(words)")
    // On the added line, but for a key that is missing from the whole.
    #expect(words.contains("\n  at guests.yaml:2:"), "\(words)")
  }

  @Test func noKernelAndNoList() throws {
    #expect(
      try Self.words("- memory: 64MiB\n") == """
        error: `kernel` is missing
          at guests.yaml:1:3
          help: add a line `kernel: …` to this mapping
        """)
    #expect(
      try Self.words("memory: 64MiB\n") == """
        error: wanted a list of guests, each behind a `- `, found a mapping
          at guests.yaml:1:1
          help: write a list of guests, each behind a `- `
        """)
    #expect(try Self.words("[]\n").hasPrefix("error: wanted at least one guest, found a list"))
  }

  @Test(arguments: ["zImage@0x44000000", "a@b/zImage@0x4400_0000"])
  func aFileAndItsPlace(text: String) throws {
    let file = try #require(PlacedFile(argument: text))
    #expect(file.address == 0x4400_0000 && file.path.hasSuffix("zImage"))
  }

  @Test(arguments: ["zImage", "zImage@", "zImage@44000000", "@0x44000000", "zImage@0xg", "z@0x"])
  func noFileAndItsPlace(text: String) {
    #expect(PlacedFile(argument: text) == nil)
  }
}
