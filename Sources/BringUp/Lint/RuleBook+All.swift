import BootScriptLint
import DeviceTreeLint
public import Rulings

extension RuleBook {
  /// Every rule that `ctboot lint` judges by. A linter of another kind of file adds its cards here.
  public static let all = RuleBook(
    RuleCatalogue.cards + ScriptRuleCatalogue.cards + OwnCards.all)
}
