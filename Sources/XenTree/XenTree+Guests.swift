import BootImages
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
    return staticMemoryFault(domain) ?? sharedMemoryFault(domain)
  }

  /// Xen gives a guest either static memory or memory of its choice.
  private func staticMemoryFault(_ domain: XenDomain) -> XenDomainFault? {
    guard !domain.staticMemory.isEmpty else { return nil }
    var sum: UInt64 = 0
    for range in domain.staticMemory {
      guard range.start.rawValue % Self.page == 0, range.size.rawValue % Self.page == 0,
        !range.isEmpty
      else { return .notPages(range) }
      let (total, overflow) = sum.addingReportingOverflow(range.size.rawValue)
      sum = overflow ? .max : total
    }
    return sum == domain.memory.rawValue
      ? nil : .staticMemorySum(ByteCount(sum), memory: domain.memory)
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
