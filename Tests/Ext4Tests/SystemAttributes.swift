import Foundation
import Testing

/// The system's calls for extended attributes, which Swift's view of the C library leaves out.
enum SystemAttributes {
  private typealias List =
    @convention(c) (UnsafePointer<CChar>, UnsafeMutablePointer<CChar>, Int) -> Int
  private typealias Get =
    @convention(c) (
      UnsafePointer<CChar>, UnsafePointer<CChar>, UnsafeMutablePointer<UInt8>, Int
    ) -> Int

  /// All of a path's own, links not followed.
  static func read(_ path: [CChar]) throws -> [[UInt8]: [UInt8]] {
    let list = unsafeBitCast(try #require(dlsym(nil, "llistxattr")), to: List.self)
    let get = unsafeBitCast(try #require(dlsym(nil, "lgetxattr")), to: Get.self)
    var names = [CChar](repeating: 0, count: 65536)
    let count = list(path, &names, names.count)
    try #require(count >= 0)
    var found: [[UInt8]: [UInt8]] = [:]
    for name in names.prefix(count).split(separator: 0) {
      var value = [UInt8](repeating: 0, count: 65536)
      let size = get(path, Array(name) + [0], &value, value.count)
      try #require(size >= 0)
      found[name.map { UInt8(bitPattern: $0) }] = Array(value.prefix(size))
    }
    return found
  }
}
