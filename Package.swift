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

/// A module of ours. It may name modules of lower floors only; Tests/HouseTests holds that.
func module(
  _ name: String, _ dependencies: [Target.Dependency] = [], plugins: [Target.PluginUsage] = []
) -> Target {
  .target(name: name, dependencies: dependencies, swiftSettings: strict, plugins: plugins)
}

/// The tests of one module, which speak the words of floor 0 and ask outside programs as well.
func tests(_ name: String, _ dependencies: [Target.Dependency] = []) -> Target {
  let words = ["Bytes", "Diagnostics", "Measures", "OutsideTools", "SeededGenerator"].filter {
    $0 != name
  }
  return .testTarget(
    name: name + "Tests",
    dependencies: ([name] + words).map { .target(name: $0) } + dependencies, swiftSettings: strict)
}

/// The program lies at a fixed address, so that a start need not adjust its hundred thousand pointers,
/// and has the C++ library that Swift's runtime wants inside it, of which the loader would look up two
/// thousand names: `ctboot lint` of one tree is to take hardly longer than dtc. See decisions 11 and 12.
/// `make release` asks for it; a plain `swift build -c release`, whose Swift libraries are shared ones,
/// would not link with it.
let quickStart: [LinkerSetting] =
  Context.environment["CTBOOT_QUICK_START"] == nil
  ? []
  : [
    .unsafeFlags(
      [
        "-Xclang-linker", "-no-pie", "-Xclang-linker", "-static-libgcc",
        "-L\(Context.packageDirectory)/Sources/StaticLibraries",
      ], .when(configuration: .release))
  ]

let arguments = Target.Dependency.product(
  name: "ArgumentParser", package: "swift-argument-parser")
let crypto = Target.Dependency.product(name: "Crypto", package: "swift-crypto")
let mustache = Target.Dependency.product(name: "Mustache", package: "swift-mustache")
let subprocess = Target.Dependency.product(name: "Subprocess", package: "swift-subprocess")
let system = Target.Dependency.product(name: "SystemPackage", package: "swift-system")
let yams = Target.Dependency.product(name: "Yams", package: "Yams")

