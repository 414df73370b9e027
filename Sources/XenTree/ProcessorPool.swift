import DeviceTree

/// Processors that run only the domains of their pool.
public struct ProcessorPool: Sendable, Hashable {
  /// Its node's name under `/chosen`.
  public var name: String
  /// Paths of the processors' nodes.
  public var processors: [String]
  /// As Xen's `sched=`; its default where it is nil.
  public var scheduler: String?

  public init(name: String, processors: [String], scheduler: String? = nil) {
    self.name = name
    self.processors = processors
    self.scheduler = scheduler
  }

  func node(phandle: UInt32, processors: [UInt32]) -> Node {
    var node = Node(name: name)
    node.set(.string("compatible", "xen,cpupool"))
    node.set(.cells("cpupool-cpus", processors))
    if let scheduler { node.set(.string("cpupool-sched", scheduler)) }
    node.set(.cells("phandle", [phandle]))
    return node
  }
}
