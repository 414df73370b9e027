import BootImages

/// A property of Xen's own, and the version that had it first.
struct XenProperty {
  let name: String
  let since: XenVersion

  private init(_ name: String, _ minor: Int) {
    self.name = name
    since = XenVersion(major: 4, minor: minor)
  }

  /// What Xen 4.3 to 4.23 reads from a tree, or writes into its guests' trees.
  ///
  /// Source: the strings `xen,…` of Xen's `xen/arch/arm`, `xen/common`, `xen/drivers`, in each
  /// release's branch.
  static let all: [XenProperty] = [
    XenProperty("xen,dom0-bootargs", 3),
    XenProperty("xen,xen-bootargs", 4),
    XenProperty("xen,passthrough", 6),
    XenProperty("xen,uefi-mmap-desc-size", 7),
    XenProperty("xen,uefi-mmap-desc-ver", 7),
    XenProperty("xen,uefi-mmap-size", 7),
    XenProperty("xen,uefi-mmap-start", 7),
    XenProperty("xen,uefi-system-table", 7),
    XenProperty("xen,domain-p2m-mem-mb", 13),
    XenProperty("xen,force-assign-without-iommu", 13),
    XenProperty("xen,path", 13),
    XenProperty("xen,reg", 13),
    XenProperty("xen,static-mem", 16),
    XenProperty("xen,uefi-binary", 16),
    XenProperty("xen,uefi-cfg-load", 16),
    XenProperty("xen,enhanced", 17),
    XenProperty("xen,evtchn", 17),
    XenProperty("xen,id", 17),
    XenProperty("xen,offset", 17),
    XenProperty("xen,shared-mem", 17),
    XenProperty("xen,shm-id", 17),
    XenProperty("xen,static-heap", 17),
    XenProperty("xen,sci_type", 21),
  ]

  static func named(_ name: String) -> XenProperty? { all.first { $0.name == name } }
}
