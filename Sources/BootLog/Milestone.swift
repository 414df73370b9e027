/// A stage that a boot passes, named by what shows it on the serial line. The cases stand in the
/// order in which a boot reaches them.
public enum Milestone: String, Sendable, Hashable, CaseIterable {
  case spl
  case uBoot = "u-boot"
  case script
  case xen
  case kernel
  case userspace
  case prompt

  /// The name for files and command lines.
  public var id: String { rawValue }

  /// The name for people.
  public var title: String { row.title }

  /// The marks that show it, each enough by itself. Of a prompt only that of a login is one: anything
  /// may print a banner, so a shell is shown by an answered `ShellQuestion` alone.
  var marks: [Mark] { row.marks }

  /// The milestones up to and including this one, without those that a boot does not pass.
  public func path(without others: Set<Milestone> = []) -> [Milestone] {
    Self.allCases.filter { $0 <= self && !others.contains($0) }
  }
}

extension Milestone: Comparable {
  /// Whether a boot reaches `left` before `right`.
  public static func < (left: Self, right: Self) -> Bool { left.place < right.place }

  private var place: Int { Self.allCases.firstIndex(of: self) ?? 0 }
}

/// Bytes on the serial line that show a milestone.
struct Mark: Sendable, Hashable {
  let bytes: [UInt8]
  /// The bytes count only where a line starts with them.
  let startsLine: Bool

  static func anywhere(_ text: String) -> Mark { Mark(bytes: Array(text.utf8), startsLine: false) }
  static func line(_ text: String) -> Mark { Mark(bytes: Array(text.utf8), startsLine: true) }
}

/// What each milestone is called and what shows it. The two `ctboot:` lines are printed by the
/// boot script and the init that ctboot itself writes; the others by U-Boot (`common/spl/spl.c`,
/// `lib/display_options.c`), Xen (`common/version.c`) and Linux (`init/main.c`,
/// `arch/arm/kernel/setup.c`).
///
/// U-Boot names itself inside lines of others too (`Image Name: U-Boot 2023.01`), so its banner
/// must start a line; kernels print theirs behind a time stamp.
extension Milestone {
  private var row: (title: String, marks: [Mark]) {
    switch self {
    case .spl: ("SPL", [.anywhere("U-Boot SPL 20")])
    case .uBoot: ("U-Boot", [.line("U-Boot 20")])
    case .script: ("boot script", [.line("ctboot: boot script")])
    case .xen: ("Xen", [.anywhere("(XEN) Xen version")])
    case .kernel:
      ("kernel", [.anywhere("Linux version "), .anywhere("Booting Linux on physical CPU")])
    case .userspace:
      // Xen puts the guest's name in front of what a guest says.
      (
        "userspace",
        [
          .line("ctboot: dom0 is up"), .line("ctboot: linux is up"),
          .anywhere(": ctboot: guest is up"),
          // The init of a root partition, from where the root's own takes over.
          .line("ctboot-init: starting "),
        ]
      )
    // As agetty and busybox write it, behind the machine's name.
    case .prompt: ("prompt", [.anywhere(" login: ")])
    }
  }
}
