// swift-tools-version: 6.2
import PackageDescription

/// Every module of the project is built with the same, strict rules.
let strict: [SwiftSetting] = [
  .swiftLanguageMode(.v6),
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .treatAllWarnings(as: .error),
]

/// A module of ours. It may name modules of lower floors only; Tests/FloorTests holds that.
func module(
  _ name: String, _ dependencies: [Target.Dependency] = [], plugins: [Target.PluginUsage] = []
) -> Target {
  .target(name: name, dependencies: dependencies, swiftSettings: strict, plugins: plugins)
}

/// The tests of one module, which speak the words of floor 0 as well.
func tests(_ name: String, _ dependencies: [Target.Dependency] = []) -> Target {
  let words: [Target.Dependency] = ["Bytes", "Diagnostics", "Measures"]
  return .testTarget(
    name: name + "Tests", dependencies: [.init(stringLiteral: name)] + words + dependencies,
    swiftSettings: strict)
}

let package = Package(
  name: "ctboot",
  dependencies: [],
  targets: [
    // Floor 0: words.
    module("Bytes"),
    module("Diagnostics"),
    module("Measures"),

    // Floor 2: planning.
    module("MemoryPlanner", ["Diagnostics", "Measures"]),

    tests("Bytes"),
    tests("Diagnostics"),
    tests("Measures"),
    tests("MemoryPlanner"),
  ]
)
