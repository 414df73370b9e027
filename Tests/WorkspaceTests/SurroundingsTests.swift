import SystemPackage
import Testing
import Workspace

@Suite struct SurroundingsTests {
  private static func cache(_ environment: [String: String]) throws -> String {
    try Surroundings(environment: environment).cache.string
  }

  @Test func theCacheOfPackages() throws {
    #expect(try Self.cache(["XDG_CACHE_HOME": "/x", "HOME": "/home/me"]) == "/x/ctboot")
    #expect(try Self.cache(["HOME": "/home/me"]) == "/home/me/.cache/ctboot")
    #expect(try Self.cache(["XDG_CACHE_HOME": "/x"]) == "/x/ctboot")
    // The XDG specification: a relative path is to be ignored.
    #expect(
      try Self.cache(["XDG_CACHE_HOME": "x", "HOME": "/home/me"]) == "/home/me/.cache/ctboot")
    #expect(
      try Self.cache(["XDG_CACHE_HOME": "", "HOME": "/home/me"]) == "/home/me/.cache/ctboot")
  }

  @Test(arguments: [[:], ["HOME": ""], ["HOME": "", "XDG_CACHE_HOME": ""]])
  func noCache(environment: [String: String]) throws {
    #expect(
      try rendered { try Surroundings(environment: environment) } == """
        error: there is no folder for the cache of packages: neither XDG_CACHE_HOME nor HOME names one
          help: set XDG_CACHE_HOME to the absolute path of a folder that may be written to
        """)
  }

  @Test func theRest() throws {
    let plain = try Surroundings(environment: ["HOME": "/h"])
    #expect(plain.data == nil)
    #expect(plain.epoch == 0)
    #expect(plain.path == "/usr/local/bin:/usr/bin:/bin")
    #expect(!plain.offline)
    let full = try Surroundings(
      environment: [
        "HOME": "/h", "CTBOOT_DATA": "own/data", "SOURCE_DATE_EPOCH": "1700000000",
        "PATH": "/opt/bin",
      ])
    #expect(full.data == "own/data")
    #expect(full.epoch == 1_700_000_000)
    #expect(full.path == "/opt/bin")
  }

  @Test(arguments: [("0", 0), ("4294967295", UInt32.max), ("", 0), ("0017", 17)])
  func epochs(text: String, epoch: UInt32) throws {
    let surroundings = try Surroundings(
      environment: ["HOME": "/h", "SOURCE_DATE_EPOCH": text])
    #expect(surroundings.epoch == epoch)
  }

  @Test(arguments: ["now", "-1", "4294967296", "1.5", " 1", "1 ", "0x10", "+1", "-0"])
  func oddEpochs(text: String) throws {
    #expect(
      try rendered {
        try Surroundings(environment: ["HOME": "/h", "SOURCE_DATE_EPOCH": text])
      } == """
        error: SOURCE_DATE_EPOCH is `\(text)`, which is no number of seconds since 1970
          help: set it to a whole number below 4294967296, or unset it
        """)
  }
}
