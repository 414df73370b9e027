/// A path in an owner map, with `*`, `?` and `**`.
struct OwnerPattern: Sendable, Hashable {
  enum Byte: Sendable, Hashable {
    case exactly(UInt8)
    case one
    case any
  }

  /// Nil stands for `**`: any number of names.
  let names: [[Byte]?]

  struct Failure: Error {
    let fault: OwnerMapFault
  }

  init(_ text: ArraySlice<UInt8>) throws(Failure) {
    var names: [[Byte]?] = []
    var name: [Byte] = []
    func add() throws(Failure) {
      if name == [.any, .any] { names.append(nil) } else if !name.isEmpty { names.append(name) }
      if name == [.exactly(UInt8(ascii: ".")), .exactly(UInt8(ascii: "."))] {
        throw Failure(fault: .parent)
      }
      name = []
    }
    var rest = text
    while let byte = rest.popFirst() {
      switch byte {
      case UInt8(ascii: "/"): try add()
      case UInt8(ascii: "*"): name.append(.any)
      case UInt8(ascii: "?"): name.append(.one)
      case UInt8(ascii: "\\"): name.append(.exactly(try Self.escaped(&rest)))
      default: name.append(.exactly(byte))
      }
    }
    try add()
    self.names = names
  }

  /// What stands behind a `\`.
  private static func escaped(_ rest: inout ArraySlice<UInt8>) throws(Failure) -> UInt8 {
    guard let next = rest.popFirst() else { throw Failure(fault: .escape) }
    guard (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(next) else { return next }
    let digits = [next] + rest.prefix(2)
    rest = rest.dropFirst(2)
    guard digits.count == 3, let byte = UInt8(String(decoding: digits, as: UTF8.self), radix: 8),
      byte != 0, byte != UInt8(ascii: "/")
    else { throw Failure(fault: .escape) }
    return byte
  }

  /// - Parameter path: without a slash in front; empty for the root.
  func matches(_ path: [UInt8]) -> Bool {
    let parts = path.split(separator: UInt8(ascii: "/")).map { Array($0) }
    return Self.matches(names, parts, isAny: { $0 == nil }, one: Self.matchesName)
  }

  private static func matchesName(_ pattern: [Byte]?, _ name: [UInt8]) -> Bool {
    guard let pattern else { return false }
    return matches(
      pattern, name, isAny: { $0 == .any }, one: { $0 == .one || $0 == .exactly($1) })
  }

  /// Compares with going back to the last wildcard only, which suffices, and bounds the time by the
  /// product of both lengths.
  private static func matches<Sign, Part>(
    _ pattern: [Sign], _ parts: [Part], isAny: (Sign) -> Bool, one: (Sign, Part) -> Bool
  ) -> Bool {
    var (sign, part) = (0, 0)
    var wildcard: (sign: Int, part: Int)?
    while part < parts.count {
      if sign < pattern.count, isAny(pattern[sign]) {
        wildcard = (sign, part)
        sign += 1
      } else if sign < pattern.count, one(pattern[sign], parts[part]) {
        sign += 1
        part += 1
      } else if let last = wildcard {
        wildcard = (last.sign, last.part + 1)
        sign = last.sign + 1
        part = last.part + 1
      } else {
        return false
      }
    }
    return pattern[sign...].allSatisfy(isAny)
  }
}
