import DeviceTree
import Diagnostics
import Testing

@testable import DeviceTreeLint

/// Whatever the reader finds wrong with a blob is told, and told once.
@Suite struct FaultOwnerTests {
  /// One of each case, in the order of `number(of:)`.
  static let faults: [DeviceTreeError] = [
    .tooShort(count: 3), .wrongMagic(0), .totalSizeBelowHeader(39),
    .totalSizeBeyondBytes(100, available: 99), .tooLarge(.max, limit: 1),
    .unsupportedVersion(16, lastCompatible: 16),
    .blockOutOfBounds(.strings, at: 0, size: 1), .misalignedBlock(.structure, at: 2, alignment: 4),
    .overlappingBlocks(.structure, .strings, at: 0), .unterminatedReservations(at: 0),
    .unknownToken(5, at: 0), .endsInside(.padding, at: 0), .missingEnd(at: 0),
    .bytesAfterEnd(at: 0), .openNodes(1, at: 0), .unexpectedNodeEnd(at: 0), .noRoot(at: 0),
    .secondRoot(at: 0), .namedRoot("n", at: 0), .propertyOutsideNode(at: 0),
    .propertyAfterSubnode(at: 0), .propertyTooLong(9, at: 0), .nameOutsideStrings(9, at: 0),
    .unterminatedName(at: 0), .emptyName(at: 0), .forbiddenCharacter(0x2F, at: 0),
    .nameNotUTF8(at: 0), .duplicateNode("n", at: 0), .duplicateProperty("p", at: 0),
    .tooDeep(limit: 64, at: 0), .tooManyNodes(limit: 1, at: 0), .tooManyProperties(limit: 1, at: 0),
    .nameTooLong(limit: 255, at: 0), .lastCompatibleVersion(17), .unusualBlockOrder(at: 0),
    .paddingNotZero(at: 0),
    // Of no scan, but of a question to a sound tree: rules of `reg` judge that.
    .unreadableReg(path: "/memory", addressCells: 1, sizeCells: 1),
  ]

  /// A new case does not compile before it has a number, and so one in the list.
  static func number(of fault: DeviceTreeError) -> Int {
    switch fault {
    case .tooShort: 0
    case .wrongMagic: 1
    case .totalSizeBelowHeader: 2
    case .totalSizeBeyondBytes: 3
    case .tooLarge: 4
    case .unsupportedVersion: 5
    case .blockOutOfBounds: 6
    case .misalignedBlock: 7
    case .overlappingBlocks: 8
    case .unterminatedReservations: 9
    case .unknownToken: 10
    case .endsInside: 11
    case .missingEnd: 12
    case .bytesAfterEnd: 13
    case .openNodes: 14
    case .unexpectedNodeEnd: 15
    case .noRoot: 16
    case .secondRoot: 17
    case .namedRoot: 18
    case .propertyOutsideNode: 19
    case .propertyAfterSubnode: 20
    case .propertyTooLong: 21
    case .nameOutsideStrings: 22
    case .unterminatedName: 23
    case .emptyName: 24
    case .forbiddenCharacter: 25
    case .nameNotUTF8: 26
    case .duplicateNode: 27
    case .duplicateProperty: 28
    case .tooDeep: 29
    case .tooManyNodes: 30
    case .tooManyProperties: 31
    case .nameTooLong: 32
    case .lastCompatibleVersion: 33
    case .unusualBlockOrder: 34
    case .paddingNotZero: 35
    case .unreadableReg: 36
    }
  }

  static func owners(_ fault: DeviceTreeError) -> [RuleID] {
    Rules.all.compactMap { $0 as? any FaultRule.Type }
      .filter { $0.severity(of: fault) != nil }.map { $0.card.id }
  }

  @Test func theListHasEachCase() {
    #expect(Self.faults.map(Self.number) == Array(0..<Self.faults.count))
  }

  @Test(arguments: faults.dropLast())
  func aFaultBelongsToOneRule(fault: DeviceTreeError) {
    #expect(Self.owners(fault).count == 1, "\(fault): \(Self.owners(fault))")
  }

  @Test func whatIsAskedOfASoundTreeBelongsToNone() {
    #expect(Self.faults.last.map(Self.owners) == [])
  }

  /// Cases whose values say whose they are.
  @Test func blocksAndVersionsAreDividedByTheirValues() {
    #expect(
      Self.owners(.misalignedBlock(.reservations, at: 4, alignment: 8)) == ["fdt-rsvmap-align"])
    #expect(Self.owners(.misalignedBlock(.structure, at: 2, alignment: 4)) == ["fdt-struct-align"])
    #expect(Self.owners(.misalignedBlock(.strings, at: 2, alignment: 4)).count == 1)
    for version in 0...20 as ClosedRange<UInt32> {
      for lastCompatible in 0...20 as ClosedRange<UInt32> where version < 17 || lastCompatible != 16
      {
        let fault = DeviceTreeError.unsupportedVersion(version, lastCompatible: lastCompatible)
        #expect(Self.owners(fault).count == 1, "\(fault)")
      }
    }
    #expect(Self.owners(.unsupportedVersion(17, lastCompatible: 3)) == ["fdt-last-comp-16"])
    #expect(Self.owners(.unsupportedVersion(18, lastCompatible: 18)) == ["fdt-version"])
  }

  /// Who wrote a source has neither a blob with offsets nor a damaged file.
  @Test func aFaultOfASourceIsToldInTheSourcesWords() throws {
    let deep =
      "/ " + String(repeating: "{ a ", count: 70) + "{ };" + String(repeating: " };", count: 70)
    for source in [deep, "/ { a { }; a { }; };", "/ { b = <1>; };"] {
      let scan = FlatTree.scanning(try ExampleTree(RuleExample(source)).bytes)
      for finding in Linter().lint(scan, file: "x.dts", isCompiled: true) {
        let words = [finding.message, finding.help ?? ""] + finding.notes
        #expect(!words.contains { $0.contains("offset") || $0.contains("damaged") }, "\(words)")
      }
    }
    let told = Self.faults.filter { fault in
      switch fault {
      case .duplicateNode, .duplicateProperty, .emptyName, .forbiddenCharacter, .nameNotUTF8,
        .tooDeep, .tooManyNodes, .tooManyProperties, .nameTooLong, .tooLarge:
        true
      default: false
      }
    }.map(\.diagnosticOfSource)
    #expect(told.count == 10)
    for diagnostic in told {
      let words = diagnostic.message + (diagnostic.help ?? "")
      #expect(!words.contains("offset") && !words.contains("damaged"), "\(words)")
    }
  }
}
