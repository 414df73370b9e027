import DeviceTree
import Testing

/// One blob for each fault, each sound in all else.
struct BrokenTree: Sendable, CustomTestStringConvertible {
  let fault: String
  let bytes: [UInt8]
  let error: DeviceTreeError
  var limits = DeviceTree.Limits.standard

  var testDescription: String { fault }

  private init(_ fault: String, _ bytes: [UInt8], _ error: DeviceTreeError) {
    self.fault = fault
    self.bytes = bytes
    self.error = error
  }

  private init(
    _ fault: String, _ pieces: [Blob.Piece], _ error: DeviceTreeError,
    limits: DeviceTree.Limits = .standard
  ) {
    self.init(fault, Blob(pieces).bytes(), error)
    self.limits = limits
  }

  private init(
    _ fault: String, header index: Int, _ value: UInt32, _ error: DeviceTreeError
  ) {
    self.init(fault, Blob.sound.bytes { $0[index] = value }, error)
  }

  static let all: [BrokenTree] = header + blocks + tokens + properties + names + limits

  static let header: [BrokenTree] = [
    .init("no bytes", [] as [UInt8], .tooShort(count: 0)),
    .init("half a header", Array(Blob.sound.bytes().prefix(39)), .tooShort(count: 39)),
    .init("magic in the wrong byte order", header: 0, 0xEDFE_0DD0, .wrongMagic(0xEDFE_0DD0)),
    .init("smaller than its header", header: 1, 39, .totalSizeBelowHeader(39)),
    .init("larger than the file", header: 1, 121, .totalSizeBeyondBytes(121, available: 120)),
    .init("version 16", header: 5, 16, .unsupportedVersion(16, lastCompatible: 16)),
    .init("only for version 18", header: 6, 18, .unsupportedVersion(17, lastCompatible: 18)),
    .init("for version 15", header: 6, 15, .unsupportedVersion(17, lastCompatible: 15)),
  ]

  static let blocks: [BrokenTree] = [
    .init(
      "structure in the header", header: 2, 0x24,
      .blockOutOfBounds(.structure, at: 0x24, size: 60)),
    .init("strings past the end", header: 8, 5, .blockOutOfBounds(.strings, at: 0x74, size: 5)),
    .init(
      "a sum beyond 32 bits", header: 3, 0xFFFF_FFFF,
      .blockOutOfBounds(.strings, at: 0xFFFF_FFFF, size: 4)),
    .init(
      "reservations at the end", header: 4, 0x78,
      .blockOutOfBounds(.reservations, at: 0x78, size: 16)),
    .init(
      "reservations off by four", header: 4, 0x2C,
      .misalignedBlock(.reservations, at: 0x2C, alignment: 8)),
    .init(
      "structure off by two", header: 2, 0x3A,
      .misalignedBlock(.structure, at: 0x3A, alignment: 4)),
    .init(
      "strings in the structure", header: 3, 0x70,
      .overlappingBlocks(.structure, .strings, at: 0x70)),
    .init(
      "reservations in the structure", header: 4, 0x40,
      .overlappingBlocks(.reservations, .structure, at: 0x40)),
    .init("reservations without end", unendingReservations, .unterminatedReservations(at: 0x38)),
  ]

  private static let unendingReservations: [UInt8] = {
    var blob = Blob.sound
    blob.reservations[15] = 1
    return blob.bytes()
  }()

  static let tokens: [BrokenTree] = [
    .init("token 5", [.begin(""), .words([5]), .end, .finish], .unknownToken(5, at: 0x40)),
    .init("no end mark", [.begin(""), .end], .missingEnd(at: 0x44)),
    .init("an empty structure", [] as [Blob.Piece], .missingEnd(at: 0x38)),
    .init("two end marks", [.begin(""), .end, .finish, .finish], .bytesAfterEnd(at: 0x48)),
    .init("a node left open", [.begin(""), .begin("n"), .end, .finish], .openNodes(1, at: 0x4C)),
    .init(
      "one node end too many", [.begin(""), .end, .end, .finish], .unexpectedNodeEnd(at: 0x44)),
    .init("no root", [.words([4]), .finish], .noRoot(at: 0x3C)),
    .init("two roots", [.begin(""), .end, .begin(""), .end, .finish], .secondRoot(at: 0x44)),
    .init("a root with a name", [.begin("n"), .end, .finish], .namedRoot("n", at: 0x3C)),
  ]

