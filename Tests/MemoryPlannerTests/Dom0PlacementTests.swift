import BootImages
import Measures
import Testing

@testable import MemoryPlanner

/// What is said of dom0's place, and what is left unsaid. `XenPlacementTests` hold it against boots.
@Suite struct Dom0PlacementTests {
  static func range(_ start: UInt64, _ size: ByteCount) throws -> AddressRange {
    try #require(AddressRange(start: Address(start), size: size))
  }

  /// The Cubietruck as ctboot loads it, with so many MiB of RAM.
  static func setup(_ size: UInt64, minor: Int = 17) throws -> XenSetup {
    XenSetup(
      version: XenVersion(major: 4, minor: minor),
      banks: [try range(0x4000_0000, .mebibytes(size))],
      xen: try range(0x4200_0000, 0x11_6290), tree: try range(0x49FF_0000, 0x8000),
      modules: [try range(0x4400_0000, 0x53_2200), try range(0x4600_0000, 0xD_7F2C)])
  }

  static func request(
    _ mebibytes: UInt64, kernel: Dom0Request.Kernel = .init(length: 0x53_2200),
    initrd: ByteCount? = 0xD_7F2C, tree: ByteCount = 0x8000, clears: Bool = true
  ) -> Dom0Request {
    Dom0Request(
      memory: .mebibytes(mebibytes), kernel: kernel, initrd: initrd, tree: tree, clears: clears)
  }

  static func word(_ placement: Dom0Placement) -> String {
    switch placement {
    case .determined(let layout): "determined \(layout.banks.map(\.start.digits))"
    case .varies(let layouts): "varies \(layouts.map { $0.banks.map(\.start.digits) })"
    case .mayFail(let reason): "may fail: \(reason)"
    case .cannotFit(let reason): "cannot fit: \(reason)"
    }
  }

  @Test func theUsualSizeIsDetermined() throws {
    let layout = Dom0Layout(
      banks: [try Self.range(0x5000_0000, .mebibytes(512))],
      kernel: try Self.range(0x57A0_0000, 0x53_2200), tree: try Self.range(0x5800_0000, 0x20_0000),
      initrd: try Self.range(0x5820_0000, 0xD_7F2C))
    #expect(Dom0Placement(try Self.setup(1024), Self.request(512)) == .determined(layout))
  }

  /// Two blocks of the size are free, and which stands first in Xen's list is not known.
  @Test func equalBlocksVary() throws {
    #expect(
      Self.word(Dom0Placement(try Self.setup(1024), Self.request(256)))
        == #"varies [["50000000"], ["60000000"]]"#)
  }

