import DeviceTreeLint
import MemoryPlanner
import XenTree

extension Guests {
  /// The guests' files on the boot partition, `DOMAIN-KIND`. Guests that name one address and one file
  /// share it.
  var planned: [PlannedFile] {
    var planned: [PlannedFile] = []
    var files = self.files[...]
    for domain in domains {
      for module in domain.modules {
        guard let file = files.popFirst() else { return planned }
        let bytes = file.loaded.bytes
        if planned.contains(where: { $0.address == module.address && $0.artefact.bytes == bytes }) {
          continue
        }
        let place = LoadPlaces.Place(
          address: module.address, source: file.span,
          setting: .guest(domain.name, file: module.kind.key), isOpen: file.isAnywhere,
          isChosen: true, digitsInHexadecimal: file.digitsInHexadecimal)
        planned.append(
          PlannedFile(
            BuildPlan.Artefact(
              name: "\(domain.name)-\(module.kind.fileName)", bytes: bytes, load: module.address),
            at: place, as: module.kind.claim,
            name: "\(module.kind.rawValue) of \(domain.name)"))
      }
    }
    return planned
  }
}

extension XenModule.Kind {
  fileprivate var claim: Claim.Kind {
    switch self {
    case .kernel: .kernel
    case .ramdisk: .initrd
    case .policy: .xen
    case .tree: .tree
    }
  }

  /// What it is called under `domains:` in the project file.
  fileprivate var key: String {
    switch self {
    case .kernel: "kernel"
    case .ramdisk: "initrd"
    case .policy: "policy"
    case .tree: "passthrough"
    }
  }

  /// How the file's name on the boot partition ends.
  fileprivate var fileName: String {
    switch self {
    case .kernel: "kernel"
    case .ramdisk: "initrd"
    case .policy: "policy"
    case .tree: "devices.dtb"
    }
  }
}
