import BootImages
import Measures
import Testing

@Suite struct BootloaderImageTests {
  @Test func readsBothParts() throws {
    let bytes = Fixture.bootloader()
    let image = try BootloaderImage(parsing: bytes.span.bytes)
    #expect(image.layout.spl.treeName == "board-tree")
    #expect(image.layout.payloadOffset == 0x8000)
    #expect(image.size.rawValue == UInt64(bytes.count))
    #expect(image.version?.description == Fixture.uBootText)
    #expect(image.version?.release == "2023.01+test")
    guard case .legacy(let firmware) = image.layout.payload else {
      Issue.record("expected a legacy image")
      return
    }
    #expect(firmware.kind == .firmware)
  }

  @Test func aLongSPLMovesUBoot() throws {
    let bytes = Fixture.bootloader(splLength: 0xA000)
    let image = try BootloaderImage(parsing: bytes.span.bytes)
    #expect(image.layout.payloadOffset == 0xA000)
  }

  @Test func readsAFIT() throws {
    let bytes = Fixture.bootloader(payload: Fixture.tree())
    let image = try BootloaderImage(parsing: bytes.span.bytes)
    #expect(image.layout.payload == .fit(72))
  }

  @Test func anSPLAloneHasNoUBoot() {
    let bytes = Fixture.spl()
    #expect(throws: BootloaderError.noPayload(0x8000)) {
      try BootloaderImage(parsing: bytes.span.bytes)
    }
  }

  @Test func aKernelBehindTheSPLIsNoUBoot() {
    let bytes = Fixture.bootloader(payload: Fixture.legacy(type: 2, payload: [1]))
    #expect(throws: BootloaderError.notFirmware(.kernel)) {
      try BootloaderImage(parsing: bytes.span.bytes)
    }
  }

  @Test func aFlippedBitInUBootIsFound() {
    var bytes = Fixture.bootloader()
    bytes[0x8000 + 64 + 100] ^= 1
    let broken = bytes
    let error = #expect(throws: BootloaderError.self) {
      try BootloaderImage(parsing: broken.span.bytes)
    }
    guard case .legacy(.badPayloadChecksum) = error else {
      Issue.record("expected a wrong data checksum, got \(String(describing: error))")
      return
    }
  }

  @Test func aCutFITIsFound() {
    let bytes = Fixture.bootloader(payload: Fixture.tree(size: 5000))
    #expect(throws: BootloaderError.fit(.truncated(size: 5000, available: 72))) {
      try BootloaderImage(parsing: bytes.span.bytes)
    }
  }
}
