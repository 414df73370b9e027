import Diagnostics
import Packages
import SystemPackage
import Testing

/// What a person reads when apt cannot do what is asked of it.
@Suite struct AptFailureTests {
  static let noNetwork = """
    echo 'Err:1 http://mirror.example/debian bookworm InRelease'
    echo "  Temporary failure resolving 'mirror.example'"
    echo 'W: Some index files failed to download.' >&2
    """

  @Test func noNetworkIsSaidPlainly() async throws {
    let apt = try await FakeApt(get: Self.noNetwork)
    let said = try await apt.failure { repository throws(PackageError) in
      try await repository.refresh()
    }
    #expect(
      said.message == "Debian's package indexes cannot be fetched: the network does not reach it")
    #expect(
      said.help == "Check the connection and the proxy; with --offline the cache is used alone.")
  }

  @Test func withoutNetworkOlderIndexesServe() async throws {
    let apt = try await FakeApt(get: Self.noNetwork)
    try await apt.shell("mkdir -p cache/apt/armhf/lists; touch cache/apt/armhf/lists/a_Packages")
    try await apt.repository().refresh()
    #expect(apt.warnings.map(\.notes) == [["bookworm: the network does not reach it."]])
    // Nobody waits for it again within the hour.
    try await apt.repository().refresh()
    #expect(try await apt.shell("grep -c update calls") == "1\n")
    try await apt.shell("touch -d '61 minutes ago' cache/apt/armhf/refreshed")
    try await apt.repository().refresh()
    #expect(try await apt.shell("grep -c update calls") == "2\n")
  }

  @Test func oneBrokenIndexIsAWarning() async throws {
    let apt = try await FakeApt(
      get: """
        touch $lists/mirror_main_Packages
        echo 'Err:6 http://mirror.example/s bookworm-security/main armhf Packages'
        echo '  File has unexpected size (334084 != 349884). Mirror sync in progress?'
        echo 'E: Failed to fetch http://mirror.example/s  File has unexpected size' >&2
        exit 100
        """, cache: "echo 'E: No packages found' >&2; exit 100")
    try await apt.repository().refresh()
    let warning = try #require(apt.warnings.first)
    #expect(warning.message == "not every package index could be fetched")
    #expect(
      warning.notes == [
        "bookworm-security/main: what came differs from what the signed index promises."
      ])
    // It is not fetched again at once, and explains a package that is not found.
    try await apt.repository().refresh()
    #expect(try await apt.shell("cat calls | wc -l") == "1\n")
    let said = try await apt.failure { repository throws(PackageError) in
      _ = try await repository.resolve("xen-only-in-security")
    }
    #expect(said.message == "no package is named xen-only-in-security")
    #expect(said.notes == ["These indexes could not be fetched: bookworm-security/main."])
  }

  @Test func indexesAreFetchedAgainAfterADay() async throws {
    let apt = try await FakeApt(get: "touch $lists/mirror_main_Packages")
    try await apt.repository().refresh()
    try await apt.repository().refresh()
    #expect(try await apt.shell("grep -c update calls") == "1\n")
    try await apt.shell("touch -d '25 hours ago' cache/apt/armhf/refreshed")
    try await apt.repository(offline: true).refresh()
    #expect(try await apt.shell("grep -c update calls") == "1\n")
    try await apt.repository().refresh()
    #expect(try await apt.shell("grep -c update calls") == "2\n")
  }

  @Test func anUnknownKeyIsNamed() async throws {
    let apt = try await FakeApt(
      get: """
        echo 'Err:1 http://mirror.example/debian bookworm InRelease'
        echo '  The following signatures could not be verified: NO_PUBKEY 648ACFD622F3D138'
        exit 100
        """)
    let said = try await apt.failure { repository throws(PackageError) in
      try await repository.refresh()
    }
    #expect(said.message.hasSuffix("its key 648ACFD622F3D138 is not installed"))
    #expect(said.help == "Install the keys: apt install debian-archive-keyring.")
  }

  @Test func aFailureOfAnotherKindIsToldWithoutAddresses() async throws {
    let apt = try await FakeApt(
      get: "echo 'E: Malformed entry http://me:secret@mirror.example/ in list' >&2; exit 100")
    let said = try await apt.failure { repository throws(PackageError) in
      try await repository.refresh()
    }
    #expect(said.message.hasSuffix("apt says: Malformed entry (address) in list"))
  }

  @Test func aMachineWithoutAptIsTold() async throws {
    let apt = try await FakeApt()
    try await apt.shell("rm bin/*")
    let said = try await apt.failure { repository throws(PackageError) in
      try await repository.refresh()
    }
    #expect(said.message == "apt-get is not on this machine, so no Debian package can be fetched")
    #expect(
      said.help
        == "Run ctboot on Debian or Ubuntu, or in a container of one (apt install apt): busybox"
        + " comes from a package whatever stands under inputs:.")
  }

  @Test func aMisspeltNameIsMended() async throws {
    let apt = try await FakeApt(
      get: "touch $lists/mirror_main_Packages",
      cache: "case $command in pkgnames) echo busybox-static; echo busybox ;; *) exit 100 ;; esac")
    try await apt.repository().refresh()
    let said = try await apt.failure { repository throws(PackageError) in
      _ = try await repository.resolve("busybox-sattic")
    }
    #expect(said.help == "Did you mean busybox-static?")
  }

  @Test func aMissingVersionListsThoseThereAre() async throws {
    let record = "Package: xen\\nVersion: 4.17\\nArchitecture: armhf\\n\\n"
    let apt = try await FakeApt(
      get: "touch $lists/mirror_main_Packages", cache: "printf '\(record)'")
    try await apt.repository().refresh()
    let said = try await apt.failure { repository throws(PackageError) in
      _ = try await repository.resolve("xen", version: "4.20")
    }
    #expect(said.message == "there is no version 4.20 of xen")
    #expect(said.help == "There is: 4.17.")
  }

  @Test func anOptionInTheProjectIsNoPackage() async throws {
    let apt = try await FakeApt()
    let said = try await apt.failure { repository throws(PackageError) in
      _ = try await repository.resolve("-oDir::Cache=/")
    }
    #expect(said.message == #""-oDir::Cache=/" is no Debian package name or version"#)
    #expect(try await apt.shell("ls") == "bin\n")
  }

  @Test func offlineWithoutIndexesNamesTheWayOut() async throws {
    let apt = try await FakeApt()
    let repository = apt.repository(offline: true)
    try await repository.refresh()
    await #expect(throws: PackageError.noIndex("xen", offline: true)) {
      _ = try await repository.resolve("xen")
    }
    let help = PackageError.noIndex("xen", offline: true).diagnostic.help
    #expect(help == "Run the same command once without --offline.")
  }
}
