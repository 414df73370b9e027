/// The configuration of a Linux kernel, as its build leaves it (`/boot/config-…`):
///
///     # Linux/arm 6.1.148 Kernel Configuration
///     CONFIG_XEN_DOM0=y
///     # CONFIG_KVM is not set
///
/// Source: Linux `scripts/kconfig/confdata.c`.
public struct KernelConfiguration: Sendable, Hashable {
  /// Such as `6.1.148`.
  public let version: String
  private let options: [String: String]

  /// Nil for a text that does not begin as such a file does.
  public init?(parsing bytes: [UInt8]) {
    let text = String(decoding: bytes, as: UTF8.self)
    var options: [String: String] = [:]
    var version: String?
    for line in text.split(whereSeparator: \.isNewline) {
      if line.hasPrefix("CONFIG_"), let mark = line.firstIndex(of: "=") {
        options[String(line[..<mark])] = String(line[line.index(after: mark)...])
      } else if version == nil, line.hasPrefix("# Linux/") {
        version = line.split(separator: " ").dropFirst(2).first.map(String.init)
      }
    }
    guard let version else { return nil }
    self.version = version
    self.options = options
  }

  /// Major and minor; nil where the version does not begin with them.
  public var release: (major: Int, minor: Int)? {
    let parts = version.split(separator: ".").prefix(2).map { Int($0.prefix(while: \.isNumber)) }
    guard parts.count == 2, let major = parts[0], let minor = parts[1] else { return nil }
    return (major, minor)
  }

  /// Whether the option (`CONFIG_KVM`) is built in or a module.
  public func has(_ option: String) -> Bool { ["y", "m"].contains(options[option]) }
}
