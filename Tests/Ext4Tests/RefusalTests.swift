import Diagnostics
import Ext4
import Measures
import Testing

@Suite struct RefusalTests {
  private func refusal(
    _ options: Ext4Options = .test(.fixed(.mebibytes(2))),
    _ fill: (inout Ext4Writer) throws -> Void
  ) -> Ext4Error? {
    do {
      _ = try VolumeInMemory.make(options, fill)
      return nil
    } catch {
      return error as? Ext4Error
    }
  }

  @Test func pathsThatCannotBe() {
    let long = String(repeating: "n", count: 256)
    let faults: [(Path, Ext4PathFault)] = [
      (Path(""), .root), (Path("/./"), .root), (Path("a/../b"), .parent),
      ([0x61, 0, 0x62], .zeroByte), (Path("d/" + long), .tooLong(bytes: 256)),
    ]
    for (path, fault) in faults {
      #expect(refusal { try $0.add(.fifo, at: path, .plain()) } == .path(path, fault: fault))
    }
  }

  @Test func whatIsThereAlready() {
    for special in [Ext4Special.fifo, .folder] {
      #expect(
        refusal { writer in
          try writer.add(.socket, at: Path("x"), .plain())
          try writer.add(special, at: Path("./x"), .plain())
        } == .twice(Path("./x")))
    }
    #expect(
      refusal { writer in
        try writer.addFile(Path("x"), size: 0, .plain())
        try writer.add(.fifo, at: Path("x/y/z"), .plain())
      } == .fileAsFolder(Path("x")))
  }

  @Test func linksThatLeadNowhere() {
    #expect(
      refusal { try $0.addLink(Path("b"), to: Path("a")) }
        == .missing(Path("a"), wantedBy: Path("b")))
    #expect(
      refusal { writer in
        try writer.add(.folder, at: Path("a"), .plain())
        try writer.addLink(Path("b"), to: Path("a"))
      } == .linkToFolder(Path("a")))
    for length in [0, 4096] {
      #expect(
        refusal { writer in
          let target = [UInt8](repeating: 0x61, count: length)
          try writer.add(.symbolicLink(target), at: Path("s"), .plain())
        } == .target(Path("s"), length: length))
    }
  }

  @Test func bytesOutOfOrder() {
    let three: [UInt8] = [1, 2, 3]
    for (first, second) in [(5, 7), (0, 8), (10, 8), (0, 11)] as [(UInt64, UInt64)] {
      #expect(
        refusal { writer in
          try writer.addFile(Path("f"), size: 10, .plain())
          try writer.write(three.span.bytes, at: first)
          try writer.write(three.span.bytes, at: second)
        } == .outOfOrder(Path("f"), offset: first == 10 ? 10 : second))
    }
    #expect(refusal { try $0.write(three.span.bytes, at: 4) } == .noFile(offset: 4))
  }

  @Test func valuesThatDoNotFit() {
    func attempt(_ special: Ext4Special, _ change: (inout Ext4Attributes) -> Void = { _ in })
      -> Ext4Error?
    {
      var attributes = Ext4Attributes.plain()
      change(&attributes)
      return refusal { try $0.add(special, at: Path("x"), attributes) }
    }
    let x = Path("x")
    #expect(
      attempt(.characterDevice(major: 4096, minor: 0)) == .device(x, major: 4096, minor: 0))
    #expect(
      attempt(.fifo) { $0.times.modified = .time(1 << 40) } == .time(x, seconds: 1 << 40))
    let faults: [(String, [UInt8], Ext4AttributeFault)] = [
      ("other.name", [], .namespace), ("user.", [], .name),
      ("user." + String(repeating: "n", count: 256), [], .name),
      ("system.posix_acl_access", [1, 2, 3], .list),
      ("user.big", [UInt8](repeating: 1, count: 5000), .tooLarge),
    ]
    for (name, value, fault) in faults {
      #expect(
        attempt(.fifo) { $0.extended = [.init(name, value)] }
          == .attribute(x, name: Path(name), fault: fault))
    }
    #expect(
      attempt(.fifo) { $0.extended = [.init("user.a", [1]), .init("user.a", [2])] }
        == .attribute(x, name: Path("user.a"), fault: .twice))
    let large = [UInt8](repeating: 1, count: 2500)
    guard
      case .attributesTooLarge(x, _)? = attempt(
        .fifo, { $0.extended = [.init("user.a", large), .init("user.b", large)] })
    else {
      Issue.record("two large attributes were taken")
      return
    }
  }

  @Test func optionsThatCannotBe() {
    func attempt(_ change: (inout Ext4Options) -> Void) -> Ext4Error? {
      var options = Ext4Options.test(.fixed(.mebibytes(2)))
      change(&options)
      return refusal(options) { _ in }
    }
    #expect(attempt { $0.uuid = [1] } == .option("UUID", value: "01"))
    #expect(attempt { $0.hashSeed = [] } == .option("hash seed", value: "nothing"))
    #expect(
      attempt { $0.label = Path("seventeen letters") }
        == .option("label", value: "\"seventeen letters\""))
    #expect(attempt { $0.size = .fixed(.kibibytes(100)) } == .size(.kibibytes(100)))
    #expect(attempt { $0.size = .fixed(.gibibytes(16 << 10)) } == .size(.gibibytes(16 << 10)))
    #expect(attempt { $0.reserve = 51 } == .option("reserve", value: "51 %"))
    #expect(
      attempt { $0.journal = .size(.mebibytes(1)) } == .option("journal size", value: "1 MiB"))
  }

  /// What an output says comes out as it went in.
  @Test func anOutputThatFails() throws {
    struct Broken: Ext4Output {
      func write(_ bytes: RawSpan, at offset: UInt64) throws(Ext4Error) {
        throw .output(Diagnostic(.error, "no space"))
      }
    }
    let writer = try Ext4Writer(.test(.fixed(.mebibytes(2))), to: Broken())
    do {
      _ = try writer.finish()
      Issue.record("the failure was swallowed")
    } catch {
      #expect(error == .output(Diagnostic(.error, "no space")))
    }
  }
}
