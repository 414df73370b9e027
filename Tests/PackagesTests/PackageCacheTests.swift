import Archives
import Diagnostics
import Measures
import Packages
import SystemPackage
import Testing

/// Fetching and unpacking through the cache, with an apt that copies a package made here.
@Suite struct PackageCacheTests {
  /// The apt, and its one package `demo` with two trees and a kernel.
  func demo(version: String = "1:2.0") async throws -> (FakeApt, ResolvedPackage) {
    let apt = try await FakeApt()
    try await apt.shell(
      """
      mkdir -p r/boot r/trees; printf kernel > r/boot/vmlinuz-6
      printf one > r/trees/a.dtb; printf two > r/trees/b.dtb
      tar -cJf data.tar.xz -C r .; tar -cf control.tar r; echo 2.0 > debian-binary
      ar rc demo.deb debian-binary control.tar data.tar.xz
      """)
    try await apt.install(
      "sleep 0.2; cp \(apt.folder)/demo.deb demo_1%3a2.0_armhf.deb", as: "apt-get")
    let facts = try await apt.shell("sha256sum demo.deb; stat -c %s demo.deb")
    let words = facts.split(whereSeparator: \.isWhitespace).map { String($0) }
    let package = ResolvedPackage(
      name: "demo", version: version, architecture: "armhf", sha256: words[0],
      size: try #require(ByteCount(words[2])), dependencies: [])
    return (apt, package)
  }

  @Test func aPackageIsFetchedOnce() async throws {
    let (apt, package) = try await demo()
    let first = try await apt.repository().fetch(package)
    let again = try await apt.repository(offline: true).fetch(package)
    #expect(first == again)
    #expect(first == apt.folder.appending("cache/debs/\(package.sha256).deb"))
    #expect(try await apt.shell("cat calls") == "download demo=1:2.0\n")
    #expect(try await apt.shell("ls cache/debs/partial") == "")
  }

  @Test func aDamagedPackageInTheCacheIsFetchedAgain() async throws {
    let (apt, package) = try await demo()
    let file = try await apt.repository().fetch(package)
    try await apt.shell("printf X | dd of=\(file) seek=100 bs=1 conv=notrunc status=none")
    _ = try await apt.repository().fetch(package)
    #expect(try await apt.shell("cmp demo.deb \(file); wc -l < calls") == "2\n")
  }

  @Test func anotherFileThanTheIndexPromisesIsRefused() async throws {
    let (apt, package) = try await demo()
    try await apt.shell("echo more >> demo.deb")
    let said = try await apt.failure { repository throws(PackageError) in
      _ = try await repository.fetch(package)
    }
    #expect(
      said.message
        == "demo was fetched, but it is not the file that the signed index promises")
    #expect(try await apt.shell("find cache/debs -type f") == "")
  }

  @Test(
    arguments: [
      (
        "E: Failed to fetch http://u:p@m/demo.deb  Hash Sum mismatch",
        "what came differs from what the signed index promises"
      ),
      ("E: Failed to fetch http://u:p@m/demo.deb  404  Not Found", "the server does not have it"),
      ("E: Could not connect to m:80", "the network does not reach it"),
      ("E: You don't have enough free space in /c/", "the disk is full"),
    ])
  func whyAFetchFailedIsTold(words: String, cause: String) async throws {
    let (apt, package) = try await demo()
    try await apt.install("echo \"\(words)\" >&2; exit 100", as: "apt-get")
    let said = try await apt.failure { repository throws(PackageError) in
      _ = try await repository.fetch(package)
    }
    #expect(said.message == "demo 1:2.0 cannot be fetched: \(cause)")
    #expect(said.help != nil)
  }

  @Test func membersAreTakenOnceAndThenNeedNoPackage() async throws {
    let (apt, package) = try await demo()
    let wanted: [MemberPattern] = ["boot/vmlinuz-*", "trees/*"]
    let members = try await apt.repository().members(of: package, wanted: wanted)
    #expect(members.map(\.path) == ["boot/vmlinuz-6", "trees/a.dtb", "trees/b.dtb"])
    #expect(members.map(\.size) == [6, 3, 3])
    let listed = members.map { "\($0.sha256)  \($0.file)\n" }.joined()
    #expect(
      try await apt.shell("sha256sum \(members.map(\.file.string).joined(separator: " "))")
        == listed)

    try await apt.shell("rm cache/debs/*.deb bin/*")
    let again = try await apt.repository(offline: true).members(of: package, wanted: wanted)
    #expect(again == members)
    let one = try await apt.repository(offline: true).members(of: package, wanted: ["trees/*"])
    #expect(one.map(\.path) == ["trees/a.dtb", "trees/b.dtb"])
  }

  @Test func aMemberOfAnotherSizeIsTakenAgain() async throws {
    let (apt, package) = try await demo()
    let members = try await apt.repository().members(of: package, wanted: ["trees/*"])
    try await apt.shell("echo longer >> \(try #require(members.first).file)")
    let again = try await apt.repository().members(of: package, wanted: ["trees/*"])
    #expect(again == members)
    #expect(try await apt.shell("cat cache/members/*/files/trees/a.dtb") == "one")
  }

  @Test func whatIsNotInTheCacheIsToldOffline() async throws {
    let (apt, package) = try await demo()
    await #expect(throws: PackageError.notCached("demo", version: "1:2.0")) {
      try await apt.repository(offline: true).members(of: package, wanted: ["boot/xen"])
    }
  }

  @Test func aMemberThatIsNotThereIsToldWithItsNeighbour() async throws {
    let (apt, package) = try await demo()
    let said = try await apt.failure { repository throws(PackageError) in
      _ = try await repository.members(of: package, wanted: ["trees/a.dbt"])
    }
    #expect(said.message.hasSuffix("holds no member 'trees/a.dbt'"))
    #expect(said.help == "Did you mean trees/a.dtb?")
  }

  @Test func runsAtTheSameTimeFetchOnce() async throws {
    let (apt, package) = try await demo()
    let counts = try await withThrowingTaskGroup(of: Int.self) { group in
      for _ in 0..<8 {
        group.addTask {
          try await apt.repository().members(of: package, wanted: ["trees/*"]).count
        }
      }
      return try await group.reduce(into: []) { $0.append($1) }
    }
    #expect(counts == Array(repeating: 2, count: 8))
    #expect(try await apt.shell("cat calls") == "download demo=1:2.0\n")
  }
}
