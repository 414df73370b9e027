import Bytes
public import DeviceTree

/// How an input holds two trees: the first as long as its header says, and the second behind it.
public struct InputParts {
  public let first: [UInt8]
  public let second: [UInt8]

  /// A header that is no help splits the input in its middle.
  public init(_ bytes: [UInt8]) {
    let size = bytes.count >= 8 ? bytes[4..<8].reduce(0) { $0 << 8 | Int($1) } : 0
    let end = (8..<max(bytes.count, 9)).contains(size) ? size : bytes.count / 2
    first = Array(bytes[..<end])
    second = Array(bytes[end...])
  }
}
