import Boards
public import DeviceTree
public import Diagnostics

/// Judges trees by rules, for a target. One linter serves for any number of trees, on any thread.
public struct Linter: Sendable {
  let target: LintTarget
  let selection: RuleSelection
  /// For trees that Xen is to boot with, and for others: what a rule of Xen's would say is not even
  /// looked for there.
  private let forXen: LazyPlan
  private let forOthers: LazyPlan
  private let forPartialTrees: LazyPlan
  private let forOverlays: LazyPlan
  /// What a blob that is damaged is told of where nobody listens to its form: that nothing was found in
  /// it would be no answer.
  private let forDamage: LazyPlan?

  public init(for target: LintTarget = LintTarget(), selection: RuleSelection = .standard) {
    self.target = target
    self.selection = selection
    let soc = target.soc.map { $0.name + "-" }
    @Sendable func isOfTarget(_ card: RuleCard) -> Bool {
      card.family != .soc || soc.map { card.id.rawValue.hasPrefix($0) } == true
    }
    forXen = LazyPlan(selection) { isOfTarget($1) }
    forOthers = LazyPlan(selection) { isOfTarget($1) && $1.context == .always }
    forPartialTrees = LazyPlan(selection) { rule, _ in !rule.expectsMachine }
    forOverlays = LazyPlan(selection) { $1.family == .structure || $1.family == .dtc }
    let hearsOfForm = selection.shown.contains {
      Rules.all[$0].card.family == .structure && Rules.all[$0] is any FaultRule.Type
    }
    forDamage = hearsOfForm ? nil : LazyPlan(.standard) { $1.family == .structure }
  }

  /// Judges the bytes of a blob, whatever they are.
  ///
  /// - Parameter file: the blob's name in findings.
  public func lint(_ bytes: [UInt8], file: String) -> [Finding] {
    lint(FlatTree.scanning(bytes), file: file)
  }

  /// Judges a blob that has been read. The findings come in file order.
  ///
  /// - Parameter isCompiled: it was made of a source, of which alone findings are to speak.
  public func lint(
    _ scan: FlatTree.Scan, file: String, isCompiled: Bool = false
  ) -> [Finding] {
    damage(scan, file, isCompiled) + judged(scan, file, isCompiled)
  }

  /// The errors of the form alone.
  private func damage(_ scan: FlatTree.Scan, _ file: String, _ isCompiled: Bool) -> [Finding] {
    guard let plan = forDamage?.plan, !scan.faults.isEmpty else { return [] }
    var findings = Findings()
    Self.judge(scan.faults, of: scan.tree, isCompiled, plan, &findings)
    // Twins of one name are a mistake in a tree that can be read, and dtc has checks for them.
    return words(findings, scan.tree, plan, file, shown: RuleSelection.standard.shown)
      .filter { $0.severity == .error && $0.rule != "fdt-dup-names" }
  }

  private func judged(_ scan: FlatTree.Scan, _ file: String, _ isCompiled: Bool) -> [Finding] {
    var findings = Findings()
    guard let tree = scan.tree else {
      let plan = forXen.plan
      Self.judge(scan.faults, of: nil, isCompiled, plan, &findings)
      return words(findings, nil, plan, file)
    }
    let context = LintContext(tree, for: target, faults: scan.faults)
    let plan = plan(context).plan
    Self.judge(scan.faults, of: tree, isCompiled, plan, &findings)
    Self.judge(context, plan, &findings)
    return words(findings, tree, plan, file)
  }

  private func plan(_ context: LintContext) -> LazyPlan {
    if context.isOverlay { return forOverlays }
    guard context.isForXen else { return forOthers }
    return context.isPassthroughTree ? forPartialTrees : forXen
  }

  private static func judge(
    _ faults: [DeviceTreeError], of tree: FlatTree?, _ isCompiled: Bool, _ plan: RulePlan,
    _ findings: inout Findings
  ) {
    for fault in faults {
      for entry in plan.faults {
        guard let severity = entry.rule.severity(of: fault) else { continue }
        findings.rule = entry.number
        let diagnostic = isCompiled ? fault.diagnosticOfSource : fault.diagnostic
        let place = fault.offset.flatMap { tree?.place(at: $0) }
        findings.report(
          diagnostic.message, at: place?.node, place?.property, atOffset: fault.offset,
          severity: severity, help: diagnostic.help)
      }
    }
  }

