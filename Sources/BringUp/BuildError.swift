public import BootImages
public import DeviceTree
public import Diagnostics
public import Files
public import Measures
public import TreeEditing

/// Inputs that are each sound, but not fit for this board.
public enum BuildError: Error, Sendable, Hashable {
  case noInput(Input.Role)
  /// The SoC has no HYP mode, or its bootloader does not enter it.
  case noHYPMode(soc: String, neededBy: String)
  /// The SoC is no 32-bit one.
  case otherArchitecture(soc: String)
  case splTooLarge(file: String, length: ByteCount, limit: ByteCount)
  /// The SPL says by its tree's name that it is for another SoC.
  case foreignBootloader(file: String, tree: String, soc: String)
  case brokenTree(file: String, DeviceTreeError)
  /// A source in the part of a tree or an overlay that cannot be compiled.
  case brokenSource(Input.Role, file: String, [Finding])
  /// Its references stay open.
  case unresolvedSource(Input.Role, file: String)
  /// An overlay that changes nothing of whatever tree.
  case noOverlay(file: String)
  case overlay(file: String, TreeEditError)
  /// Guests, in a flow that does nothing with them; the place of the first.
  case unusedGuests(flow: String, SourceSpan?)
  /// Errors of the linter in the tree that would go onto the card.
  case faultyTree(file: String, [Finding])
  case foreignTree(file: String, compatible: [String], wanted: String, soc: String)
  /// The package has no file of the name that the board or the project asks for.
  case noPackageFor(Input.Role, board: String)
  /// The board's file gives it no RAM at the place where its SoC has it.
  case noMemory(board: String)
  /// A version of Xen that maps no more than `limit` of itself.
  case xenTooLarge(XenVersion, size: ByteCount, limit: ByteCount)
  /// A `/memreserve/` of the board's tree has no end within 64 bits.
  case endlessReservation(MemoryReservation)
  /// The window in which U-Boot places its copy of the tree is too small for it, or empty.
  case noRoomForTree(ByteCount, added: ByteCount, window: AddressRange)
  /// The window in which U-Boot places its copy of the initial RAM disk is too small for it.
  case noRoomForInitrd(ByteCount, window: AddressRange)
  /// U-Boot leaves uEnv.txt alone, by which the flow `legacy` starts.
  case neverReadsEnvironmentFile(file: String)
  /// The SoC's file does not say where a U-Boot loads to: the section that is missing, and what needs
  /// it.
  case noLoadAddresses(soc: String, section: String, neededFor: String)
  /// An address in the project file for what U-Boot itself gives one.
  case fixedPlace(String, SourceSpan)
  case brokenConfiguration(file: String)
  /// dom0 is given more than the board has, less what Xen keeps.
  case dom0TooLarge(ByteCount, board: String, largest: ByteCount, kept: ByteCount)
  /// Nothing can stand in for the board, or not the machine asked for.
  case noEmulator(board: String)
  case unknownMachine(String, known: [String])
  case toolMissing(Tool)
  /// A file of the user's, which the system does not let us read.
  case unreadableInput(Input.Role, FileError)
  /// The pattern of the board's or the distribution's file means more than one file of the package.
  case severalFilesFor(Input.Role, package: String, members: [String])
}

extension BuildError: DiagnosticConvertible {
  public var isVerdict: Bool {
    if case .faultyTree = self { true } else { false }
  }

