import Measures
import StrictYAML
import Testing

/// Values decoded by declared type.
@Suite struct DecodingTests {
  private func root(_ text: String) throws -> YAMLValue {
    try YAMLDocument(text: text, file: "test.yaml").root
  }

  private enum Disk: String, CaseIterable { case sd, virtio }

  private struct Part: Equatable {
    var name: String
    var size: ByteCount?

    init(name: String, size: ByteCount?) {
      self.name = name
      self.size = size
    }

    init(_ mapping: inout YAMLMapping) throws(YAMLError) {
      name = try mapping.required("name").string()
      size = try mapping.optional("size")?.size()
    }
  }

  @Test func aMapping() throws {
    let part = try root("name: boot\nsize: 64MiB\n").mapping(Part.init)
    #expect(part == Part(name: "boot", size: .mebibytes(64)))
  }

  @Test func scalarsReadAsWhatIsWanted() throws {
    #expect(try root("0x4000_0000").address() == 0x4000_0000)
    #expect(try root("1_000").unsigned() == 1000)
    #expect(try root("0").unsigned() == 0)
    #expect(try root("0xffffffffffffffff").unsigned() == .max)
    #expect(try root("4096").size() == .kibibytes(4))
    #expect(try root("0x1000").size() == .kibibytes(4))
    #expect(try root("true").bool())
    #expect(try root("virtio").oneOf(Disk.self) == .virtio)
    #expect(try root("[a, 'b, c']").strings() == ["a", "b, c"])
  }

  /// YAML 1.1 takes these for a truth value, a number in base 60, a float, null and a number.
  @Test(arguments: ["yes", "12:30:45", "1.5", "null", "010", "~"])
  func noTextIsTakenForAnythingElse(text: String) throws {
    #expect(try root(text).string() == text)
    #expect(complaint(about: text) { (v) throws(YAMLError) in _ = try v.bool() } != "accepted")
    #expect(complaint(about: text) { (v) throws(YAMLError) in _ = try v.unsigned() } != "accepted")
    #expect(complaint(about: text) { (v) throws(YAMLError) in _ = try v.size() } != "accepted")
  }

  @Test(arguments: ["-1", "0x", "0x_1", "_1", "1_", "0xg", "18446744073709551616", "'1'", "１"])
  func whatIsNoNumber(text: String) {
    let said = complaint(about: text) { (value) throws(YAMLError) in _ = try value.unsigned() }
    #expect(said.hasPrefix("1:1 wanted a number such as 4096 or 0x1000, found"))
  }

  @Test func wrongTypesSayWhatStandsThere() {
    #expect(
      complaint(about: "name: [a]") { (value) throws(YAMLError) in _ = try value.mapping(Part.init)
      }
        == "1:7 wanted a text, found a list (write a text)")
    #expect(
      complaint(about: "name:\nsize: 2GB") { (value) throws(YAMLError) in
        _ = try value.mapping(Part.init)
      } == "1:6 wanted a text, found nothing (write a text)")
    #expect(
      complaint(about: "name: x\nsize: 2GB") { (value) throws(YAMLError) in
        _ = try value.mapping(Part.init)
      }
        == "2:7 wanted a size such as 64MiB or 0x1000, found `2GB` "
        + "(write a size such as 64MiB or 0x1000)")
    #expect(
      complaint(about: "- a") { (value) throws(YAMLError) in _ = try value.mapping(Part.init) }
        == "1:1 wanted a mapping, found a list (write a mapping)")
    #expect(
      complaint(about: "9") { (value) throws(YAMLError) in _ = try value.integer(in: 1...8) }
        == "1:1 wanted a number from 1 to 8, found `9` (write a number from 1 to 8)")
  }

  @Test func choicesAndTheNearest() {
    #expect(
      complaint(about: "vitrio") { (value) throws(YAMLError) in _ = try value.oneOf(Disk.self) }
        == "1:1 `vitrio` is none of `sd`, `virtio` (did you mean `virtio`?)")
  }

  @Test func unknownKeysAndTheNearest() {
    let decode = { (value: YAMLValue) throws(YAMLError) in _ = try value.mapping(Part.init) }
    #expect(
      complaint(about: "name: x\n  \nsise: 1\n", decode: decode)
        == "3:1 `sise` is not a key here (did you mean `size`?)")
    #expect(
      complaint(about: "name: x\nwhatever: 1\n", decode: decode)
        == "2:1 `whatever` is not a key here (remove it)")
    // A misspelt key explains the missing one.
    #expect(
      complaint(about: "size: 1\nnam: x\n", decode: decode)
        == "2:1 `nam` is not a key here (did you mean `name`?)")
    #expect(
      complaint(about: "size: 1\n", decode: decode)
        == "1:1 `name` is missing (add a line `name: …` to this mapping)")
  }
}
