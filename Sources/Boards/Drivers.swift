import StrictYAML

/// What Linux takes to reach a disk and the network: modules, or parts of the kernel, by their names.
public struct Drivers: Sendable, Hashable {
  /// From the controller to the block device.
  public let disk: [String]
  /// From the controller to the network device, its PHY included.
  public let network: [String]
  public let source: String

  init(_ section: inout YAMLMapping, _ source: String) throws(YAMLError) {
    disk = try Self.names(section.optional("disk"))
    network = try Self.names(section.optional("network"))
    self.source = source
  }

  private static func names(_ value: YAMLValue?) throws(YAMLError) -> [String] {
    var names: [String] = []
    for item in try value?.filledList() ?? [] { names.append(try item.moduleName()) }
    return names
  }
}

extension YAMLValue {
  /// The name of a driver as its file has it: letters, digits, `-` and `_`.
  fileprivate func moduleName() throws(YAMLError) -> String {
    let name = try word()
    let allowed = name.utf8.allSatisfy { byte in
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"):
        true
      default: false
      }
    }
    guard allowed else { throw wrong(wanted: "a module's name, such as sunxi-mmc") }
    return name
  }
}
