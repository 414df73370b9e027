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

/// The tests of one module, which may use every floor below it as well.
func tests(_ name: String, _ dependencies: [Target.Dependency] = []) -> Target {
  .testTarget(
    name: name + "Tests", dependencies: [.init(stringLiteral: name)] + dependencies,
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

    tests("Bytes"),
    tests("Diagnostics"),
    tests("Measures"),
  ]
)
