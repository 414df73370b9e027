import Bytes
import DeviceTree
import Diagnostics

/// A list of phandles, each with the arguments that the node it leads to asks for.
///
/// ```
/// clocks = <&ccu 3>, <0>, <&osc>;
///           │    │    │    └ its node has #clock-cells = <0>
///           │    │    └ a hole: 0 and 0xffffffff lead nowhere and have no arguments
///           │    └ as many cells as …
///           └ … the `#clock-cells` of its node says
/// ```
struct PhandleList: Sendable {
  /// The property of the other node that says how many arguments it asks for.
  let counts: KnownName
  /// Whether a node may do without that property, and then asks for none.
  var isCountOptional = false
  /// dtc's check of the list.
  let check: RuleID

  /// GPIOs, whatever stands before their name's end.
  static let gpios = PhandleList(counts: .gpioCells, check: "gpios_property")

  /// Where it goes wrong.
  struct Fault {
    enum Reason {
      case notCells
      /// No node has the phandle.
      case dangling(UInt32)
      /// The node does not say how many cells it asks for.
      case noCells(NodeID)
      /// The list ends before the cells that the node asks for.
      case short(NodeID, asked: Int, left: Int)
    }

    let reason: Reason
    /// The number of the cell with the phandle.
    let cell: Int
  }

  /// The first fault: behind it nobody knows where an entry begins.
  ///
  /// Source: dtc checks.c, `check_property_phandle_args`.
  func fault(in list: PropertyID, _ context: LintContext) -> Fault? {
    let tree = context.tree
    let count = tree.cellCount(list)
    guard tree.length(list) == count * 4 else { return Fault(reason: .notCells, cell: 0) }
    var position = 0
    while let phandle = tree.cell(list, position) {
      guard phandle != 0, phandle != .max else {
        // In an overlay it is a reference to the tree below, which has not been put in yet.
        if context.isPlugin { return nil }
        position += 1
        continue
      }
      guard let target = context.node(withPhandle: phandle) else {
        return Fault(reason: .dangling(phandle), cell: position)
      }
      guard let asked = arguments(of: target, in: tree) else {
        return Fault(reason: .noCells(target), cell: position)
      }
      let left = count - position - 1
      guard asked <= left else {
        return Fault(reason: .short(target, asked: asked, left: left), cell: position)
      }
      position += 1 + asked
    }
    return nil
  }

  /// Nil where nobody can know.
  private func arguments(of target: NodeID, in tree: FlatTree) -> Int? {
    guard let property = tree.property(target, counts) else { return isCountOptional ? 0 : nil }
    return tree.onlyCell(property).map(Int.init)
  }
}

extension PhandleList {
  /// What dtc's check of the list says.
  func check(
    _ list: PropertyID, of node: NodeID, _ context: LintContext, _ findings: inout Findings
  ) {
    guard let fault = context.listFaults[list] else { return }
    let tree = context.tree
    let name = tree.propertyName(list)
    switch fault.reason {
    case .notCells:
      findings.report(
        "`\(name)` has \(tree.length(list)) bytes; phandles and their arguments are cells of 4",
        at: node, list, help: "write each entry as `<&label …>`")
    case .dangling(let phandle):
      findings.report(
        "the phandle \(hex(phandle)) in `\(name)` (cell \(fault.cell)) leads to no node", at: node,
        list, help: "write a reference, `&label`, and no number")
    case .noCells(let target):
      findings.report(
        "`\(name)` names `\(tree.path(target))` (cell \(fault.cell)), which has no "
          + "`\(counts.rawValue)` of one cell", at: node, list,
        help: "add `\(counts.rawValue)` there; where that node is none to ask, an entry before "
          + "this one has too many or too few cells")
    case .short(let target, let asked, let left):
      findings.report(
        "`\(name)` ends too early: `\(tree.path(target))` (cell \(fault.cell)) asks for \(asked) "
          + "more cells, and \(left) follow", at: node, list,
        help: "write as many cells behind the phandle as its node's `\(counts.rawValue)` says")
    }
  }
}
