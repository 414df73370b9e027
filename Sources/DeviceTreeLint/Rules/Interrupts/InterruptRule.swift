import DeviceTree
import Diagnostics

/// Looks at each interrupt that goes to a GIC. What is wrong in the same way with several interrupts
/// of one property is told once.
protocol InterruptRule: TreeRule {
  static func isWrong(_ interrupt: LintContext.GICInterrupt, _ context: LintContext) -> Bool

  /// What is said of a wrong one.
  static func message(_ interrupt: LintContext.GICInterrupt, _ context: LintContext) -> String

  static func help(_ interrupt: LintContext.GICInterrupt, _ context: LintContext) -> String

  /// Where it is not the card's.
  static func severity(
    _ interrupt: LintContext.GICInterrupt, _ context: LintContext
  ) -> Severity?

  /// What a wrong one was meant to be; nil where nobody can tell.
  static func mended(
    _ interrupt: LintContext.GICInterrupt, _ context: LintContext
  ) -> InterruptCells?

  static var fixSafety: Fix.Safety { get }
}

/// The three cells of a GIC's interrupt.
struct InterruptCells {
  var type: UInt32
  var number: UInt32
  var flags: UInt32

  init(_ interrupt: LintContext.GICInterrupt) {
    (type, number, flags) = (interrupt.type, interrupt.number, interrupt.flags)
  }

  func with(type: UInt32? = nil, number: UInt32? = nil, flags: UInt32? = nil) -> InterruptCells {
    var other = self
    if let type { other.type = type }
    if let number { other.number = number }
    if let flags { other.flags = flags }
    return other
  }

  /// The first two decimal, as everybody writes them; the flags too while they are one digit.
  var text: String { "\(type) \(number) \(flags < 10 ? String(flags) : hex(flags))" }
}

extension InterruptRule {
  static var fixSafety: Fix.Safety { .risky }

  static func severity(
    _ interrupt: LintContext.GICInterrupt, _ context: LintContext
  ) -> Severity? { nil }

  static func mended(
    _ interrupt: LintContext.GICInterrupt, _ context: LintContext
  ) -> InterruptCells? { nil }

  static func check(_ context: LintContext, _ findings: inout Findings) {
    var wrong: [LintContext.GICInterrupt] = []
    let all = context.allGICInterrupts
    // By number: to take one out costs more than to look at it.
    for index in all.indices where isWrong(all[index], context) {
      let interrupt = all[index]
      guard judgesDisabled || context.isEnabled(interrupt.node) else { continue }
      if let last = wrong.last, last.interrupt.property != interrupt.interrupt.property {
        report(wrong, context, &findings)
        wrong.removeAll(keepingCapacity: true)
      }
      wrong.append(interrupt)
    }
    report(wrong, context, &findings)
  }

  /// Interrupts of one property.
  private static func report(
    _ wrong: [LintContext.GICInterrupt], _ context: LintContext, _ findings: inout Findings
  ) {
    guard let first = wrong.first else { return }
    let more = wrong.count == 1 ? "" : " (and \(wrong.count - 1) more)"
    findings.report(
      message(first, context) + more, at: first.node, first.interrupt.property,
      severity: severity(first, context), help: help(first, context), fix: fix(wrong, context))
  }

  /// The property with all of them mended. One that names its controllers is left to people: their
  /// phandles are labels in the source.
  private static func fix(
    _ wrong: [LintContext.GICInterrupt], _ context: LintContext
  ) -> Fix? {
    guard let first = wrong.first, context.tree.known(first.interrupt.property) == .interrupts,
      context.tree.cellCount(first.interrupt.property) <= 256
    else { return nil }
    var mended: [Int: InterruptCells] = [:]
    for interrupt in wrong {
      guard let cells = Self.mended(interrupt, context) else { return nil }
      mended[interrupt.interrupt.index] = cells
    }
    let value = context.interruptsText(of: first.interrupt.property, first.interrupt.count) {
      mended[$0]
    }
    return Fix(
      fixSafety, "write \(value)",
      .set(node: context.tree.path(first.node), property: "interrupts", value: value))
  }
}

extension LintContext {
  /// The interrupts of the property as DTS, `count` cells each, those that `changed` has among them.
  func interruptsText(
    of property: PropertyID, _ count: Int, changed: (Int) -> InterruptCells?
  ) -> String {
    let cells = tree.cells(property)
    var texts: [String] = []
    for start in stride(from: 0, through: cells.count - count, by: max(1, count)) {
      var words = cells[start..<start + count].map { $0 < 1000 ? String($0) : hex($0) }
      if count >= 3, let new = changed(texts.count) { words[0...2] = [new.text] }
      texts.append("<" + words.joined(separator: " ") + ">")
    }
    return texts.joined(separator: ", ")
  }
}
