/// Why bytes are no device tree, or why a tree does not say what was asked of it. Offsets count
/// bytes from the start of the blob.
public enum DeviceTreeError: Error, Sendable, Hashable {
  // The header and the blocks.
  case tooShort(count: Int)
  case wrongMagic(UInt32)
  case totalSizeBelowHeader(UInt32)
  /// The header promises more bytes than there are: a file cut short.
  case totalSizeBeyondBytes(UInt32, available: Int)
  /// More bytes than any reader of ours takes.
  case tooLarge(UInt32, limit: UInt32)
  case unsupportedVersion(UInt32, lastCompatible: UInt32)
  case blockOutOfBounds(DeviceTree.Block, at: UInt32, size: UInt32)
  case misalignedBlock(DeviceTree.Block, at: UInt32, alignment: Int)
  case overlappingBlocks(DeviceTree.Block, DeviceTree.Block, at: Int)
  case unterminatedReservations(at: Int)

  // The tokens of the structure block.
  case unknownToken(UInt32, at: Int)
  /// The structure block is over before what begins at the offset is.
  case endsInside(Part, at: Int)
  case missingEnd(at: Int)
  case bytesAfterEnd(at: Int)
  case openNodes(Int, at: Int)
  case unexpectedNodeEnd(at: Int)
  case noRoot(at: Int)
  case secondRoot(at: Int)
  case namedRoot(String, at: Int)

  // Properties.
  case propertyOutsideNode(at: Int)
  case propertyAfterSubnode(at: Int)
  case propertyTooLong(UInt32, at: Int)

  // Names.
  /// The first value is the offset in the strings block, the second the property's place.
  case nameOutsideStrings(UInt32, at: Int)
  case unterminatedName(at: Int)
  case emptyName(at: Int)
  case forbiddenCharacter(UInt8, at: Int)
  case nameNotUTF8(at: Int)
  case duplicateNode(String, at: Int)
  case duplicateProperty(String, at: Int)

  // The reader's limits.
  case tooDeep(limit: Int, at: Int)
  case tooManyNodes(limit: Int, at: Int)
  case tooManyProperties(limit: Int, at: Int)
  case nameTooLong(limit: Int, at: Int)

  // Remarks: the blob is read all the same.
  /// Older readers refuse it without need.
  case lastCompatibleVersion(UInt32)
  case unusualBlockOrder(at: Int)
  case paddingNotZero(at: Int)

  // What a sound tree says.
  /// A `reg` that its parent's cells do not divide, or a range past the last 64-bit address.
  case unreadableReg(path: String, addressCells: Int, sizeCells: Int)

  /// What was being read when the structure block ended.
  public enum Part: String, Sendable, Hashable {
    case property = "the head of a property"
    case padding = "the padding of a name or a value"
  }
}

extension DeviceTreeError {
  /// Whether the bytes can mean only one tree in spite of it.
  public var isRemark: Bool {
    switch self {
    case .lastCompatibleVersion, .unusualBlockOrder, .paddingNotZero: true
    default: false
    }
  }

  /// Bytes from the start of the blob to what is wrong; nil where no one place is.
  public var offset: Int? {
    switch self {
    case .tooShort, .unreadableReg: nil
    case .wrongMagic: 0
    case .totalSizeBelowHeader, .totalSizeBeyondBytes, .tooLarge: 4
    case .unsupportedVersion: 20
    case .lastCompatibleVersion: 24
    case .blockOutOfBounds(_, let at, _), .misalignedBlock(_, let at, _): Int(at)
    case .overlappingBlocks(_, _, let at), .unterminatedReservations(let at),
      .unknownToken(_, let at), .endsInside(_, let at), .missingEnd(let at),
      .bytesAfterEnd(let at), .openNodes(_, let at), .unexpectedNodeEnd(let at), .noRoot(let at),
      .secondRoot(let at), .namedRoot(_, let at), .propertyOutsideNode(let at),
      .propertyAfterSubnode(let at), .propertyTooLong(_, let at), .nameOutsideStrings(_, let at),
      .unterminatedName(let at), .emptyName(let at), .forbiddenCharacter(_, let at),
      .nameNotUTF8(let at), .duplicateNode(_, let at), .duplicateProperty(_, let at),
      .tooDeep(_, let at), .tooManyNodes(_, let at), .tooManyProperties(_, let at),
      .nameTooLong(_, let at), .unusualBlockOrder(let at), .paddingNotZero(let at):
      at
    }
  }
}
