import BootImages
import BootScripts
import DeviceTreeLint
import Measures
import MemoryPlanner
import XenTree

/// A file of the boot partition that is loaded into memory.
struct PlannedFile {
  let artefact: BuildPlan.Artefact
  let place: LoadPlaces.Place
  /// As the boot script calls it: `dom0 kernel`.
  let name: String
  /// As the memory map calls it: `the dom0 kernel`.
  let owner: String
  let kind: Claim.Kind
  /// What it takes in memory, and why.
  let memory: ByteCount
  let reason: String
  let alignment: UInt64

  static let page: UInt64 = 0x1000

  /// - Parameters:
  ///   - kind: what it is in the memory map.
  ///   - memory: nil for the file's own size.
  ///   - owner: nil for `name` with its article.
  init(
    _ artefact: BuildPlan.Artefact, at place: LoadPlaces.Place, as kind: Claim.Kind, name: String,
    owner: String? = nil,
    memory: ByteCount? = nil, reason: String = "its file", alignment: UInt64 = Self.page
  ) {
    self.artefact = artefact
    self.place = place
    self.name = name
    self.owner = owner ?? "the \(name)"
    self.kind = kind
    self.memory = memory ?? ByteCount(artefact.bytes.count)
    self.reason = reason
    self.alignment = alignment
  }

  var address: Address { place.address }

  var bootLoad: BootLoad {
    BootLoad(
      name: name, file: artefact.name, address: address, size: ByteCount(artefact.bytes.count))
  }

  var loaded: LoadedFile { LoadedFile(name: name, address: address, bytes: artefact.bytes) }

  var request: PlacementRequest {
    PlacementRequest(
      owner: owner, kind: kind, address: address, size: memory, alignment: alignment,
      reason: reason, setting: place.setting, source: place.source)
  }
}

/// Files that are loaded and started together.
struct PlannedSet {
  /// Where its files lie on the boot partition: empty for the top, else with a slash behind it.
  let folder: String
  var xen: PlannedFile?
  /// dom0's under Xen; nil where there is no dom0.
  var kernel: PlannedFile?
  var initrd: PlannedFile?
  /// What guests take, which is the same in every set.
  var guests: [PlannedFile] = []
  var tree: PlannedFile?
  /// What the tree takes once U-Boot has moved it, without what U-Boot adds; nil where U-Boot leaves
  /// it where it is.
  var movedTree: ByteCount?
  /// The same of the initial RAM disk.
  var movedInitrd: ByteCount?
  /// Of the Xen that is loaded.
  var xenVersion: XenVersion?
  /// What is wrong with the set even where it fits into memory.
  var fault: XenTreeError?

  /// In the order in which the script loads them.
  var files: [PlannedFile] {
    [xen, kernel, initrd].compactMap { $0 } + guests + (tree.map { [$0] } ?? [])
  }

  /// In the order in which one is asked to make way for those before it.
  var claimants: [PlannedFile] { [xen, tree, kernel, initrd].compactMap { $0 } + guests }
}

extension [PlannedSet] {
  /// What all sets together need of memory: of files for the same place, the largest counts.
  var requests: [PlacementRequest] {
    var requests: [PlacementRequest] = []
    for file in flatMap(\.claimants) {
      let same = requests.firstIndex { $0.owner == file.owner && $0.address == file.address }
      guard let same else {
        requests.append(file.request)
        continue
      }
      if requests[same].size < file.memory { requests[same] = file.request }
    }
    return requests
  }

  /// Files of the boot partition, each once.
  var artefacts: [BuildPlan.Artefact] {
    var names: Set<String> = []
    return flatMap(\.files).map(\.artefact).filter { names.insert($0.name).inserted }
  }
}
