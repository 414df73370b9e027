import DeviceTree
import DeviceTreeLint
import Diagnostics
import Partitions
import Rehearsal

extension RehearsedBoot {
  /// A warning where the kernel is told of a root by an id that no partition of its card has.
  func rootFaults(_ partitions: DiskPartitions) -> [Diagnostic] {
    guard let id = rootPartition, !id.contains("/"),
      !partitions.entries.contains(where: { $0.uuid.lowercased() == id.lowercased() })
    else { return [] }
    return [
      Diagnostic(
        .warning, "the kernel is to find its root on PARTUUID \(id), which no partition here has",
        notes: ["the partitions here: " + partitions.entries.map(\.uuid).joined(separator: ", ")])
    ]
  }

  /// The id in `root=PARTUUID=…` for dom0, or for the kernel where that is entered.
  private var rootPartition: String? {
    guard let arrival else { return nil }
    let prefix = "root=PARTUUID="
    return (arrival.view?.dom0Arguments ?? arrival.kernelArguments ?? "")
      .split(separator: " ").last { $0.hasPrefix(prefix) }
      .map { String($0.dropFirst(prefix.count)) }
  }
}

extension RehearsedBoot.Arrival {
  fileprivate var kernelArguments: String? {
    guard xen == nil, let tree = try? DeviceTree(parsing: handover.tree.span.bytes) else {
      return nil
    }
    return tree.root.children.first { $0.name == "chosen" }?
      .properties.first { $0.name == "bootargs" }?.string
  }
}
