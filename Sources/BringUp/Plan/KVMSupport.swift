import BootImages
import Diagnostics

/// Whether a kernel of 32 bits has KVM, by its configuration and version.
///
/// KVM came to 32-bit ARM with Linux 3.9 and left it with 5.7 (commit 541ad0150ca4, "arm: Remove 32bit
/// KVM host support"); it depends on LPAE.
struct KVMSupport {
  /// Nil where nobody knows it.
  private let config: KernelConfiguration?

  init(_ config: KernelConfiguration?) { self.config = config }

  /// Why there will be no /dev/kvm; nil where there will be.
  var warning: Diagnostic? {
    guard let config else {
      return Diagnostic(
        .warning, "it is not known whether this kernel has KVM, and so makes a /dev/kvm",
        help: "give its configuration as `inputs: config:` in the project file")
    }
    let left = config.release.map { $0.major > 5 || $0.major == 5 && $0.minor >= 7 } ?? false
    if left {
      return Diagnostic(
        .warning,
        "this kernel boots in HYP mode, but makes no /dev/kvm: Linux \(config.version) has no KVM for "
          + "32-bit ARM",
        notes: ["KVM left 32-bit ARM with Linux 5.7"], help: Self.whatHasIt)
    }
    let missing = Self.options.filter { !config.has($0) }
    guard !missing.isEmpty else { return nil }
    return Diagnostic(
      .warning,
      "this kernel boots in HYP mode, but makes no /dev/kvm: Linux \(config.version) is built without "
        + missing.joined(separator: ", "),
      help: Self.whatHasIt)
  }

  private static let options = ["CONFIG_VIRTUALIZATION", "CONFIG_ARM_LPAE", "CONFIG_KVM"]

  private static let whatHasIt =
    "a Linux of 3.9 to 5.6 with \(options.map { "\($0)=y" }.joined(separator: ", ")) has it, as "
    + "`inputs: kernel:`; guests under any kernel are Xen's, in the flows `xen` and `dom0less`"
}
