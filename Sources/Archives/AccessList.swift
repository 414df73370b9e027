/// A POSIX access control list, as a tar archive holds it: `user::rw-,user:1000:r--,mask::r--,…`.
public struct AccessList: Sendable, Hashable {
  public enum Purpose: Sendable, Hashable {
    /// Who may use the file.
    case access
    /// What new files in a folder get.
    case inherited
  }

  /// In the order in which the kernel wants them.
  public enum Tag: UInt16, Sendable, Hashable {
    case owner = 0x01
    case user = 0x02
    case owningGroup = 0x04
    case group = 0x08
    case mask = 0x10
    case others = 0x20
  }

  public struct Rule: Sendable, Hashable {
    public var tag: Tag
    /// Read 4, write 2, execute 1.
    public var permissions: UInt16
    /// The user or group that the rule is for; nil for tags that need none.
    public var id: UInt32?
  }

  public let purpose: Purpose
  public let rules: [Rule]
  /// A user or group that the archive knows by its name only. Which number that is differs from
  /// machine to machine.
  public let unnumbered: [UInt8]?

  /// Sorted as the kernel wants it. Where users or groups are named there has to be a mask: one that
  /// takes nothing away is added, as setfacl does.
  init(purpose: Purpose, rules: [Rule], unnumbered: [UInt8]?) {
    var rules = rules
    if rules.contains(where: { $0.id != nil }), !rules.contains(where: { $0.tag == .mask }) {
      let limited = rules.filter { $0.id != nil || $0.tag == .owningGroup }
      rules.append(Rule(tag: .mask, permissions: limited.reduce(0) { $0 | $1.permissions }))
    }
    self.purpose = purpose
    self.rules = rules.sorted { ($0.tag.rawValue, $0.id ?? 0) < ($1.tag.rawValue, $1.id ?? 0) }
    self.unnumbered = unnumbered
  }

  /// The bits that stand for the group in the file's mode: the mask, where there is one.
  public var groupBits: UInt16? { rules.first { $0.tag == .mask }?.permissions }

  /// The name and the value of the extended attribute that holds it, as `getxattr` gives it.
  ///
  /// ```
  ///   version 2 (4 B) | tag (2) permissions (2) id (4, all ones for none) | …
  /// ```
  /// All little-endian. Source: Linux `include/uapi/linux/posix_acl_xattr.h`.
  public var attribute: ArchiveEntry.Attribute {
    var value: [UInt8] = [2, 0, 0, 0]
    for rule in rules {
      let id = rule.id ?? .max
      for word in [rule.tag.rawValue, rule.permissions, UInt16(truncatingIfNeeded: id)] {
        value += [UInt8(truncatingIfNeeded: word), UInt8(word >> 8)]
      }
      value += [UInt8(truncatingIfNeeded: id >> 16), UInt8(id >> 24)]
    }
    let name = purpose == .access ? "system.posix_acl_access" : "system.posix_acl_default"
    return ArchiveEntry.Attribute(name: Array(name.utf8), value: value)
  }
}
