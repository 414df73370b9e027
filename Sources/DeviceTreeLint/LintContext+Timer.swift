import BootImages
import DeviceTree

/// The generic timer of the processors.
extension LintContext {
  /// Source: Xen `xen/arch/arm/time.c`, `preinit_dt_xen_time`; `DT_MATCH_TIMER`.
  func findTimer() -> NodeID? {
    // One without interrupts matters to Xen only, which then stops.
    timers.first { tree.has($0, .interrupts) || tree.has($0, .interruptsExtended) }
      ?? (isForXen ? timers.first : nil)
  }

  /// Linux takes the timer's interrupts by their names where it has some, and so does Xen since 4.18.
  var takesTimerByName: Bool { !isForXen || xen >= XenVersion(major: 4, minor: 18) }

  /// What the timer's interrupts are for, in the order of the binding, by the names that it has for
  /// them.
  static let timerInterrupts: [StaticString] = ["sec-phys", "phys", "virt", "hyp-phys"]

  /// Which place each has in the list, and what it is called in words.
  static let timerPlaces = [
    ("first", "secure"), ("second", "non-secure"), ("third", "virtual"), ("fourth", "hypervisor"),
  ]
}
