import DeviceTreeLint
import Diagnostics
import Testing

/// No rule disappears unnoticed: each is named here once more.
@Suite struct CatalogueTests {
  /// What dtc finds is found without dtc too: its checks, by its own names, and no others.
  @Test func everyCheckOfDTCsIsThere() {
    let ours = RuleCatalogue.cards.filter { $0.family == .dtc }.map(\.id.rawValue)
    #expect(Set(ours) == Set(DTCChecks.table))
    #expect(ours.count == Set(ours).count)
  }

  @Test(
    arguments: [
      (.structure, structure),
      (.tree, tree),
      (.interrupts, interrupts),
      (.chosen, chosen),
      (.layout, layout),
      (.hypervisor, hypervisor),
      (.dom0less, dom0less),
      (.soc, soc),
    ] as [(RuleCard.Family, [String])])
  func everyRuleOfTheFamilyIsThere(family: RuleCard.Family, ids: [String]) {
    let there = Set(RuleCatalogue.cards.filter { $0.family == family }.map(\.id.rawValue))
    #expect(Set(ids).subtracting(there) == [])
    #expect(!ids.isEmpty && Set(ids).count == ids.count)
  }
}

private let structure = words(
  """
  fdt-2m-straddle fdt-balance fdt-block-bounds fdt-block-order fdt-block-overlap fdt-dup-names
  fdt-end-exact fdt-last-comp-16 fdt-load-align fdt-magic fdt-name-utf8 fdt-nameoff fdt-pad-room
  fdt-prop-after-node fdt-prop-len fdt-root-single fdt-rsv-overlap fdt-rsvmap-align
  fdt-rsvmap-terminated fdt-struct-align fdt-token-valid fdt-totalsize-file fdt-totalsize-xen
  fdt-version
  """)

private let tree = words(
  """
  alias-target cells-inherited compatible-form cpu-nodes phandle-args phandle-valid psci-method
  ranges-length ranges-required reg-length reg-width reserved-memory-shape root-cells
  root-compatible status-value stdout-path translated-collision unit-address
  """)

private let interrupts = words(
  """
  gic-cells gic-driver gic-gicc-8k gic-maintenance gic-reg-four gic-single gic-size-match irq-both-forms
  irq-cells-short irq-console-owned irq-extended-old-xen irq-flag-high-bits irq-flag-multi
  irq-flag-zero irq-level-device-edge irq-parent-resolves irq-parent-surprise irq-ppi-mask
  irq-ppi-range irq-shared-owner irq-shared-type irq-spi-flag irq-spi-mask irq-spi-plus32
  irq-spi-range irq-type-cell ppi-device-dom0 timer-four timer-freq timer-level timer-node
  timer-order
  """)

private let chosen = words(
  """
  bootargs-env-clobber chosen-exists chosen-root-child cmdline-length dom0-args-duplicate
  dom0-console-hvc0 dom0-mem-pow2 dom0-mem-set efi-cfg-load legacy-names-44 legacy-names-uefi
  xen-cmdline-present xen-console xen-dtuart-resolves xen-unused-props
  """)

private let layout = words(
  """
  dom0-bank0-fits dom0-mem-undetermined dom0-payload-fits initrd-double initrd-props
  kernel-arm64-on-arm32 kernel-zimage-end kernel-zimage-fixed kernel-zimage-magic memory-banks
  memory-contig-first memory-decoy memory-frametable memory-node memory-sparse-half module-count
  module-depth module-end-wrap module-generic-compat module-gzip-length module-in-ram
  module-kernel-one module-memreserve-partial module-overlap module-path-len module-reg
  module-scatter module-shadowed-initrd module-size-file module-size-zero module-type-explicit
  reserved-overlap static-heap-align xen-image-room xen-load-align xenheap-fits
  """)

private let hypervisor = words(
  """
  gnttab-below-4g gnttab-frames gnttab-in-ram gnttab-on-mmio gnttab-platform hyp-compatible
  hyp-in-host-dt hyp-irq hyp-reg
  """)

private let dom0less = words(
  """
  d0l-caps d0l-cells d0l-cpupool d0l-cpus d0l-directmap-static d0l-enum d0l-evtchn-pair
  d0l-grant-version d0l-kernel d0l-memory-u64 d0l-name-unique d0l-name-unit d0l-pt-align
  d0l-pt-page-share d0l-pt-path d0l-pt-phandle d0l-pt-regpath d0l-shm-align d0l-shm-id
  d0l-shm-owner d0l-static-sum d0l-vcpu d0l-vpl011-spi
  """)

private let soc = words(
  """
  a20-all-level a20-bootmode a20-compatible a20-dram-range a20-fe-be-order a20-gic-map
  a20-gnttab-43 a20-gnttab-sramc a20-irq-table a20-load-default-clash a20-psci-node
  a20-psci-sram a20-scriptbin a20-timer-present a20-uart-page a20-uart-props a20-wdt
  """)

private func words(_ text: String) -> [String] {
  text.split { $0 == " " || $0 == "\n" }.map(String.init)
}
