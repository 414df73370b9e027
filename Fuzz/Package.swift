// swift-tools-version: 6.2
import PackageDescription

/// The same strict rules as the product's. The product's modules are links to its own sources, so
/// that each can be built here with the fuzzer's eyes in it. Traps stay in a release build.
let watched: [SwiftSetting] = [
  .swiftLanguageMode(.v6),
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .unsafeFlags(["-sanitize=fuzzer,address"]),
]

/// lld, since gold fails on what the sanitizers describe of themselves.
let linked: [LinkerSetting] = [.unsafeFlags(["-sanitize=fuzzer,address", "-use-ld=lld"])]

func module(_ name: String, _ dependencies: [Target.Dependency] = []) -> Target {
  .target(name: name, dependencies: dependencies, swiftSettings: watched)
}

/// A program that libFuzzer drives.
func fuzzer(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
  .executableTarget(
    name: name, dependencies: ["FuzzDriver", "TreeMutation"] + dependencies,
    swiftSettings: watched, linkerSettings: linked)
}

let yams = Target.Dependency.product(name: "Yams", package: "Yams")

let package = Package(
  name: "Fuzz",
  dependencies: [.package(url: "https://github.com/jpsim/Yams", from: "6.2.2")],
  targets: [
    module("Bytes"),
    module("Diagnostics"),
    module("Measures"),
    .systemLibrary(name: "CLibFDT", providers: [.apt(["libfdt-dev"])]),
    module("BootImages", ["Bytes", "Diagnostics", "Measures"]),
    module("DeviceTree", ["Bytes", "Diagnostics", "Measures"]),
    module("Ext4", ["Bytes", "Diagnostics", "Measures"]),
    module("FAT", ["Bytes", "Diagnostics", "Measures"]),
    module("Hush", ["Diagnostics"]),
    module("Partitions", ["Bytes", "Diagnostics"]),
    module("StrictYAML", ["Diagnostics", "Measures", yams]),
    module("Boards", ["Diagnostics", "Measures", "StrictYAML"]),
    module("Rulings", ["Diagnostics"]),
    module("TreeEditing", ["CLibFDT", "DeviceTree", "Diagnostics"]),
    module(
      "DeviceTreeLint",
      ["Boards", "BootImages", "Bytes", "DeviceTree", "Diagnostics", "Measures", "Rulings"]),
    module(
      "Rehearsal",
      [
        "BootImages", "Bytes", "DeviceTree", "Diagnostics", "Ext4", "FAT", "Hush", "Measures",
        "Partitions", "TreeEditing",
      ]),

    .systemLibrary(name: "CLibFuzzer"),
    .target(name: "FuzzDriver", dependencies: ["CLibFuzzer"]),
    .target(name: "SeededGenerator"),
    .target(
      name: "TreeMutation",
      dependencies: [
        "Bytes", "CLibFuzzer", "DeviceTree", "DeviceTreeLint", "Diagnostics", "SeededGenerator",
      ]),
    fuzzer("FuzzReader", ["Bytes", "DeviceTree", "Diagnostics"]),
    fuzzer("FuzzOverlay", ["DeviceTree", "Diagnostics", "Measures", "TreeEditing"]),
    fuzzer(
      "FuzzLint",
      ["Boards", "BootImages", "Bytes", "DeviceTree", "DeviceTreeLint", "Diagnostics", "Measures"]),
    fuzzer("FuzzScript", ["BootImages", "Bytes", "Hush", "Measures", "Rehearsal"]),
    fuzzer("FuzzDisk", ["Bytes", "FAT", "Measures", "Partitions"]),
    .executableTarget(
      name: "RuleSeeds", dependencies: ["DeviceTreeLint", "Diagnostics", "TreeMutation"],
      linkerSettings: linked),
  ]
)
