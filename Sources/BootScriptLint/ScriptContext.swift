import BootImages
import Diagnostics
import Hush
import Measures

/// One script, menu or environment text, what it is judged for, and what many rules want to know of it,
/// worked out once.
struct ScriptContext: Sendable {
  let kind: ScriptKind
  /// The file's name, and its bytes: of an image, those of the text in it.
  let file: String
  let text: [UInt8]
  let target: ScriptTarget
  let marks: ScriptMarks
  /// In the order of the text; nothing of them is skipped.
  let commands: [ScriptCommand]
  let branches: [ScriptBranch]
  let faults: [ScriptFault]
  let openQuotes: [Int]
  let groups: [Range<Int>]
  let environmentNames: Set<String>
  let localNames: Set<String>
  let loads: [ScriptLoad]
  /// Numbers of the commands that boot.
  let boots: [Int]
  /// Of environment text.
  let environment: EnvironmentText?
  let extlinux: ExtlinuxFile?
  /// What is wrong with an image's header.
  let imageError: LegacyImageError?

  static let bootCommands: Set<String> = ["bootz", "bootm", "booti"]

  init(_ bytes: [UInt8], file: String, kind: ScriptKind, target: ScriptTarget) {
    self.kind = kind
    self.file = file
    self.target = target
    var text = bytes
    var imageError: LegacyImageError?
    if kind == .image {
      (text, imageError) = Self.unwrapped(bytes)
    }
    self.text = text
    self.imageError = imageError
    let isScript = kind == .commands || kind == .image
    marks = ScriptMarks(isScript ? text[...] : [])
    environment = kind == .environment ? EnvironmentText(text) : nil
    extlinux = kind == .extlinux ? ExtlinuxFile(text) : nil

    var walker = ScriptWalker(environment: Self.environment(of: target))
    if isScript {
      walker.walk(text, for: .script, at: .init(base: 0, whole: 0..<text.count))
    } else if let environment {
      Self.walk(environment, with: &walker)
    }
    commands = walker.commands
    branches = walker.branches
    faults = walker.faults
    openQuotes = walker.openQuotes
    groups = walker.groups
    environmentNames = walker.environmentNames
    localNames = walker.localNames
    var cache = ScriptFileCache()
    var loads: [ScriptLoad] = []
    for (number, command) in walker.commands.enumerated() where !command.isLoop {
      if let load = ScriptLoad(command, number: number, image: target.image, cache: &cache) {
        loads.append(load)
      }
    }
    self.loads = loads
    boots = walker.commands.indices.filter {
      !walker.commands[$0].isLoop && Self.bootCommands.contains(walker.commands[$0].name)
    }
  }

  private static func unwrapped(_ bytes: [UInt8]) -> ([UInt8], LegacyImageError?) {
    do throws(LegacyImageError) {
      let image = try LegacyImage(parsing: bytes.span.bytes)
      return (try image.scriptText(in: bytes.span.bytes), nil)
    } catch {
      return ([], error)
    }
  }

  /// The default environment, with what the boot sequence sets where the card is known.
  private static func environment(of target: ScriptTarget) -> [String: String] {
    var environment = target.environment ?? [:]
    guard let image = target.image else { return environment }
    environment["devtype"] = image.interface
    environment["devnum"] = String(image.device)
    environment["distro_bootpart"] = String(image.bootPartition, radix: 16)
    environment["prefix"] = image.prefix
    return environment
  }

  /// Environment text sets its variables; what U-Boot runs of them is looked at.
  private static func walk(_ environment: EnvironmentText, with walker: inout ScriptWalker) {
    for entry in environment.entries {
      let name = String(decoding: entry.name, as: UTF8.self)
      walker.define(name, entry.value.map { String(decoding: $0, as: UTF8.self) } ?? "")
    }
    for entry in environment.entries {
      let name = String(decoding: entry.name, as: UTF8.self)
      guard name == "uenvcmd" || name == "bootcmd", let value = entry.value else { continue }
      // Where no backslash was taken out, each byte has its place.
      let isPlain = value.count == entry.valueRange.count
      walker.run(
        name, String(decoding: value, as: UTF8.self),
        at: .init(base: isPlain ? entry.valueRange.lowerBound : nil, whole: entry.valueRange))
    }
  }
}

extension ScriptContext {
  var isScript: Bool { kind == .commands || kind == .image }

  /// Whether a name may hold something when this command runs.
  func mayBeSet(_ name: String, at command: ScriptCommand) -> Bool {
    if command.isOpen || environmentNames.contains(name) || localNames.contains(name) {
      return true
    }
    return target.environment.map { $0[name] != nil } ?? true
  }

  /// Whether two commands exclude each other: different parts of one structure, or two tries of a
  /// list with `||`.
  func exclude(_ first: Int, _ second: Int) -> Bool {
    let (first, second) = (commands[first], commands[second])
    if first.chain == second.chain {
      return first.followup == .or || second.before == .or
    }
    var (a, b) = (first.branch, second.branch)
    while a != b {
      if branches[a].depth > branches[b].depth {
        if let c = sibling(a, of: b) { return c }
        guard let parent = branches[a].parent else { return false }
        a = parent
      } else {
        if let c = sibling(b, of: a) { return c }
        guard let parent = branches[b].parent else { return false }
        b = parent
      }
    }
    return false
  }

  /// Of two parts of one structure, whether both cannot run; nil where they are of different ones.
  private func sibling(_ a: Int, of b: Int) -> Bool? {
    let (a, b) = (branches[a], branches[b])
    guard a.group == b.group, a.group >= 0 else { return nil }
    let (low, high) = (min(a.part, b.part), max(a.part, b.part))
    return low != high && !(low.isMultiple(of: 2) && high == low + 1)
  }

  /// Whether Xen is to boot: said, or seen in what is loaded and written into the tree.
  var isForXen: Bool {
    if let said = target.isForXen { return said }
    return loads.contains { load in
      if case .xen? = load.file?.kind { return true }
      return load.baseName == "xen" || load.baseName.hasPrefix("xen-")
        || load.baseName.hasPrefix("xen.")
    }
      || commands.contains { command in
        command.name == "fdt" && command.words.contains { $0.text?.hasPrefix("xen,") == true }
      }
  }

  /// The loads whose addresses the command names, newest first.
  func loads(at address: UInt64, before command: Int) -> [ScriptLoad] {
    loads.reversed().filter { $0.command < command && $0.address == address }
  }

  /// What a boot command names: kernel, initrd, tree; without a size behind a colon.
  func operands(of boot: Int) -> [ScriptWord] { Array(commands[boot].words.dropFirst()) }
}

extension ScriptWord {
  /// The address of `ADDRESS:SIZE` or `ADDRESS`.
  var addressPart: UInt64? {
    guard case .text(let text)? = value.parts.first else { return nil }
    return UInt64(uBoot: text.prefix { $0 != ":" })
  }

  /// Whether a size follows the address.
  var hasSize: Bool { value.outline.contains(":") }
}
