public import Diagnostics

extension DeviceTreeError: DiagnosticConvertible {
  public var diagnostic: Diagnostic {
    Diagnostic(.error, sentence, help: help)
  }

  private var sentence: String {
    switch self {
    case .tooShort(let count):
      "the file ends at offset \(hex(count)), inside the header of a device tree"
    case .wrongMagic(let magic):
      "the word at offset 0x0 is \(hex(magic)); a device tree begins with 0xd00dfeed"
    case .totalSizeBelowHeader(let size):
      "the total size at offset 0x4 is \(size) bytes, less than the header has"
    case .totalSizeBeyondBytes(let size, let available):
      "the total size at offset 0x4 is \(size) bytes, but there are only \(available)"
    case .tooLarge(let size, let limit):
      "the total size at offset 0x4 is \(size) bytes, more than the \(limit) that are read"
    case .lastCompatibleVersion(let version):
      "the last compatible version at offset 0x18 is \(version), where 16 would do"
    case .unusualBlockOrder(let offset):
      "the blocks stand in an unusual order: the first one is at offset \(hex(offset))"
    case .paddingNotZero(let offset):
      "the padding at offset \(hex(offset)) is not zero"
    case .unsupportedVersion(let version, let lastCompatible):
      "the device tree has version \(version), compatible down to \(lastCompatible), at offset 0x14"
    case .blockOutOfBounds(let block, let offset, let size):
      "the \(block.rawValue) block at offset \(hex(offset)), \(size) bytes, is not inside the tree"
    case .misalignedBlock(let block, let offset, let alignment):
      "the \(block.rawValue) block at offset \(hex(offset)) is not on a multiple of \(alignment)"
    case .overlappingBlocks(let one, let other, let offset):
      "the \(one.rawValue) and \(other.rawValue) blocks overlap at offset \(hex(offset))"
    case .unterminatedReservations(let offset):
      "the list of memory reservations has no end before offset \(hex(offset))"
    case .unknownToken(let token, let offset):
      "the word \(hex(token)) at offset \(hex(offset)) is no token of a device tree"
    case .endsInside(let part, let offset):
      "the tree ends inside \(part.rawValue) at offset \(hex(offset))"
    case .missingEnd(let offset):
      "the tree stops at offset \(hex(offset)) without its end mark"
    case .bytesAfterEnd(let offset):
      "the structure block goes on behind the tree's end mark at offset \(hex(offset))"
    case .openNodes(let count, let offset):
      "the end mark at offset \(hex(offset)) leaves nodes open: \(count)"
    case .unexpectedNodeEnd(let offset):
      "a node ends at offset \(hex(offset)) where none is open"
    case .noRoot(let offset):
      "the tree ends at offset \(hex(offset)) without a root node"
    case .secondRoot(let offset):
      "a second root node begins at offset \(hex(offset))"
    case .namedRoot(let name, let offset):
      "the root node has the name \"\(name)\" at offset \(hex(offset)), and may have none"
    case .propertyOutsideNode(let offset):
      "the property at offset \(hex(offset)) belongs to no node"
    case .propertyAfterSubnode(let offset):
      "the property at offset \(hex(offset)) stands behind a subnode of its node"
    case .propertyTooLong(let length, let offset):
      "the tree ends inside a property at offset \(hex(offset)), which claims \(length) bytes"
    case .nameOutsideStrings(let name, let offset):
      "the property at offset \(hex(offset)) takes its name from \(hex(name)), behind all strings"
    case .unterminatedName(let offset):
      "the name at offset \(hex(offset)) has no end"
    case .emptyName(let offset):
      "the name at offset \(hex(offset)) is empty"
    case .forbiddenCharacter(let byte, let offset):
      "the byte \(hex(byte)) at offset \(hex(offset)) may not be in a name"
    case .nameNotUTF8(let offset):
      "the name at offset \(hex(offset)) is not UTF-8"
    case .duplicateNode(let name, let offset):
      "a second node \"\(name)\" of the same parent stands at offset \(hex(offset))"
    case .duplicateProperty(let name, let offset):
      "a second property \"\(name)\" of the same node stands at offset \(hex(offset))"
    case .tooDeep(let limit, let offset):
      "the node at offset \(hex(offset)) is deeper than \(limit) levels"
    case .tooManyNodes(let limit, let offset):
      "the node at offset \(hex(offset)) is one more than the \(limit) that are read"
    case .tooManyProperties(let limit, let offset):
      "the property at offset \(hex(offset)) is one more than the \(limit) that are read"
    case .nameTooLong(let limit, let offset):
      "the name at offset \(hex(offset)) is longer than \(limit) bytes"
    case .unreadableReg(let path, let addressCells, let sizeCells):
      "the reg of \(path) is no list of ranges with \(addressCells) address and \(sizeCells) size"
        + " cells"
    }
  }

  private var help: String {
    switch self {
    case .tooShort, .wrongMagic:
      "give a compiled device tree; dtc makes one: dtc -O dtb -o NAME.dtb NAME.dts"
    case .unsupportedVersion:
      "convert it to version 17: dtc -O dtb -V 17 -o NEW.dtb OLD.dtb"
    case .tooDeep, .tooManyNodes, .tooManyProperties, .nameTooLong:
      "no known board needs so much; make sure that the file is what it should be"
    case .unreadableReg:
      "correct reg, or #address-cells and #size-cells of the parent node"
    default:
      "the file is damaged or made by hand: fetch it again, or compile it again with dtc"
    }
  }
}

private func hex(_ value: some BinaryInteger) -> String { "0x" + String(value, radix: 16) }
