import Diagnostics
import Foundation
import OutsideTools
import SystemPackage
import TreeCompiler

/// Sources in a folder of their own, that are compiled by their full path.
struct Workbench {
  private let folder: TemporaryFolder

  init(_ files: [String: String] = [:]) throws {
    folder = try TemporaryFolder()
    for (name, text) in files { try write(text, to: name) }
  }

  func write(_ text: String, to name: String) throws {
    let path = path(name)
    try FileManager.default.createDirectory(
      atPath: path.removingLastComponent().string, withIntermediateDirectories: true)
    try Data(text.utf8).write(to: URL(filePath: path.string))
  }

  func path(_ name: String) -> FilePath { FilePath(folder.path).appending(name) }

  /// A program of that name, for want of the real one.
  func program(_ name: String, _ script: String) throws -> String {
    try write("#!/bin/sh\n" + script, to: name)
    try FileManager.default.setAttributes(
      [.posixPermissions: 0o755], ofItemAtPath: path(name).string)
    return path(name).string
  }

  func compile(
    _ name: String = "board.dts", with compiler: TreeCompiler = TreeCompiler()
  ) async throws -> CompiledTree {
    try await compiler.compile(file: path(name))
  }

  /// The findings that the file is refused with, files named without their folder.
  func refusal(
    _ name: String = "board.dts", with compiler: TreeCompiler = TreeCompiler()
  ) async throws -> [String] {
    do {
      _ = try await compiler.compile(file: path(name))
      return []
    } catch {
      guard case .refused(let findings) = error else { throw error }
      return lines(findings)
    }
  }

  /// The messages of a tree, files named without their folder.
  func messages(_ tree: CompiledTree) -> [String] { lines(tree.messages) }

  private func lines(_ findings: [Finding]) -> [String] {
    findings.map {
      "\($0.place): \($0.message) [\($0.rule)]".replacing(folder.path + "/", with: "")
    }
  }
}
