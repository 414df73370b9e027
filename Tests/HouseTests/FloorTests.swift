import Foundation
import Testing

/// A module imports lower floors only.
@Suite struct FloorTests {
  @Test func everyModuleStandsOnAFloor() throws {
    let modules = Set(try House.sources().map(\.module)).union(
      try House.files(below: "Sources", ending: "module.modulemap").map {
        String($0.split(separator: "/")[1])
      })
    let known = House.floors.reduce(into: Set()) { $0.formUnion($1) }
    #expect(modules == known)
  }

  @Test func importsGoDown() throws {
    for file in try House.sources() {
      let own = try #require(House.floor(of: file.module))
      for imported in file.imports {
        guard let floor = House.floor(of: imported) else { continue }
        #expect(floor < own, "\(file.path) imports \(imported), which does not stand below it")
      }
    }
  }

  @Test func theManifestAllowsNoMore() throws {
    // What a target depends on is what its files may import, so the table has to hold there too.
    let manifest = try String(
      contentsOf: House.root.appending(path: "Package.swift"), encoding: .utf8)
    let pattern = /module\(\s*"(?<name>[A-Za-z]+)"(?<rest>[^\n]*(?:\n      [^\n]*)*)/
    for match in manifest.matches(of: pattern) {
      let name = String(match.output.name)
      guard let own = House.floor(of: name) else { continue }
      for word in match.output.rest.matches(of: /"([A-Za-z]+)"/) {
        guard let floor = House.floor(of: String(word.output.1)) else { continue }
        #expect(floor < own, "Package.swift lets \(name) import \(word.output.1)")
      }
    }
  }

  /// Libraries that reach into the world, and the floors that may hold them.
  @Test(
    arguments: [
      ("Subprocess", [4, 5, 6]), ("CLibArchive", [4]), ("CLibFDT", [2]), ("CAllocator", [7]),
      ("CLinux", [4]),
      ("ArgumentParser", [7]),
      ("Glibc", [4, 5]),
    ] as [(String, [Int])])
  func theWorldIsOutside(library: String, floors: [Int]) throws {
    for file in try House.sources() where file.imports.contains(library) {
      let own = try #require(House.floor(of: file.module))
      #expect(floors.contains(own), "\(file.path) imports \(library)")
    }
  }

  /// What libfdt does with pointers stays in the module that calls it.
  @Test func noPointerLeavesTheModuleOfLibfdt() throws {
    for file in try House.sources() where file.module == "TreeEditing" {
      for (number, line) in file.lines.enumerated() where line.contains("public ") {
        #expect(!line.contains("Unsafe"), "\(file.path):\(number + 1) hands out a pointer")
      }
    }
  }

  @Test func onlyTheCommandPrints() throws {
    for file in try House.sources() where file.module != "ctboot" {
      for (number, line) in file.lines.enumerated() {
        let code = line.drop { $0 == " " }
        let prints = code.hasPrefix("print(") || code.contains(" print(") || code.contains("exit(")
        #expect(!prints || code.hasPrefix("//"), "\(file.path):\(number + 1) prints or exits")
      }
    }
  }
}
