import Measures
import MemoryPlanner
import XenBoots

/// `Docs/xen-placement.md`, made of the recorded boots and of what the planner says of each.
enum PlacementPage {
  static func text(of cells: [XenPlacementTests.Cell]) -> String {
    let boots = cells.reduce(0) { $0 + $1.boots.count }
    let words = Dictionary(grouping: cells, by: \.placement.word)
    let counts = ["determined", "varies", "may fail", "cannot fit"].map { word in
      "\(words[word]?.count ?? 0) \(word)"
    }.joined(separator: ", ")
    let layouts = Set(cells.map(\.layout.name)).count
    let rows = cells.map(row)
    return """
      # Where Xen puts dom0

      Made by the tests of MemoryPlanner from `Tests/xen-placement/recorded.tsv`: \(boots) boots of Debian 12's
      Xen 4.17.5 in QEMU (`virt`, two Cortex-A15), \(layouts) layouts, \(cells.count) cells: \(counts).
      `Tests/xen-placement/run` boots them again; `layouts.tsv` beside it says what lies where.

      Xen maps dom0's memory 1:1, puts it together from free blocks of a power of two, and prefers blocks
      that are clear already. Its other processors clear memory all the while, so identical boots can
      differ. The planner follows every block that Xen may take, and says:

      | word | means |
      |---|---|
      | determined | every way ends in the same banks, and dom0's files lie in the same places |
      | varies | every way ends well, but not all the same |
      | may fail | some way ends in a panic, or there are more ways than it looks at |
      | cannot fit | no way ends well |

      It looks at more ways than a boot can take: a cell that varies may have shown one outcome only.
      Two things are taken for granted: until dom0's first bank is chosen, no more than 128 MiB have been
      cleared in the background, and Xen has taken no more than 2 MiB page by page. Other releases than
      4.17 are judged by their sources (4.3 to 4.20, 32-bit ARM) and were not booted.

      Banks are START+MIB. `k`, `d` and `i` are where kernel, tree and RAM disk were copied to.

      | layout | dom0 | the planner says | boots | and they showed |
      |---|---|---|---|---|
      \(rows.joined(separator: "\n"))

      """
  }

  private static func row(_ cell: XenPlacementTests.Cell) -> String {
    var seen: [(text: String, count: Int)] = []
    for boot in cell.boots {
      let text = outcome(of: boot)
      if let index = seen.firstIndex(where: { $0.text == text }) {
        seen[index].count += 1
      } else {
        seen.append((text, 1))
      }
    }
    let shown = seen.map { seen.count > 1 ? "\($0.count)x \($0.text)" : $0.text }
    return "| \(cell.layout.name) | \(cell.memory.rawValue >> 20) | \(cell.placement.word)"
      + " | \(cell.boots.count) | \(shown.joined(separator: "; ")) |"
  }

  private static func outcome(of boot: PlacementBoot) -> String {
    guard boot.reachesDom0 else { return "panic: \(boot.end)" }
    let files = zip("kdi", [boot.kernel, boot.tree, boot.initrd]).map { name, range in
      "\(name) \(range?.start.digits ?? "-")"
    }
    return "\(PlacementBoot.text(of: boot.banks)), \(files.joined(separator: " "))"
  }
}
