public import Measures

/// A script for U-Boot's shell that brings files into memory and starts Xen or Linux.
public struct BootScript: Sendable, Hashable {
  /// What is started, and what it has to be told.
  public enum Payload: Sendable, Hashable {
    /// Xen reads its command lines in the tree, in these properties of `/chosen`; dom0's is nil where
    /// there is no dom0.
    case xen(property: String, dom0Property: String?)
    /// Linux gets its command line from U-Boot.
    case linux(arguments: String, needsHYP: Bool)
  }

  /// The board's name and its title for people.
  public var board: String
  public var title: String
  public var payload: Payload
  /// In the order in which they are tried; at least one.
  public var sets: [BootSet]
  public var source: FileSource
  /// The memory that U-Boot may use for its copy of the tree (`bootm_low`, `bootm_size`).
  public var bootWindow: AddressRange

  public init(
    board: String, title: String, payload: Payload, sets: [BootSet],
    source: FileSource = .partition, bootWindow: AddressRange
  ) {
    self.board = board
    self.title = title
    self.payload = payload
    self.sets = sets
    self.source = source
    self.bootWindow = bootWindow
  }

  /// The file on the boot partition whose settings come before ours.
  public static let overrides = "ctboot.env"
  /// How much of it is read, in bytes.
  public static let overridesLimit = ByteCount.kibibytes(16)
  /// The room that Xen's tree gets for each of them, in bytes.
  private static let overrideRoom = ByteCount.kibibytes(4)
  /// By how much both may make it grow: U-Boot rounds to whole pages each time.
  public static let treeGrowth = ByteCount.kibibytes(16)

  /// The template that it is made from.
  public var templateName: String {
    switch payload {
    case .xen: "xen.cmd"
    case .linux: "linux.cmd"
    }
  }

  /// The script's text, made from a template with these values in it.
  ///
  /// Numbers are written as U-Boot reads them: addresses with `0x`, sizes as the bare lower-case
  /// hexadecimal digits that `${filesize}` holds after a load.
  public func text(template: ScriptTemplate) throws(ScriptError) -> String {
    var gaps = Gaps(values: [
      "board": try HushText.words(board, in: "board's name"),
      "title": try HushText.words(title, in: "board's title"),
      "bootm_low": bootWindow.start.description,
      "bootm_size": Address(bootWindow.size.rawValue).description,
    ])
    var rows: [Gaps] = []
    for set in sets { rows.append(try row(of: set, number: rows.count)) }
    gaps.sections["sets"] = Gaps.Section(rows, like: Gaps())
    gaps.sections["network"] = Self.network(source)
    gaps.sections["card"] = card
    switch payload {
    case .xen: break
    case .linux(let arguments, let needsHYP):
      gaps.values["arguments"] = try HushWord.quoting(arguments, as: "kernel's command line")
      gaps.sections["hyp"] = Gaps.Section(if: needsHYP)
    }
    return try template.render(gaps)
  }

  private func row(of set: BootSet, number: Int) throws(ScriptError) -> Gaps {
    var loads: [Gaps] = []
    for load in set.loads where source != .memory { loads.append(try row(of: load)) }
    let initrd = set.initrd.map { "\($0.start):\(String($0.size.rawValue, radix: 16))" }
    var row = Gaps(values: ["entry": set.entry.description, "tree": set.tree.description])
    row.sections["loads"] = Gaps.Section(loads, like: Self.loadShape)
    row.sections["another"] = Gaps.Section(if: number > 0)
    switch payload {
    case .xen(let property, let dom0Property):
      let isCard = source == .partition
      let growth = Address(Self.overrideRoom.rawValue).description
      var lines = [(variable: "xen_bootargs", property: property)]
      if let dom0Property { lines.append(("dom0_bootargs", dom0Property)) }
      row.sections["overrides"] = Gaps.Section(
        isCard
          ? lines.map {
            Gaps(values: [
              "reference": "${\($0.variable)}", "property": $0.property, "growth": growth,
              "origin": Self.overrides,
            ])
          } : [],
        like: Gaps(values: ["reference": "", "property": "", "growth": "", "origin": ""]))
    case .linux: row.values["initrd"] = initrd ?? "-"
    }
    return row
  }

  private func row(of load: BootLoad) throws(ScriptError) -> Gaps {
    let command =
      source == .partition ? "load ${devtype} ${devnum}:${distro_bootpart}" : "tftpboot"
    return Gaps(values: [
      "load": command,
      "name": try HushText.words(load.name, in: "name of a file"),
      "file": try HushText.fileName(load.file),
      "address": load.address.description,
      "size": String(load.size.rawValue, radix: 16),
    ])
  }

  private static let loadShape = Gaps(
    values: ["load": "", "name": "", "file": "", "address": "", "size": ""])

  static func network(_ source: FileSource) -> Gaps.Section {
    guard case .network(let server, let board) = source else {
      return Gaps.Section([], like: Gaps(values: ["server": "", "address": ""]))
    }
    return Gaps.Section([
      Gaps(values: ["server": server.description, "address": board.description])
    ])
  }

  /// The settings of the file are read to where the tree goes later.
  private var card: Gaps.Section {
    let row = Gaps(values: [
      "overrides": Self.overrides, "scratch": sets.first?.tree.description ?? "",
      "limit": Address(Self.overridesLimit.rawValue).description,
    ])
    return Gaps.Section(source == .partition ? [row] : [], like: row)
  }
}
