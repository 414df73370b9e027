/// Which blocks are in use: one bit a block, the lowest bit of a byte first.
struct BlockMap {
  /// 4096 bytes a group.
  private(set) var bytes: [UInt8]

  init(_ plan: TablePlan, geometry: Ext4Geometry) {
    let bits = plan.groups * Ext4Geometry.blocksPerGroup
    bytes = .zeroes(bits / 8)
    set(0..<plan.end, true)
    for run in plan.free { set(run, false) }
    // What a head has no use for is free, what lies behind the tables is in use for heads only.
    let used = geometry.usedHead(plan.blocks)
    var group = 0
    while group < plan.groups {
      let start = group * Ext4Geometry.blocksPerGroup
      set(start..<(start + used), true)
      if start < plan.end { set((start + used)..<(start + geometry.head), false) }
      group = Ext4Geometry.headGroup(after: group)
    }
    // Blocks that the last group does not have.
    set(plan.blocks..<bits, true)
  }

  private mutating func set(_ range: Range<Int>, _ isUsed: Bool) {
    let range = range.clamped(to: 0..<(bytes.count * 8))
    var bit = range.lowerBound
    while bit < range.upperBound {
      if bit % 8 == 0, range.upperBound - bit >= 8 {
        bytes[bit / 8] = isUsed ? 0xFF : 0
        bit += 8
      } else {
        let mask = UInt8(1) << UInt8(bit % 8)
        if isUsed { bytes[bit / 8] |= mask } else { bytes[bit / 8] &= ~mask }
        bit += 1
      }
    }
  }

  /// A group's part.
  func group(_ number: Int) -> Range<Int> {
    let size = Ext4Geometry.blocksPerGroup / 8
    return (number * size)..<((number + 1) * size)
  }

  func free(in group: Int) -> Int {
    var used = 0
    for index in self.group(group) { used += bytes[index].nonzeroBitCount }
    return Ext4Geometry.blocksPerGroup - used
  }
}