let package = Package(
  name: "ctboot",
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
    .package(url: "https://github.com/apple/swift-system", from: "1.5.0"),
    .package(url: "https://github.com/hummingbird-project/swift-mustache", from: "2.1.1"),
    .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
    .package(url: "https://github.com/swiftlang/swift-subprocess", from: "1.0.2", traits: []),
  ],
  targets: [
    // Floor 0: words.
    module("Bytes"),
    .systemLibrary(name: "CAllocator"),
    .systemLibrary(name: "CLibArchive", providers: [.apt(["libarchive-dev"])]),
    .systemLibrary(name: "CLibFDT", providers: [.apt(["libfdt-dev"])]),
    .systemLibrary(name: "CLinux"),
    module("Diagnostics"),
    module("Measures"),

    // Floor 1: formats.
    module("BootImages", ["Bytes", "Diagnostics", "Measures"]),
    module("CPIO", ["Bytes", "Diagnostics"]),
    module("DeviceTree", ["Bytes", "Diagnostics", "Measures"]),
    module("Ext4", ["Bytes", "Diagnostics", "Measures"]),
    module("FAT", ["Bytes", "Diagnostics", "Measures"]),
    module("Hush", ["Diagnostics"]),
    module("KernelModules", ["Bytes", "Diagnostics"]),
    module("Partitions", ["Bytes", "Diagnostics"]),
    module("StrictYAML", ["Diagnostics", "Measures", yams]),
    module("TreeSource", ["Diagnostics"]),

    // Floor 2: what is known of boards, planning, and edits of what a reader has accepted.
    module("Boards", ["Diagnostics", "Measures", "StrictYAML"]),
    module("MemoryPlanner", ["BootImages", "Diagnostics", "Measures"]),
    module("Rulings", ["Diagnostics"]),
    module("TreeEditing", ["CLibFDT", "DeviceTree", "Diagnostics"]),

    // Floor 3: judgement and composition.
    module("BootLog"),
    module(
      "BootScriptLint",
      [
        "Boards", "BootImages", "Bytes", "DeviceTree", "Diagnostics", "Hush", "Measures",
      ]),
    module("BootScripts", ["Diagnostics", "Measures", mustache]),
    module(
      "DeviceTreeLint",
      [
        "Boards", "BootImages", "Bytes", "DeviceTree", "Diagnostics", "Measures", "Rulings",
        "TreeSource",
      ]),
    module("ImagePlan", ["Bytes", "Diagnostics", "FAT", "Measures", "Partitions"]),
    module("Initramfs", ["CPIO", "KernelModules"]),
    module(
      "Rehearsal",
      [
        "BootImages", "Bytes", "DeviceTree", "Diagnostics", "Ext4", "FAT", "Hush", "Measures",
        "Partitions", "TreeEditing",
      ]),
    module("Reports", ["Diagnostics", "Measures", "MemoryPlanner"]),
    module("XenTree", ["BootImages", "DeviceTree", "Diagnostics", "Measures"]),

    // Floor 4: tools for the outside world.
    module("Archives", ["CLibArchive", "Diagnostics", "Measures", system]),
    module("Files", ["Bytes", "CLinux", "Diagnostics", "Measures", system]),
    module("TreeCompiler", ["Diagnostics", "Measures", "TreeSource", subprocess, system]),

    // Floor 5: the outside world.
    module("Emulator", ["BootLog", "Boards", "Diagnostics", "Measures", subprocess, system]),
    module(
      "ImageWriter",
      [
        "Archives", "Bytes", "Diagnostics", "Ext4", "Files", "ImagePlan", "Measures", crypto,
        system,
      ]),
    module(
      "Packages",
      [
        "Archives", "Boards", "Bytes", "Diagnostics", "Files", "KernelModules", "Measures", crypto,
        subprocess, system,
      ]),
    module(
      "Workspace",
      [
        "Boards", "BootImages", "Diagnostics", "FAT", "Files", "Measures", "Rulings",
        "StrictYAML", "XenTree", system,
      ],
      plugins: ["EmbedDataPlugin"]),

    // Floor 6: the chain.
    module(
      "BringUp",
      [
        "Archives", "Boards", "BootImages", "BootLog", "BootScriptLint", "BootScripts", "Bytes",
        "DeviceTree",
        "DeviceTreeLint", "Diagnostics", "Emulator", "Ext4", "FAT", "Files", "ImagePlan",
        "ImageWriter",
        "Hush", "Initramfs", "KernelModules", "Partitions",
        "Measures", "MemoryPlanner",
        "Packages", "Rehearsal", "Reports", "Rulings", "StrictYAML", "TreeCompiler", "TreeEditing",
        "TreeSource",
        "Workspace", "XenTree",
        crypto, system,
      ]),

    // Floor 7: people.
    .executableTarget(
      name: "ctboot",
      dependencies: [
        "Boards", "BootImages", "BootLog", "BringUp", "CAllocator", "DeviceTree", "DeviceTreeLint",
        "Diagnostics", "Emulator", "Files", "Measures", "MemoryPlanner", "Reports", "Rulings",
        "Workspace", arguments, system,
      ],
      swiftSettings: strict, linkerSettings: quickStart),

    // For Benchmarks/plan-modules.
    .executableTarget(
      name: "plan-modules", dependencies: ["Measures", "MemoryPlanner"],
      path: "Benchmarks/PlanModules", swiftSettings: strict),

    // Of the build itself: Boards and Templates go into the program.
    .executableTarget(
      name: "embed-data", dependencies: ["StrictYAML"], swiftSettings: strict),
    .plugin(
      name: "EmbedDataPlugin", capability: .buildTool(), dependencies: ["embed-data"],
      path: "Sources/EmbedDataPlugin"),

    .target(name: "SeededGenerator", path: "Tests/SeededGenerator", swiftSettings: strict),
    .target(
      name: "BuiltProgram",
      dependencies: [
        "Archives", "Diagnostics", "OutsideTools", "Packages", "Workspace", subprocess, system,
      ],
      path: "Tests/BuiltProgram", swiftSettings: strict),
    .target(name: "OutsideTools", path: "Tests/OutsideTools", swiftSettings: strict),
    .target(
      name: "XenBoots", dependencies: ["BootImages", "Measures", "MemoryPlanner"],
      path: "Tests/XenBoots", swiftSettings: strict),
    tests("Archives", [subprocess, system]),
    tests("Boards", ["StrictYAML"]),
    tests("BootImages"),
    tests("BootLog"),
    tests("BootScriptLint", ["Boards", "BootImages", "StrictYAML"]),
    tests("BootScripts"),
    tests(
      "BringUp",
      [
        "Archives", "Boards", "BootImages", "BuiltProgram", "DeviceTree", "DeviceTreeLint",
        "Initramfs", "KernelModules", "MemoryPlanner", "Packages", "Rulings", "Workspace",
        "XenBoots", "ctboot", system,
      ]),
    tests("Bytes"),
    tests("CPIO"),
    .testTarget(
      name: "CommandTests",
      dependencies: [
        "Boards", "BootImages", "BootScripts", "BringUp", "BuiltProgram", "Diagnostics", "Ext4",
        "Initramfs", "Measures", "OutsideTools", "Packages", "Partitions", "SeededGenerator",
        "Workspace", "ctboot", arguments, subprocess, system,
      ],
      swiftSettings: strict),
    tests("DeviceTree"),
    tests(
      "DeviceTreeLint",
      ["Boards", "BootImages", "BuiltProgram", "DeviceTree", "StrictYAML", "TreeSource"]),
    tests("Diagnostics"),
    // The rehearsal against the U-Boot that it plays.
    .testTarget(
      name: "DifferentialTests",
      dependencies: [
        "BootImages", "BootScripts", "BuiltProgram", "Bytes", "Ext4", "FAT", "ImagePlan",
        "Measures", "OutsideTools", "Partitions", "Rehearsal", "SeededGenerator",
      ],
      exclude: ["Fragments"], swiftSettings: strict),
    tests("Emulator", ["BootLog", "Boards", subprocess, system]),
    tests("Ext4"),
    tests("FAT"),
    tests("Files", [system]),
    .testTarget(name: "HouseTests", swiftSettings: strict),
    tests("Hush"),
    tests("ImagePlan", ["FAT"]),
    tests("ImageWriter", ["Archives", "Ext4", "FAT", "Files", "ImagePlan", system]),
    tests("Initramfs", ["KernelModules"]),
    tests("KernelModules"),
    tests("Measures"),
    tests("MemoryPlanner", ["BootImages", "XenBoots"]),
    tests("Packages", ["Archives", "KernelModules", subprocess, system]),
    tests("Partitions"),
    tests("Rehearsal", ["Hush"]),
    tests("Reports", ["MemoryPlanner"]),
    tests("Rulings", ["TreeSource"]),
    tests("StrictYAML"),
    tests("TreeCompiler", ["DeviceTree", "TreeSource", system]),
    tests("TreeEditing", ["DeviceTree"]),
    tests("TreeSource"),
    tests(
      "Workspace", ["Boards", "BootImages", "FAT", "Reports", "StrictYAML", "XenTree", system]),
    tests("XenTree", ["BootImages", "DeviceTree", "DeviceTreeLint"]),
  ]
)
