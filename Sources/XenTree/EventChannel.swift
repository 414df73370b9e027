import DeviceTree

/// An event channel that is there before the domains that use it.
public struct EventChannel: Sendable, Hashable {
  /// A domain's end of it.
  public struct End: Sendable, Hashable {
    /// A guest's name; nil for dom0.
    public let domain: String?
    /// The domain's own number for the channel.
    public let port: UInt32

    public init(domain: String?, port: UInt32) {
      self.domain = domain
      self.port = port
    }
  }

  public let one: End
  public let other: End

  public init(_ one: End, _ other: End) {
    self.one = one
    self.other = other
  }

  /// What a guest can number its channels with: Xen gives guests no more, and takes 0 for any.
  public static let ports: ClosedRange<UInt32> = 1...1023

  var ends: [End] { [one, other] }
}

extension EventChannel.End {
  /// Names the phandle of the other end, and has one for it to name.
  func node(phandle: UInt32, other: UInt32) -> Node {
    var node = Node(name: "event-channel-\(port)")
    node.set(.string("compatible", "xen,evtchn-v1"))
    node.set(.cells("xen,evtchn", [port, other]))
    node.set(.cells("phandle", [phandle]))
    return node
  }

  var owner: String { domain ?? "dom0" }
}
