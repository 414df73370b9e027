public import ArgumentParser
import DeviceTreeLint
public import Diagnostics
import Reports

struct RulesCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "rules", abstract: "List the linter's rules.")

  @Argument(
    help: "Only this family: \(RuleCard.Family.allCases.map(\.rawValue).joined(separator: ", ")).")
  var family: RuleCard.Family?

  @Flag(help: "Print JSON.")
  var json = false

  @OptionGroup var output: OutputOptions

  func run() throws {
    let cards = RuleCatalogue.cards.filter { family == nil || $0.family == family }
    output.terminal.output(
      json ? try JSONText.text(cards.map(RuleRecord.init)) : RulePage.list(cards))
  }
}

extension RuleCard.Family: ExpressibleByArgument {}