  /// Of 96 MiB, the first bank can only be 64, but has to be 128: no boot, however much is free.
  @Test func smallSizesHaveToBePowersOfTwo() throws {
    #expect(
      Self.word(Dom0Placement(try Self.setup(1024), Self.request(96)))
        == "cannot fit: no free block of 128 MiB at a multiple of its size lies below 0x100000000"
        + " for dom0's first bank")
  }

  @Test func moreThanIsFreeCannotFit() throws {
    guard
      case .cannotFit(.tooLittle(let free)) = Dom0Placement(
        try Self.setup(1024), Self.request(1024))
    else {
      Issue.record("1 GiB of 1 GiB")
      return
    }
    #expect(free < .mebibytes(1024) && free > .mebibytes(960))
  }

  /// The last 2 MiB come from blocks of which Xen itself takes some.
  @Test func oddEndsAreNotPromised() throws {
    let request = Dom0Request(
      memory: .mebibytes(514), kernel: .init(length: 0x53_2200), initrd: nil, tree: 0x8000)
    guard case .mayFail = Dom0Placement(try Self.setup(1024), request) else {
      Issue.record("514 MiB")
      return
    }
  }

  /// A limit that is reached proves nothing.
  @Test func theLimitIsNotAProof() throws {
    let (setup, request) = (try Self.setup(2048), Self.request(900))
    for limit in [1, 2, 5, 20] {
      switch Dom0Placement(setup, request, limit: limit) {
      case .mayFail: break
      case let other: Issue.record("\(limit): \(Self.word(other))")
      }
    }
  }

  @Test func itIsSaidTheSameEveryTime() throws {
    for size: UInt64 in [128, 256, 300, 512, 700, 900] {
      let first = Dom0Placement(try Self.setup(2048), Self.request(size))
      for _ in 0..<3 {
        #expect(Dom0Placement(try Self.setup(2048), Self.request(size)) == first)
      }
    }
  }

  /// Unpacking takes long enough for other processors to clear anything.
  @Test func aPackedKernelLeavesMoreOpen() throws {
    let module = try Self.range(0x4400_0000, 0x53_2200)
    let packed = Dom0Request.Kernel(
      length: 0x80_0000, packed: .init(module: module, unpacked: 0x80_0000))
    let setup = try Self.setup(1024)
    #expect(Dom0Placement(setup, Self.request(128, kernel: packed)).word == "varies")
    #expect(Dom0Placement(setup, Self.request(128)).word == "determined")
    #expect(Dom0Placement(setup, Self.request(512, kernel: packed)).word == "determined")
  }

  @Test func filesThatDoNotFitTheFirstBank() throws {
    let setup = try Self.setup(1024)
    #expect(
      Self.word(Dom0Placement(setup, Self.request(128, initrd: .mebibytes(130))))
        == "cannot fit: kernel, tree and RAM disk do not fit into a first bank of 128 MiB")
    let fixed = Dom0Request.Kernel(length: 0x53_2200, start: 0x4000_8000)
    #expect(
      Self.word(Dom0Placement(setup, Self.request(512, kernel: fixed)))
        == "cannot fit: the kernel wants to run at 0x40008000, which is not in dom0's first bank")
    // Whether dom0's tree outgrows 2 MiB is not known.
    #expect(
      Dom0Placement(setup, Self.request(512, tree: 0x1F_FFFF)).word == "may fail")
  }

  /// Up to 4.4 dom0 has one bank of a power of two; before 4.12, nothing is cleared meanwhile.
  @Test func olderReleases() throws {
    #expect(
      Self.word(Dom0Placement(try Self.setup(2048, minor: 4), Self.request(300)))
        == #"determined ["60000000"]"#)
    #expect(
      Self.word(Dom0Placement(try Self.setup(1024, minor: 4), Self.request(512))).hasPrefix(
        "cannot fit: no free block of 512 MiB"))
    #expect(Dom0Placement(try Self.setup(1024, minor: 11), Self.request(512)).word == "determined")
    #expect(
      Self.word(Dom0Placement(try Self.setup(1024, minor: 21), Self.request(512)))
        == "may fail: how this version of Xen places dom0 in such memory is not known")
    // What is missing is a warning up to 4.12, and a panic from 4.13 on.
    #expect(Dom0Placement(try Self.setup(1024, minor: 12), Self.request(900)).word == "may fail")
    #expect(Dom0Placement(try Self.setup(1024, minor: 13), Self.request(900)).word == "cannot fit")
  }

  @Test func sizesThatAreDetermined() throws {
    func sizes(_ size: UInt64) throws -> [UInt64] {
      Dom0Placement.determinedSizes(try Self.setup(size), Self.request(512)).map {
        $0.rawValue >> 20
      }
    }
    #expect(try sizes(1024) == [128, 512, 768])
    #expect(try sizes(2048).contains(1024))
    for size in try sizes(2048) {
      #expect(Dom0Placement(try Self.setup(2048), Self.request(size)).word == "determined")
    }
  }

  /// Memory of all sizes and shapes: no trap, whatever stands in a tree.
  @Test func hostileSetupsAreJudgedToo() throws {
    let edges: [UInt64] = [0, 1, 0xFFF, 0x1000, 1 << 31, 1 << 32, 1 << 63, .max - 0x1000, .max]
    for start in edges {
      for size in edges {
        guard let bank = AddressRange(start: Address(start), size: ByteCount(size)) else {
          continue
        }
        let setup = XenSetup(
          version: XenVersion(major: 4, minor: 17), banks: [bank, bank], xen: bank, tree: bank,
          modules: [try Self.range(0x4000_0000, 0x1000)])
        for memory in edges {
          let request = Dom0Request(
            memory: ByteCount(memory), kernel: .init(length: ByteCount(size), start: nil),
            initrd: ByteCount(memory), tree: ByteCount(start))
          for minor in [3, 4, 11, 17] {
            let old = XenSetup(
              version: XenVersion(major: 4, minor: minor), banks: [bank], xen: setup.modules[0],
              tree: setup.modules[0], modules: [])
            _ = Dom0Placement(old, request, limit: 50)
          }
          _ = Dom0Placement(setup, request, limit: 50)
        }
      }
    }
  }
}
