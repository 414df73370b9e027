import Foundation
import PackagePlugin

/// Runs `embed-data` over the top level's Boards and Templates, so that the program carries them.
@main
struct EmbedDataPlugin: BuildToolPlugin {
  func createBuildCommands(context: PluginContext, target: any Target) async throws -> [Command] {
    let root = context.package.directoryURL
    let output = context.pluginWorkDirectoryURL.appending(path: "ShippedData.swift")
    let files = try ["Boards", "Templates"].flatMap { folder in
      try Self.files(below: root.appending(path: folder))
    }
    return [
      .buildCommand(
        displayName: "Embedding Boards and Templates",
        executable: try context.tool(named: "embed-data").url,
        arguments: [root.path, output.path] + files.map(\.path),
        inputFiles: files, outputFiles: [output])
    ]
  }

  private static func files(below folder: URL) throws -> [URL] {
    let items = FileManager.default.enumerator(
      at: folder, includingPropertiesForKeys: [.isRegularFileKey])
    let files = (items?.allObjects ?? []).compactMap { $0 as? URL }
    return try files.filter {
      try $0.resourceValues(forKeys: [.isRegularFileKey]).isRegularFile == true
    }
    .sorted { $0.path < $1.path }
  }
}
