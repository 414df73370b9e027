import Diagnostics

/// A Xen for examples: a zImage's header and the texts that give the version, two pages in all.
enum ExampleXen {
  static func file(at address: UInt64, version: String) -> RuleExample.File {
    var bytes = [UInt8](repeating: 0, count: 0x2000)
    bytes.replaceSubrange(0x24..<0x28, with: [0x18, 0x28, 0x6F, 0x01])
    bytes.replaceSubrange(0x2C..<0x30, with: [0x00, 0x20, 0x00, 0x00])
    let texts = Array("xen,xen-\(version)\0xen,xen\0".utf8)
    bytes.replaceSubrange(0x100..<0x100 + texts.count, with: texts)
    return RuleExample.File(address: address, bytes: bytes)
  }
}
