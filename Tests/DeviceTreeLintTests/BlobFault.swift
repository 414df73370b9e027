import Diagnostics
import Testing

/// A blob with one fault, by the words that the table in the documentation has for it.
struct BlobFault: Sendable, CustomTestStringConvertible {
  let name: String
  let example: RuleExample

  var testDescription: String { name }

  init(_ name: String, _ source: String = "/ { };", _ patches: BytePatch...) {
    self.name = name
    example = RuleExample(source, patches: patches)
  }

  static let all: [BlobFault] = header + blocks + reservations + tokens + names + meaning

  static let header: [BlobFault] = [
    BlobFault("total size twice that of the file", "/ { };", .header(4, 0x90)),
    BlobFault("version 16", "/ { };", .header(20, 16)),
    BlobFault("last compatible version 17", "/ { };", .header(24, 17)),
    BlobFault("last compatible version 18", "/ { };", .header(24, 18)),
    BlobFault(
      "version and last compatible version 18", "/ { };", .header(20, 18), .header(24, 18)),
  ]

  static let blocks: [BlobFault] = [
    BlobFault("strings of 0x7fffffff bytes", "/ { };", .header(32, 0x7FFF_FFFF)),
    BlobFault("structure of 8 bytes", "/ { };", .header(36, 8)),
    BlobFault(
      "structure and strings overlap", "/ { a = \"0\"; };",
      // The name is read out of the value.
      .header(12, 0x4C), .structure(16, 0)),
    BlobFault(
      "reservations and structure overlap", "/ { a = <0 0 0 0 0>; };",
      // The list is read out of the value, and ends at once.
      .header(16, 0x50)),
    BlobFault(
      "reservations on no multiple of 8", "/ { };",
      .header(4, 0x60), .header(16, 0x4C), BytePatch(.end, 0, [0], times: 24)),
    BlobFault(
      "structure on no multiple of 4", "/ { };",
      .header(4, 0x60), .header(8, 0x4A), BytePatch(.end, 0, [0, 0]),
      BytePatch(.end, 2, [0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 2, 0, 0, 0, 9]),
      BytePatch(.end, 18, [0], times: 6)),
    BlobFault(
      "reservations behind the strings", "/ { };",
      .header(4, 0x58), .header(16, 0x48), BytePatch(.end, 0, [0], times: 16)),
  ]

  static let reservations: [BlobFault] = [
    BlobFault("reservations without end", "/ { };", BytePatch(.reservations, 15, [1])),
    BlobFault(
      "reservations overlap", "/memreserve/ 0x1000 0x1000; /memreserve/ 0x1800 0x100; / { };"),
    BlobFault(
      "a reservation runs past the last address", "/memreserve/ 0xfffffffffffff000 0x2000; / { };"),
    BlobFault("a reservation is empty", "/memreserve/ 0x1000 0; / { };"),
  ]

  static let tokens: [BlobFault] = [
    BlobFault("token 5", "/ { };", .structure(8, 5)),
    BlobFault("no end mark", "/ { };", .structure(12, 4)),
    BlobFault(
      "more tokens behind the end mark", "/ { };",
      .header(4, 0x4C), .header(12, 0x4C), .header(36, 0x14), BytePatch(.end, 0, [0, 0, 0, 9])),
    BlobFault("a node is left open", "/ { };", .structure(8, 4)),
    BlobFault(
      "a node ends twice", "/ { n { }; };", .structure(8, 4), .structure(12, 4)),
    BlobFault(
      "17 levels",
      "/ { a { a { a { a { a { a { a { a { a { a { a { a { a { a { a { a {"
        + String(repeating: " }; ", count: 17)),
    BlobFault(
      "two roots", "/ { n { }; };",
      .structure(8, 2), .structure(12, 1), .structure(16, 0), .structure(20, 2)),
    BlobFault("a root with a name", "/ { };", BytePatch(.structure, 4, [0x6E])),
    BlobFault(
      "a property behind a subnode", "/ { a; n { }; };",
      .structure(8, 1), BytePatch(.structure, 12, [0x6E, 0, 0, 0]), .structure(16, 2),
      .structure(20, 3), .structure(24, 0), .structure(28, 0)),
    BlobFault(
      "a property longer than the tree", "/ { a = <1>; };", .structure(12, 0xFFFF_FFFC)),
    BlobFault("a property's name behind the strings", "/ { a = <1>; };", .structure(16, 0x100)),
    BlobFault("a property's name without end", "/ { a = <1>; };", BytePatch(.strings, 1, [0x62])),
    BlobFault(
      "padding of a name that is not zero", "/ { n { }; };", BytePatch(.structure, 15, [1])),
  ]

  static let names: [BlobFault] = [
    BlobFault("two nodes of one name", "/ { n { }; m { }; };", BytePatch(.structure, 24, [0x6E])),
    BlobFault("two properties of one name", "/ { a; b; };", .structure(28, 0)),
    BlobFault("a node without name", "/ { n { }; };", BytePatch(.structure, 12, [0])),
    BlobFault(
      "a control character in a node's name", "/ { no { }; };", BytePatch(.structure, 12, [0x1B])),
    BlobFault("a blank in a node's name", "/ { non { }; };", BytePatch(.structure, 13, [0x20])),
    BlobFault("a slash in a node's name", "/ { non { }; };", BytePatch(.structure, 13, [0x2F])),
    BlobFault(
      "a node's name that is not UTF-8", "/ { n { }; };", BytePatch(.structure, 12, [0xE4])),
    BlobFault("a dollar in a property's name", "/ { abc; };", BytePatch(.strings, 1, [0x24])),
  ]

  static let meaning: [BlobFault] = [
    BlobFault("one phandle for two nodes", "/ { a { phandle = <1>; }; b { phandle = <1>; }; };"),
    BlobFault("the phandle 0", "/ { a { phandle = <0>; }; };"),
  ]
}
