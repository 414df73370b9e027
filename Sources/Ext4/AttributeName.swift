/// An extended attribute's namespace as a number, and its name behind it.
///
/// Source: kernel documentation, ext4, "Extended Attributes".
struct AttributeName: Hashable {
  let index: UInt8
  let rest: [UInt8]

  static let accessList: UInt8 = 2
  static let defaultList: UInt8 = 3

  /// The longer of two that fit comes first.
  private static let prefixes: [(UInt8, String)] = [
    (accessList, "system.posix_acl_access"), (defaultList, "system.posix_acl_default"),
    (1, "user."), (4, "trusted."), (6, "security."), (8, "system.richacl"), (7, "system."),
  ]

  init(_ name: [UInt8]) throws(AttributeNameFault) {
    for (index, prefix) in Self.prefixes where name.starts(with: prefix.utf8) {
      let rest = Array(name.dropFirst(prefix.utf8.count))
      let isWhole = !prefix.hasSuffix(".")
      guard isWhole ? rest.isEmpty : (1...255).contains(rest.count), !rest.contains(0) else {
        throw AttributeNameFault(fault: .name)
      }
      self.init(index: index, rest: rest)
      return
    }
    throw AttributeNameFault(fault: .namespace)
  }

  init(index: UInt8, rest: [UInt8]) {
    self.index = index
    self.rest = rest
  }

  var isList: Bool { index == Self.accessList || index == Self.defaultList }

  /// With its namespace; nil where the number stands for none.
  var full: [UInt8]? {
    guard let prefix = Self.prefixes.first(where: { $0.0 == index })?.1 else { return nil }
    return Array(prefix.utf8) + rest
  }
}

struct AttributeNameFault: Error {
  let fault: Ext4AttributeFault
}