  public var diagnostic: Diagnostic {
    switch self {
    case .noInput(let role):
      Diagnostic(
        .error, "there is no \(role.rawValue) to build from",
        help: "give one as `inputs: \(role.rawValue):` in the project file")
    case .noHYPMode(let soc, let user):
      Diagnostic(
        .error, "\(user) needs HYP mode, which this board's SoC does not have (\(soc))",
        help: "name a board whose SoC has it, or correct `processor: hyp:` in the SoC's file")
    case .otherArchitecture(let soc):
      Diagnostic(
        .error, "nothing is built for this board's SoC, which is no 32-bit ARM one (\(soc))",
        help: "name a board with a 32-bit SoC; trees of this one can be linted and composed")
    case .splTooLarge(let file, let length, let limit):
      Diagnostic(
        .error,
        "the SPL of \(file) is \(length) long, but the boot ROM loads no more than \(limit)",
        help: "use the bootloader that was built for this board")
    case .foreignBootloader(let file, let tree, let soc):
      Diagnostic(
        .error,
        "the bootloader \(file) was built for `\(tree)`, which is no board with an \(soc)",
        help: "use the bootloader that was built for this board, or name the right board")
    case .brokenTree(let file, let error):
      Diagnostic(
        .error, "the device tree \(file) is broken: \(error.diagnostic.message)",
        notes: error.diagnostic.notes, help: error.diagnostic.help)
    case .brokenSource(let role, let file, let findings): Self.refusal(of: role, file, findings)
    case .unresolvedSource(let role, let file):
      Diagnostic(
        .error, "the \(role.title) \(file) cannot be compiled: its references stay open",
        notes: ["two nodes share a name or a phandle is wrong"],
        help: "mend what `ctboot lint \(file)` tells of it")
    case .noOverlay(let file):
      Diagnostic(
        .error, "\(file) is no overlay: it is a tree by itself, without a fragment",
        help: "give it as `inputs: tree:`, or take it out of `inputs: overlays:`")
    case .overlay(let file, let error):
      Diagnostic(
        .error, "the overlay \(file) does not fit the tree: \(error.diagnostic.message)",
        notes: error.diagnostic.notes, help: error.diagnostic.help)
    case .unusedGuests(let flow, let span):
      Diagnostic(
        .error, "the project has guests, but its flow `\(flow)` starts none", at: span,
        help: "take `domains:` out, or say `flow: xen` or `flow: dom0less`")
    case .faultyTree(let file, let findings):
      // The first ones tell enough; a broken tree can have hundreds.
      Diagnostic(
        .error,
        "the device tree \(file) has \(findings.count) "
          + (findings.count == 1 ? "fault" : "faults") + " with which the board would not boot",
        notes: findings.prefix(8).map(\.inOneLine),
        help: "mend the tree's source (`ctboot explain \(findings.first?.rule.rawValue ?? "RULE")`"
          + " tells more), or accept it with a reason under `lint: allow:` in the project file")
    case .foreignTree(let file, let compatible, let wanted, let soc):
      Diagnostic(
        .error, "the device tree \(file) is not for this board's SoC, the \(soc)",
        notes: [
          compatible.isEmpty
            ? "its root has no `compatible`"
            : "its root is compatible with \(compatible.map { "`\($0)`" }.joined(separator: ", "))",
          "`\(wanted)` is wanted",
        ],
        help: "use the tree of this board, or name the right board")
    case .noPackageFor(let role, let board):
      Diagnostic(
        .error, "no package is known to hold the \(role.rawValue) for \(board)",
        help: "give a file as `inputs: \(role.rawValue):` in the project file")
    case .noMemory(let board):
      Diagnostic(
        .error, "the board file of \(board) gives it no memory where its SoC has any",
        help: "correct `memory: variants:` there")
    case .xenTooLarge(let version, let size, let limit):
      Diagnostic(
        .error,
        "Xen \(version) cannot start: its image takes \(size) of memory, and before 4.5 it maps no "
          + "more than \(limit) of itself",
        help: "use a smaller Xen or a newer one, or correct `xen: version:` in the project file")
    case .endlessReservation(let reservation):
      Diagnostic(
        .error,
        "the board's tree reserves \(reservation.size) at \(reservation.address), which runs past "
          + "the last address",
        help: "correct the `/memreserve/` in the tree's source")
    case .noRoomForTree(let size, let added, let window):
      Diagnostic(
        .error, "the device tree does not fit into the memory that U-Boot may move it to",
        notes: [
          "it takes \(size), and U-Boot adds \(added)",
          "bootm_low and bootm_size give it \(window), as far as that is RAM below U-Boot itself",
        ],
        help: "use a smaller tree, or correct `bootm` and `bootloader: reserve:` in the SoC's file")
    case .noRoomForInitrd(let size, let window):
      Diagnostic(
        .error,
        "the initial RAM disk does not fit into the memory that U-Boot may move it to",
        notes: [
          "it takes \(size)",
          "bootm_low and bootm_size give it \(window), as far as that is RAM below U-Boot itself",
        ],
        help: "correct `bootm` and `bootloader: reserve:` in the SoC's file")
    case .neverReadsEnvironmentFile(let file):
      Diagnostic(
        .error, "the bootloader \(file) never reads uEnv.txt, by which the flow `legacy` starts",
        help: "give the sunxi U-Boot of 2013 or 2014 as `inputs: bootloader:`; today's U-Boot "
          + "starts Linux in the flow `linux`")
    case .noLoadAddresses(let soc, let section, let user):
      Diagnostic(
        .error,
        "\(user) cannot be planned for: it is not known where this board's U-Boot loads to (\(soc))",
        help:
          "add a section `\(section):` to a copy of the SoC's file in a folder Boards/soc beside "
          + "the project file")
    case .fixedPlace(let key, let span):
      Diagnostic(
        .error,
        "`load: \(key):` cannot be followed: by extlinux.conf, U-Boot loads to its own addresses",
        at: span,
        help: "take it out, or say `image: { boot: { script: boot.scr } }`, which loads to any")
    case .brokenConfiguration(let file):
      Diagnostic(
        .error, "\(file) is no configuration of a Linux kernel",
        help: "give the file that the kernel's build left, as /boot/config-… of its package")
    case .dom0TooLarge(let memory, let board, let largest, let kept):
      Diagnostic(
        .error,
        "dom0 cannot have \(memory) of memory on the \(board), whose largest variant has \(largest)",
        notes: ["Xen keeps at least \(kept) for itself"],
        help: "give it less with `dom0: memory:` in the project file, or leave that out")
    case .noEmulator(let board):
      Diagnostic(
        .error,
        "there is no emulator for \(board), and its board file names no sister that has one",
        help: "name a machine with `--machine`; `ctboot boards` shows which boards have one")
    case .toolMissing(let tool):
      Diagnostic(
        .error, "the program `\(tool.name)` is not installed: \(tool.purpose)",
        help: "install it with `apt-get install \(tool.package)`")
    case .unknownMachine(let name, let known):
      Diagnostic(
        .error, "there is no machine `\(name)`",
        help: Spelling.nearest(to: name, among: known).map { "did you mean `\($0)`?" }
          ?? "known are \(known.map { "`\($0)`" }.joined(separator: ", "))")
    case .unreadableInput(let role, let error):
      Diagnostic(
        .error, error.diagnostic.message,
        notes: [
          "it is to be the \(role.rawValue), by `inputs: \(role.key):` in the project file"
        ],
        help: error.diagnostic.help)
    case .severalFilesFor(let role, let package, let members):
      // A wide pattern can mean thousands; the first tell enough.
      Diagnostic(
        .error,
        "\(members.count) files of \(package) may be the \(role.rawValue): "
          + members.prefix(4).joined(separator: ", ") + (members.count > 4 ? ", …" : ""),
        help: role == .busybox
          ? "correct the pattern in the distribution's file"
          : "give one as `inputs: \(role.rawValue):` in the project file")
    }
  }

  /// The first complaint where it stands, and some of the others.
  private static func refusal(
    of role: Input.Role, _ file: String, _ findings: [Finding]
  ) -> Diagnostic {
    let first = findings.first
    let place = first?.place
    return Diagnostic(
      .error,
      "the \(role.title) \(file) cannot be compiled" + (first.map { ": \($0.message)" } ?? ""),
      at: place.flatMap { place in
        place.line.map { SourceSpan(file: place.file, line: $0, column: place.column ?? 1) }
      },
      notes: findings.dropFirst().prefix(7).map { "\($0.place): \($0.message)" },
      help: first?.help ?? "mend the source; `ctboot lint` shows its lines")
  }
}
