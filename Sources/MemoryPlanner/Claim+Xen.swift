import Measures

extension XenMemory {
  /// What Xen takes for itself.
  public var claims: [Claim] {
    var claims: [Claim] = []
    if let heap {
      claims.append(
        Claim(
          owner: "Xen's heap", range: heap, reason: "its own memory, as high as it fits",
          kind: .xenHeap, stage: .xen))
    }
    if let frameTable {
      claims.append(
        Claim(
          owner: "Xen's frame table", range: frameTable, reason: "32 bytes for each page of RAM",
          kind: .frameTable, stage: .xen))
    }
    return claims
  }
}

extension Dom0Layout {
  /// Dom0's banks, and what Xen copies into the first.
  public var claims: [Claim] {
    var claims = banks.enumerated().map { index, bank in
      Claim(
        owner: banks.count > 1 ? "dom0, bank \(index)" : "dom0", range: bank,
        reason: "mapped 1:1, as devices need it", kind: .dom0, stage: .dom0)
    }
    claims.append(
      Claim(
        owner: "the dom0 kernel where Xen copies it to", range: kernel,
        reason: "below the first 128 MiB of dom0's memory", kind: .kernel, stage: .dom0))
    claims.append(
      Claim(
        owner: "dom0's device tree", range: tree, reason: "the room that Xen keeps for it",
        kind: .tree, stage: .dom0))
    if let initrd {
      claims.append(
        Claim(
          owner: "the initial RAM disk where Xen copies it to", range: initrd,
          reason: "behind dom0's device tree", kind: .initrd, stage: .dom0))
    }
    return claims
  }
}
