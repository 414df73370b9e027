/// A release of Xen: `4.17`.
public struct XenVersion: Sendable, Hashable, Comparable {
  public let major: Int
  public let minor: Int

  public init(major: Int, minor: Int) {
    self.major = major
    self.minor = minor
  }

  /// Reads `4.17`; nil for anything else, a third number included.
  public init?(_ text: some StringProtocol) {
    let numbers = text.split(separator: ".", omittingEmptySubsequences: false)
    guard numbers.count == 2, numbers.allSatisfy({ $0.allSatisfy { "0"..."9" ~= $0 } }),
      let major = Int(numbers[0]), let minor = Int(numbers[1])
    else { return nil }
    self.init(major: major, minor: minor)
  }

  /// Reads what people write for a release: `4.17`, or `4.17.5`, of which the last number is left
  /// out, since patches mend a release and change nothing of what it reads in a tree.
  public init?(written text: some StringProtocol) {
    let numbers = text.split(separator: ".", omittingEmptySubsequences: false)
    if numbers.count == 3, let patch = numbers.last {
      guard !patch.isEmpty, patch.allSatisfy({ "0"..."9" ~= $0 }) else { return nil }
    }
    guard numbers.count <= 3 else { return nil }
    self.init(numbers.prefix(2).joined(separator: "."))
  }

  /// The first release that ran on ARM (Xen `xen/arch/arm`, tag RELEASE-4.3.0).
  public static let firstOnARM = XenVersion(major: 4, minor: 3)

  public static func < (left: Self, right: Self) -> Bool {
    (left.major, left.minor) < (right.major, right.minor)
  }
}

extension XenVersion: CustomStringConvertible {
  public var description: String { "\(major).\(minor)" }
}
