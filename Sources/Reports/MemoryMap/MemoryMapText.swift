import Diagnostics
import Measures
public import MemoryPlanner

/// A memory map on a terminal.
public enum MemoryMapText {
  public static func text(_ map: MemoryMap) -> String {
    var lines: [String] = []
    let memory = map.regions.filter { $0.kind != .registers }
    lines.append("memory")
    var table = TextTable([.left, .right])
    for region in memory {
      table.add(region.range.description, region.range.size.description, region.name)
    }
    lines += table.lines() + [""] + stages(map)
    return lines.joined(separator: "\n") + "\n"
  }

  /// What is in it, without the memory itself.
  public static func stages(_ map: MemoryMap) -> [String] {
    var lines: [String] = []
    let isBad = Set(map.clashes.flatMap { [$0.claim, $0.other].compactMap { $0 } })
    for stage in Claim.Stage.allCases {
      let claims = map.claims(at: stage)
      if claims.isEmpty { continue }
      lines += (lines.isEmpty ? [] : [""]) + [stage.title]
      var table = TextTable([.left, .right])
      for claim in claims {
        let source = claim.source.map { " (\($0))" } ?? ""
        table.add(
          claim.range.description, claim.range.size.description, claim.owner,
          claim.reason + source)
      }
      // The rows of claims that clash begin with a mark.
      lines += zip(claims, table.lines()).map { claim, line in
        isBad.contains(claim) ? "!" + line.dropFirst() : line
      }
    }
    if let xen = map.xen, !xen.unused.isEmpty {
      lines += ["", "RAM that this Xen never uses"]
      lines += xen.unused.map { "  \($0)  \($0.size)" }
    }
    if let dom0 = map.dom0 { lines += ["", "dom0: \(dom0.word)", "  \(dom0.sentence)"] }
    if let sizes = map.sizesOfDom0 { lines.append("  \(sizes)") }
    if !map.clashes.isEmpty {
      lines += ["", map.clashes.count == 1 ? "1 clash" : "\(map.clashes.count) clashes"]
      for clash in map.clashes {
        let diagnostic = clash.diagnostic
        lines.append("  \(diagnostic.message)")
        lines += diagnostic.notes.map { "    \($0)" }
        if let help = diagnostic.help { lines.append("    help: \(help)") }
      }
    }
    return lines
  }
}

extension MemoryMap {
  /// The sizes of dom0's memory that are determined, in words; nil where nobody looked for them.
  var sizesOfDom0: String? {
    determinedSizes.map { sizes in
      sizes.isEmpty
        ? "no size of its memory that was tried is determined"
        : "sizes of its memory that are determined: "
          + sizes.map(\.description).joined(separator: ", ")
    }
  }
}

extension Dom0Placement {
  /// What is known, in words.
  var sentence: String {
    func words(_ layout: Dom0Layout) -> String {
      let banks = layout.banks.map { "\($0) (\($0.size))" }.joined(separator: ", ")
      return "\(banks), kernel at \(layout.kernel.start)"
    }
    return switch self {
    case .determined(let layout): "every boot gives it \(words(layout))"
    case .varies(let layouts):
      "boots differ: " + layouts.map(words).joined(separator: "; or ")
    case .mayFail(let reason): "a boot may fail: \(reason)"
    case .cannotFit(let reason): "no boot gets there: \(reason)"
    }
  }
}

extension Claim.Stage {
  /// The same, for the head of a lane.
  var lane: String {
    switch self {
    case .loading: "loading"
    case .linux: "Linux"
    case .xen: "Xen"
    case .dom0: "dom0"
    }
  }

  /// For people: when the claims of the stage count.
  var title: String {
    switch self {
    case .loading: "while U-Boot loads"
    case .linux: "while Linux unpacks itself"
    case .xen: "what Xen takes"
    case .dom0: "dom0"
    }
  }
}