  private static func judge(
    _ context: LintContext, _ plan: RulePlan, _ findings: inout Findings
  ) {
    let tree = context.tree
    for entry in plan.trees {
      findings.rule = entry.number
      entry.rule.check(context, &findings)
    }
    let rules = PropertyRules(of: tree, plan)
    // Of namesakes only the first counts, for dtc, Linux and Xen. It also keeps a node of very many
    // from being looked at as a whole for each of them.
    var seen = [NodeID?](repeating: nil, count: tree.names.count)
    for node in tree.allNodes {
      let isEnabled = context.isEnabled(node)
      for entry in plan.nodes where isEnabled || entry.judgesDisabled {
        findings.rule = entry.number
        entry.rule.check(node, context, &findings)
      }
      for property in tree.properties(node) {
        let name = tree.nameIndex(property)
        guard let (byName, byLetters) = rules[name] else { continue }
        if !byName.isEmpty, seen[name] != node {
          seen[name] = node
          for index in byName {
            let entry = rules.byName[index]
            guard isEnabled || entry.judgesDisabled else { continue }
            findings.rule = entry.number
            entry.rule.check(property, of: node, context, &findings)
          }
        }
        for index in byLetters {
          let entry = rules.byLetters[index]
          guard isEnabled || entry.judgesDisabled else { continue }
          findings.rule = entry.number
          entry.rule.check(property, of: node, context, &findings)
        }
      }
    }
  }

  /// The rules for the properties of each name of a tree: those that ask for it, and those that its
  /// letters concern. In two arrays for all names, since most properties have none and each has to
  /// ask.
  private struct PropertyRules {
    private(set) var byName: [RulePlan.Entry<any PropertyRule.Type>] = []
    private(set) var byLetters: [RulePlan.Entry<any NameRule.Type>] = []
    private var places: [(byName: Range<Int>, byLetters: Range<Int>)?] = []

    init(of tree: FlatTree, _ plan: RulePlan) {
      places.reserveCapacity(tree.names.count)
      for name in tree.names {
        let starts = (byName.count, byLetters.count)
        if name.knownNumber >= 0 { byName += plan.properties[name.knownNumber] }
        for entry in plan.names where entry.rule.concerns(name, of: tree) {
          byLetters.append(entry)
        }
        let place = (starts.0..<byName.count, starts.1..<byLetters.count)
        places.append(place.0.isEmpty && place.1.isEmpty ? nil : place)
      }
    }

    /// Where the rules for the name of that number are; nil where nobody looks at it.
    subscript(name: Int) -> (byName: Range<Int>, byLetters: Range<Int>)? { places[name] }
  }

  /// What is left of the findings when prerequisites and namesakes have had their say, in words.
  private func words(
    _ findings: Findings, _ tree: FlatTree?, _ plan: RulePlan, _ file: String,
    shown: Set<Int>? = nil
  ) -> [Finding] {
    let entries = Sifting(findings.entries, plan: plan, shown: shown ?? selection.shown).entries
    var untold = findings.untold
    // The path of a deep node can be long, and many rules may speak of one node, one after the other.
    var last: (node: NodeID, path: String)?
    var words: [Finding] = []
    words.reserveCapacity(entries.count)
    for entry in entries.reversed() {
      let card = plan.cards[entry.rule]
      var place = Finding.Place(file: file, offset: entry.offset)
      if let tree, let node = entry.node {
        let path = last.flatMap { $0.node == node ? $0.path : nil } ?? tree.path(node)
        last = (node, path)
        place.node = path
        place.property = entry.property.map(tree.propertyName)
        place.offset = entry.offset ?? entry.property.map(tree.offset) ?? tree.offset(node)
      }
      var notes = entry.notes
      // At the rule's last finding, which is the first to be met here.
      if untold[entry.rule] > 0 {
        notes.append("the rule has \(untold[entry.rule]) more such findings in this tree")
        untold[entry.rule] = 0
      }
      words.append(
        Finding(
          card.id, entry.severity ?? card.severity, entry.message, at: place,
          aliases: entry.aliases ?? card.aliases, notes: notes, help: entry.help, fix: entry.fix))
    }
    return words.reversed()
  }
}
