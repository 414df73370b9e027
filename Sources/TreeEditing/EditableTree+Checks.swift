import DeviceTree

/// What is looked at before libfdt, and what it answers.
extension EditableTree {
  /// Far more than any overlay has: libfdt looks through the whole base for each of its nodes.
  static let overlayLimits = DeviceTree.Limits(nodes: 1 << 12, properties: 1 << 14)

  static func accept(
    _ bytes: [UInt8], limits: DeviceTree.Limits,
    _ refuse: (DeviceTreeError) -> TreeEditError
  ) throws(TreeEditError) -> FlatTree {
    let scan = FlatTree.scanning(bytes, limits: limits)
    if let fault = scan.faults.first(where: { !$0.isRemark }) { throw refuse(fault) }
    guard let tree = scan.tree else { throw refuse(.noRoot(at: 0)) }
    return tree
  }

  static func check(
    _ result: Int32?, _ operation: TreeEditError.Operation
  ) throws(TreeEditError) {
    guard let result, result >= 0 else {
      throw .libfdt(LibFDTCode(result: result ?? 0), operation)
    }
  }

  /// The sum, which libfdt can count in and which is not more than is edited.
  static func checked(_ size: Int, adding extra: Int) throws(TreeEditError) -> Int {
    let (sum, overflow) = size.addingReportingOverflow(extra)
    guard !overflow, sum <= largest else {
      throw .tooLarge(size: overflow ? .max : sum, limit: largest)
    }
    return sum
  }

  /// The same that our reader asks of names, so that what is written can be read.
  static func check(name: String, isNode: Bool) throws(TreeEditError) {
    let isFine = name.utf8.allSatisfy {
      $0 >= 0x20 && $0 != 0x7F && !(isNode && $0 == UInt8(ascii: "/"))
    }
    guard isFine, (1...DeviceTree.Limits.standard.nameLength).contains(name.utf8.count) else {
      throw .invalidName(name)
    }
  }
}
