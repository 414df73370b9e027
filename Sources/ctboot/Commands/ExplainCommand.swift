import ArgumentParser
import BringUp
import Diagnostics
import Reports
import Rulings

struct ExplainCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "explain",
    abstract: "Tell what a rule is about: why it bites, and how it is mended.")

  @Argument(help: "The rule's id, as a finding shows it.")
  var rule: String

  @Flag(help: "Print JSON.")
  var json = false

  @OptionGroup var output: OutputOptions

  func run() throws {
    let card: RuleCard
    do throws(SelectionError) {
      card = try RuleBook.all.card(named: rule)
    } catch {
      throw ValidationError(error)
    }
    output.terminal.output(json ? try JSONText.text(RuleRecord(card)) : RulePage.text(card))
  }
}
