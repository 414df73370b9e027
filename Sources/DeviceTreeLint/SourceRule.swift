/// A check that only dtc itself can make: it looks at labels and references, of which a blob has
/// none. dtc makes it when it compiles the source; who runs dtc passes its words on under the id.
protocol SourceRule: LintRule {}

/// A step of dtc's that finds nothing by itself. Other checks build on what it works out, and it
/// passes on that one before it has failed.
protocol StepRule: LintRule {}
