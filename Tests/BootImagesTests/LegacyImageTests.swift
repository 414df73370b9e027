import BootImages
import Bytes
import Measures
import Testing

@Suite struct LegacyImageTests {
  static let commands = Array("echo hello\nboot\n".utf8)

  @Test func readsEveryField() throws {
    let bytes = Fixture.legacy(type: 5, payload: [1, 2, 3]) + [9, 9]
    let image = try LegacyImage(parsing: bytes.span.bytes)
    #expect(image.name == "fixture")
    #expect(image.time == 1_000_000_000)
    #expect(image.load == 0x4A00_0000)
    #expect(image.entry == 0x4A00_0040)
    #expect(image.operatingSystem == .uBoot)
    #expect(image.architecture == .arm)
    #expect(image.kind == .firmware)
    #expect(image.compression == .none)
    #expect(image.payload == 64..<67)
    #expect(image.size == 67)
  }

  @Test func aNameMayFillItsField() throws {
    let name = String(repeating: "n", count: 32)
    let bytes = try LegacyImage.script(text: Self.commands, name: name, time: 0)
    #expect(try LegacyImage(parsing: bytes.span.bytes).name == name)
  }

  @Test func dumpimageReadsOurScript() throws {
    let script = try LegacyImage.script(
      text: Self.commands, name: "a script", time: 1_000_000_000)
    let listing = try Tool.run("dumpimage", ["-l"], on: script)
    #expect(
      listing == """
        Image Name:   a script
        Created:      Sun Sep  9 01:46:40 2001
        Image Type:   ARM Linux Script (uncompressed)
        Data Size:    24 Bytes = 0.02 KiB = 0.00 MiB
        Load Address: 00000000
        Entry Point:  00000000
        Contents:
           Image 0: 16 Bytes = 0.02 KiB = 0.00 MiB

        """)
  }

  @Test func dumpimageReadsOurKernel() throws {
    let kernel = try LegacyImage.wrapping(
      [1, 2, 3, 4], kind: .kernel, load: 0x4000_8000, entry: 0x4000_8040, name: "a kernel",
      time: 1_000_000_000)
    let listing = try Tool.run("dumpimage", ["-l"], on: kernel)
    #expect(
      listing == """
        Image Name:   a kernel
        Created:      Sun Sep  9 01:46:40 2001
        Image Type:   ARM Linux Kernel Image (uncompressed)
        Data Size:    4 Bytes = 0.00 KiB = 0.00 MiB
        Load Address: 40008000
        Entry Point:  40008040

        """)
    #expect(throws: LegacyImageError.beyondHeader) {
      try LegacyImage.wrapping([], kind: .kernel, load: 0x1_0000_0000, name: "", time: 0)
    }
  }

  @Test func aScriptComesBackAsItWent() throws {
    let bytes = try LegacyImage.script(text: Self.commands, name: "round trip", time: 7)
    let image = try LegacyImage(parsing: bytes.span.bytes)
    #expect(image.kind == .script)
    #expect(try image.scriptText(in: bytes.span.bytes) == Self.commands)
  }

  @Test func theFirstOfTwoTextsIsTheScript() throws {
    var payload: [UInt8] = []
    for word in [3, 2, 0] as [UInt32] { payload.append(bigEndian: word) }
    payload += Array("one".utf8) + [0] + Array("22".utf8)
    let bytes = Fixture.legacy(type: 6, payload: payload)
    let image = try LegacyImage(parsing: bytes.span.bytes)
    #expect(try image.scriptText(in: bytes.span.bytes) == Array("one".utf8))
  }

  @Test(
    arguments: [
      ([], .brokenScriptTable), ([0, 0, 0, 9], .brokenScriptTable),
      ([0, 0, 0, 9, 0, 0, 0, 0, 1], .brokenScriptTable),
      ([255, 255, 255, 255, 0, 0, 0, 0, 1], .brokenScriptTable),
      ([0, 0, 0, 0, 0, 0, 0, 0], .emptyScript),
    ] as [([UInt8], LegacyImageError)])
  func refusesBrokenTables(payload: [UInt8], expected: LegacyImageError) throws {
    let bytes = Fixture.legacy(type: 6, payload: payload)
    let image = try LegacyImage(parsing: bytes.span.bytes)
    #expect(throws: expected) { try image.scriptText(in: bytes.span.bytes) }
  }

  /// The bytes given are not those that were parsed.
  @Test func refusesForeignBytes() throws {
    let bytes = try LegacyImage.script(text: Self.commands, name: "", time: 0)
    let image = try LegacyImage(parsing: bytes.span.bytes)
    let others: [UInt8] = [1, 2, 3]
    #expect(throws: LegacyImageError.brokenScriptTable) {
      try image.scriptText(in: others.span.bytes)
    }
  }

  @Test func refusesScriptsThatUBootWouldRefuse() {
    #expect(throws: LegacyImageError.emptyScript) {
      try LegacyImage.script(text: [], name: "", time: 0)
    }
    let name = String(repeating: "ä", count: 17)
    #expect(throws: LegacyImageError.nameTooLong(name)) {
      try LegacyImage.script(text: Self.commands, name: name, time: 0)
    }
  }

  @Test func everyFlippedByteIsFound() throws {
    let whole = try LegacyImage.script(text: Self.commands, name: "flip", time: 7)
    for index in whole.indices {
      var bytes = whole
      bytes[index] ^= 0x40
      let broken = bytes
      #expect(throws: LegacyImageError.self, "byte \(index)") {
        try LegacyImage(parsing: broken.span.bytes)
      }
    }
  }

  @Test func everyCutIsFound() throws {
    let whole = try LegacyImage.script(text: Self.commands, name: "cut", time: 7)
    for length in whole.indices {
      let cut = Array(whole.prefix(length))
      #expect(throws: LegacyImageError.self, "\(length) bytes") {
        try LegacyImage(parsing: cut.span.bytes)
      }
    }
  }
}
