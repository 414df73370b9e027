import Diagnostics
import Synchronization

/// A plan that is made when the first tree asks for it: most runs need one of a linter's three.
final class LazyPlan: Sendable {
  private let selection: RuleSelection
  private let isHeard: @Sendable (any LintRule.Type, RuleCard) -> Bool
  private let made = Mutex<RulePlan?>(nil)

  init(
    _ selection: RuleSelection, isHeard: @escaping @Sendable (any LintRule.Type, RuleCard) -> Bool
  ) {
    self.selection = selection
    self.isHeard = isHeard
  }

  var plan: RulePlan {
    made.withLock { made in
      if let made { return made }
      let plan = RulePlan(selection, isHeard: isHeard)
      made = plan
      return plan
    }
  }
}
