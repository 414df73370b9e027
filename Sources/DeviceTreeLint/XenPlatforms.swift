import DeviceTree

/// A machine for which Xen has code of its own, as far as that code keeps devices from dom0.
struct XenPlatform {
  /// Entries of the root's `compatible`, one of which makes it this machine.
  let machines: [StaticString]
  /// Entries of `compatible` whose nodes dom0 does not get, nor what lies below them.
  let hidden: [StaticString]
}

extension XenPlatform {
  /// Source: `blacklist_dev` in Xen `xen/arch/arm/platforms`: `sunxi.c`, `brcm-raspberry-pi.c`,
  /// `exynos5.c`, `vexpress.c`, `thunderx.c`.
  static let all = [
    XenPlatform(
      machines: [
        "allwinner,sun6i-a31", "allwinner,sun6i-a31s", "allwinner,sun7i-a20",
        "allwinner,sun8i-a23", "allwinner,sun8i-a33", "allwinner,sun8i-h2-plus",
        "allwinner,sun8i-h3", "allwinner,sun50i-a64", "allwinner,sun50i-h5",
        "allwinner,sun50i-h6",
      ],
      hidden: ["snps,dw-apb-uart"]),
    XenPlatform(
      machines: ["brcm,bcm2711"],
      hidden: ["brcm,bcm2835-aux-spi", "brcm,bcm2835-aux", "brcm,bcm2835-pm"]),
    XenPlatform(
      machines: ["samsung,exynos5250", "samsung,exynos5410"],
      hidden: ["samsung,exynos4210-mct", "samsung,secure-firmware"]),
    XenPlatform(
      machines: ["arm,vexpress"],
      hidden: [
        "arm,cci-400", "arm,cci-400-pmu", "arm,hdlcd", "arm,vexpress-reset",
        "arm,vexpress-reboot", "arm,vexpress-shutdown",
      ]),
    XenPlatform(machines: ["cavium,thunder-88xx"], hidden: ["cavium,smmu-v2"]),
  ]
}

extension LintContext {
  func findHiddenByPlatform() -> [StaticString] {
    guard let compatible = tree.property(.root, .compatible) else { return [] }
    let platform = XenPlatform.all.first { platform in
      platform.machines.contains { tree.lists(compatible, $0) }
    }
    return platform?.hidden ?? []
  }
}
