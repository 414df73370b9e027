import Files
public import SystemPackage

/// A program of the system that ctboot runs.
public struct Tool: Sendable, Hashable {
  public let name: String
  /// The Debian package that has it.
  public let package: String
  /// What it is run for, in words that follow a colon.
  public let purpose: String
  /// The commands of ctboot that need it.
  public let commands: [String]

  public static let emulator = Tool(
    name: "qemu-system-arm", package: "qemu-system-arm", purpose: "it emulates the boards",
    commands: ["emulate"])

  public static let packages = Tool(
    name: "apt-get", package: "apt", purpose: "it fetches what a project takes from Debian",
    commands: ["build", "emulate"])

  public static let packageIndex = Tool(
    name: "apt-cache", package: "apt", purpose: "it tells which packages there are",
    commands: ["build", "emulate"])

  public static let treeCompiler = Tool(
    name: "dtc", package: "device-tree-compiler", purpose: "it compiles sources of device trees",
    commands: ["build", "lint", "tree"])

  public static let preprocessor = Tool(
    name: "cpp", package: "cpp", purpose: "it reads the #include lines of such sources",
    commands: ["build", "lint", "tree"])

  /// Every program that some command runs.
  public static let all = [packages, packageIndex, emulator, treeCompiler, preprocessor]

  /// Whether it is an executable file in one of the folders of `path`.
  public func isInstalled(path: String) -> Bool { location(path: path) != nil }

  /// Where it is.
  public func location(path: String) -> FilePath? {
    path.split(separator: ":").map { FilePath(String($0)).appending(name) }
      .first { isExecutable($0) }
  }
}
