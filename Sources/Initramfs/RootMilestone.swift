/// What the script of Templates/root-init.sh says on its way, so that whoever watches the serial line
/// can tell how far a boot got.
public enum RootMilestone: String, Sendable, Hashable, CaseIterable {
  case modules
  case network
  case device
  case mount
  case handover

  /// How the line begins that says this step has begun. One that failed says `stopped` instead.
  public var line: String {
    switch self {
    case .modules: "ctboot-init: loading "
    case .network: "ctboot-init: waiting for a network device"
    case .device: "ctboot-init: waiting for "
    case .mount: "ctboot-init: mounting "
    case .handover: "ctboot-init: starting "
    }
  }

  /// How the line begins that says which step failed, and why.
  public static let stopped = "ctboot-init: STOPPED: "

  /// The steps to this root, in their order.
  public static func steps(to root: Root) -> [RootMilestone] {
    switch root {
    case .partition: [.modules, .device, .mount, .handover]
    case .nfs: [.modules, .network, .mount, .handover]
    }
  }
}
