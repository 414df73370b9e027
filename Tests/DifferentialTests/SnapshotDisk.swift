/// A disk image of QEMU's own kind, the only one that can keep states of a machine: empty.
///
///     0x00000  header, version 2, clusters of 64 KiB     0x20000  counts of the four clusters
///     0x10000  where the counts are                      0x30000  where the data is: nowhere
///
/// Source: QEMU, docs/interop/qcow2.txt.
enum SnapshotDisk {
  static var empty: [UInt8] {
    let cluster = 1 << 16
    var disk = [UInt8](repeating: 0, count: 4 * cluster)
    func put(_ value: UInt64, _ width: Int, at offset: Int) {
      for index in 0..<width {
        disk[offset + index] = UInt8(truncatingIfNeeded: value >> (8 * UInt64(width - 1 - index)))
      }
    }
    put(0x5146_49FB, 4, at: 0)
    put(2, 4, at: 4)
    put(16, 4, at: 20)  // bits of a cluster
    put(64 << 20, 8, at: 24)  // size of the disk
    put(1, 4, at: 36)  // entries of the table of tables
    put(UInt64(3 * cluster), 8, at: 40)
    put(UInt64(cluster), 8, at: 48)
    put(1, 4, at: 56)  // clusters of the table of counts
    put(UInt64(2 * cluster), 8, at: cluster)
    for index in 0..<4 { put(1, 2, at: 2 * cluster + 2 * index) }
    return disk
  }
}
