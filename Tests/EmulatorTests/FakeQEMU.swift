import BootLog
import Emulator
import SystemPackage

/// A shell script that stands in for QEMU: the serial line on standard input and output.
struct FakeQEMU {
  let script: String

  /// Prints every milestone's line with a short delay after each.
  static let banners = """
    for line in 'U-Boot SPL 2023.01' 'U-Boot 2023.01' 'ctboot: boot script' \
      '(XEN) Xen version 4.17.5' 'Linux version 6.1' 'ctboot: dom0 is up'
    do printf '%s\\r\\n' "$line"; sleep 0.05; done
    """

  /// Waits without an end, in steps short enough for nothing to be left behind.
  static let wait = "while :; do sleep 0.1; done"

  func boot(
    until: Milestone = .prompt, timeout: Duration = .seconds(120), log: String? = nil
  ) -> EmulatedBoot {
    EmulatedBoot(
      QEMUCommand(executable: "/bin/sh", arguments: ["-c", script, "qemu-system-arm"]),
      until: until, expected: until.path(), timeout: timeout,
      log: log.map { .init($0) })
  }
}

/// Whether any process has `mark` in its command line.
func processExists(_ mark: String) async throws -> Bool {
  try await output(of: "/bin/ps", ["-eo", "args"]).contains(mark)
}
