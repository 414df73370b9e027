import ArgumentParser

extension ColourChoice: ExpressibleByArgument {}

/// What every command takes to be louder, quieter or more colourful.
struct OutputOptions: ParsableArguments {
  @Flag(name: .shortAndLong, help: "Say nothing but errors.")
  var quiet = false

  @Flag(name: .shortAndLong, help: "Say more.")
  var verbose = false

  @Option(name: .customLong("color"), help: "Colour messages.")
  var colour = ColourChoice.auto

  func validate() throws {
    if quiet && verbose { throw ValidationError("-q and -v exclude each other.") }
  }

  var terminal: Terminal { Terminal(colour: colour, quiet: quiet, verbose: verbose) }
}
