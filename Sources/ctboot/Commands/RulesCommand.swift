public import ArgumentParser
import BringUp
public import Diagnostics
import Reports
import Rulings

struct RulesCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "rules", abstract: "List the linter's rules.")

  @Argument(
    help: "Only this family: \(RuleCard.Family.allCases.map(\.rawValue).joined(separator: ", ")).")
  var family: RuleCard.Family?

  @Flag(help: "Print JSON.")
  var json = false

  @Flag(help: "Print a page of documentation: one family's, or the table of all.")
  var markdown = false

  @OptionGroup var output: OutputOptions

  func validate() throws {
    if json && markdown { throw ValidationError("--json and --markdown exclude each other.") }
  }

  func run() throws {
    let cards = RuleBook.all.cards.filter { family == nil || $0.family == family }
    let text =
      if json {
        try JSONText.text(cards.map(RuleRecord.init))
      } else if markdown {
        family.map { RulePage.page($0, cards) } ?? RulePage.index(cards)
      } else {
        RulePage.list(cards)
      }
    output.terminal.output(text)
  }
}

extension RuleCard.Family: ExpressibleByArgument {}