  static let properties: [BrokenTree] = [
    .init(
      "property before the root", [.property(length: 0, name: 0), .begin(""), .end, .finish],
      .propertyOutsideNode(at: 0x38)),
    .init(
      "property behind the root", [.begin(""), .end, .property(length: 0, name: 0), .finish],
      .propertyOutsideNode(at: 0x44)),
    .init(
      "property behind a subnode",
      [.begin(""), .begin("n"), .end, .property(length: 0, name: 0), .end, .finish],
      .propertyAfterSubnode(at: 0x4C)),
    .init(
      "property without head", [.begin(""), .words([3, 4])], .endsInside(.property, at: 0x40)),
    .init(
      "value longer than the tree", [.begin(""), .words([3, 0xFFFF_FFFC, 0]), .end, .finish],
      .propertyTooLong(0xFFFF_FFFC, at: 0x40)),
    .init(
      "value without padding", [.begin(""), .words([3, 1, 0]), .bytes([0])],
      .endsInside(.padding, at: 0x40)),
    .init(
      "name behind all strings", [.begin(""), .property(length: 0, name: 4), .end, .finish],
      .nameOutsideStrings(4, at: 0x40)),
    .init(
      "same property twice",
      [.begin(""), .property(length: 0, name: 2), .property(length: 0, name: 2), .end, .finish],
      .duplicateProperty("b", at: 0x4C)),
  ]

  static let names: [BrokenTree] = [
    .init("node name without end", [.words([1]), .bytes([0x6E])], .unterminatedName(at: 0x3C)),
    .init("property name without end", unendingString, .unterminatedName(at: 0x54)),
    .init(
      "child without name", [.begin(""), .begin(""), .end, .end, .finish], .emptyName(at: 0x44)),
    .init(
      "property without name", [.begin(""), .property(length: 0, name: 1), .end, .finish],
      .emptyName(at: 0x55)),
    .init(
      "slash in a node's name", [.begin(""), .begin("n/n"), .end, .end, .finish],
      .forbiddenCharacter(0x2F, at: 0x45)),
    .init(
      "escape character in a name", [.begin(""), .begin("\u{1B}[2J"), .end, .end, .finish],
      .forbiddenCharacter(0x1B, at: 0x44)),
    .init(
      "node name in Latin-1",
      [.begin(""), .words([1]), .bytes([0xE4, 0, 0, 0]), .end, .end, .finish],
      .nameNotUTF8(at: 0x44)),
    .init(
      "same node twice", [.begin(""), .begin("n"), .end, .begin("n"), .end, .end, .finish],
      .duplicateNode("n", at: 0x50)),
  ]

  private static let unendingString: [UInt8] = {
    var blob = Blob([.begin(""), .property(length: 0, name: 0), .end, .finish])
    blob.strings = [0x61]
    return blob.bytes()
  }()

  static let limits: [BrokenTree] = [
    .init(
      "65 levels", [.begin("")] + Array(repeating: .begin("n"), count: 64),
      .tooDeep(limit: 64, at: 0x238)),
    .init(
      "one node too many", [.begin(""), .begin("n"), .end, .end, .finish],
      .tooManyNodes(limit: 1, at: 0x40), limits: DeviceTree.Limits(nodes: 1)),
    .init(
      "one property too many",
      [.begin(""), .property(length: 0, name: 0), .property(length: 0, name: 2), .end, .finish],
      .tooManyProperties(limit: 1, at: 0x4C), limits: DeviceTree.Limits(properties: 1)),
    .init(
      "name of five bytes", [.begin(""), .begin("abcde"), .end, .end, .finish],
      .nameTooLong(limit: 4, at: 0x44), limits: DeviceTree.Limits(nameLength: 4)),
  ]
}
