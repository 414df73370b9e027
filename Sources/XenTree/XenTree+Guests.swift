import BootImages
import DeviceTree
import Measures

/// What is wrong with a guest by itself, and with the guests among each other.
extension XenTree {
  private static let page: UInt64 = 4096

  func checkDomains() throws(XenTreeError) {
    var names = Set(pools.map { $0.name.lowercased() })
    for domain in domains {
      func refuse(_ fault: XenDomainFault) -> XenTreeError { .domain(domain.name, fault) }
      if let fault = NodeName.fault(domain.name) { throw refuse(.name(fault)) }
      guard names.insert(domain.name.lowercased()).inserted else { throw .nameTaken(domain.name) }
      if let fault = fault(domain) { throw refuse(fault) }
    }
    try checkCapabilities()
    try checkSharedMemory()
  }

  private func fault(_ domain: XenDomain) -> XenDomainFault? {
    if domain.memory == 0 { return .noMemory }
    if domain.memory.rawValue % 1024 != 0 { return .oddMemory(domain.memory) }
    if domain.processors == 0 { return .noProcessors }
    if !domain.modules.contains(where: { $0.kind == .kernel }) { return .noKernel }
    let length = domain.arguments.utf8.count
    if length >= Self.longestArguments { return .argumentsTooLong(length) }
    if let pool = domain.pool, !pools.contains(where: { $0.name == pool }) {
      return .unknownPool(pool)
    }
    if domain.isDirectMapped, domain.staticMemory.isEmpty { return .directMapWithoutStaticMemory }
    return sizeFault(domain) ?? staticMemoryFault(domain) ?? sharedMemoryFault(domain)
  }

  /// Xen panics with `Not enough memory in the first bank for the kernel+dtb+initrd`.
  private func sizeFault(_ domain: XenDomain) -> XenDomainFault? {
    let files = Self.sum(domain.modules.filter { $0.kind != .tree }.map(\.size))
    return files < domain.memory ? nil : .memoryTooSmall(domain.memory, files: files)
  }

  /// All guests have to be there at once; with too little RAM Xen panics with `Failed to allocate
  /// requested domain memory`. A tree without sizes, which the bootloader fills in, says nothing.
  func checkMemory(_ base: DeviceTree) throws(XenTreeError) {
    let root = base.root
    let nodes = root.children.filter { $0.property("device_type")?.string == "memory" }
    let sizes = nodes.flatMap { node in
      node.reg(addressCells: root.addressCells ?? 2, sizeCells: root.sizeCells ?? 1) ?? []
    }.map(\.size)
    let (ram, wanted) = (Self.sum(sizes), Self.sum(domains.map(\.memory)))
    guard ram == 0 || wanted < ram else { throw .beyondRAM(wanted, ram: ram) }
  }

  private static func sum(_ sizes: [ByteCount]) -> ByteCount {
    ByteCount(
      sizes.reduce(UInt64(0)) { sum, size in
        let (total, overflow) = sum.addingReportingOverflow(size.rawValue)
        return overflow ? .max : total
      })
  }

  /// Xen gives a guest either static memory or memory of its choice.
  private func staticMemoryFault(_ domain: XenDomain) -> XenDomainFault? {
    guard !domain.staticMemory.isEmpty else { return nil }
    for range in domain.staticMemory {
      guard range.start.rawValue % Self.page == 0, range.size.rawValue % Self.page == 0,
        !range.isEmpty
      else { return .notPages(range) }
    }
    let sum = Self.sum(domain.staticMemory.map(\.size))
    return sum == domain.memory ? nil : .staticMemorySum(sum, memory: domain.memory)
  }

  private func sharedMemoryFault(_ domain: XenDomain) -> XenDomainFault? {
    for share in domain.sharedMemory {
      // The limit counts the NUL, and Xen compares up to the first one.
      guard (1...15).contains(share.id.utf8.count), !share.id.utf8.contains(0) else {
        return .badSharedID(share.id)
      }
      let numbers = share.host.rawValue | share.guest.rawValue | share.size.rawValue
      guard numbers % Self.page == 0, share.size != 0,
        AddressRange(start: share.host, size: share.size) != nil,
        AddressRange(start: share.guest, size: share.size) != nil
      else { return .sharedNotPages(share.id) }
      if domain.isDirectMapped, share.host != share.guest { return .sharedNotDirect(share.id) }
    }
    return nil
  }

  /// Hardware and xenstore domain there can be only one of, and a dom0 is both; xenstore has to be
  /// somewhere where a guest is to see it.
  private func checkCapabilities() throws(XenTreeError) {
    for (bit, name) in [(XenDomain.Capabilities.hardware, "hardware"), (.xenstore, "xenstore")] {
      let holders = domains.filter { $0.capabilities.contains(bit) }
      if let second = hasDom0 ? holders.first : holders.dropFirst().first {
        throw .domain(second.name, .second(name))
      }
    }
    let hasXenstore = hasDom0 || domains.contains { $0.capabilities.contains(.xenstore) }
    let user = domains.first { $0.interfaces == .enabled || $0.interfaces == .legacy }
    if let user, !hasXenstore { throw .domain(user.name, .noXenstore) }
  }

  /// One id is one region, and one region has one id and one owner.
  private func checkSharedMemory() throws(XenTreeError) {
    struct Region: Hashable {
      let host: Address
      let size: ByteCount
    }
    var regions: [String: Region] = [:]
    var ids: [Region: String] = [:]
    var owners: Set<String> = []
    for share in domains.flatMap(\.sharedMemory) {
      let region = Region(host: share.host, size: share.size)
      guard regions[share.id] == nil || regions[share.id] == region,
        ids[region] == nil || ids[region] == share.id
      else { throw .sharedMemoryDiffers(share.id) }
      regions[share.id] = region
      ids[region] = share.id
      if share.role == .owner, !owners.insert(share.id).inserted {
        throw .sharedMemoryOwnedTwice(share.id)
      }
    }
    // A borrower of what nobody owns would find no pages.
    for share in domains.flatMap(\.sharedMemory)
    where share.role == .borrower && !owners.contains(share.id) {
      throw .sharedMemoryWithoutOwner(share.id)
    }
  }
}
