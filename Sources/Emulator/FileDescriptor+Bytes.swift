import SystemPackage

extension FileDescriptor {
  /// The next bytes, at most `limit`; none at the end of the file.
  func bytes(upTo limit: Int) throws -> [UInt8] {
    try [UInt8](unsafeUninitializedCapacity: limit) { buffer, count in
      count = try read(into: UnsafeMutableRawBufferPointer(buffer))
    }
  }

  /// All bytes from here to the end of the file.
  func bytesToEnd() throws -> [UInt8] {
    var all: [UInt8] = []
    while true {
      let next = try bytes(upTo: 1 << 16)
      guard !next.isEmpty else { return all }
      all += next
    }
  }
}
