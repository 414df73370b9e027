public import Measures

extension Dom0Placement {
  /// How many blocks are taken, over all ways together, before the search gives up.
  public static let searchLimit = 5_000

  /// How much memory other processors may have cleared by the time that dom0's first bank is chosen.
  ///
  /// They begin as soon as they run, and what is left for the first processor to do is some
  /// milliseconds of work and a few hundred characters on the serial line. A Cortex-A7 clears less
  /// than 1 GiB in a second.
  static let clearedEarly = ByteCount.mebibytes(128)

  /// Works out what Xen on 32-bit ARM does, for releases 4.3 to 4.20.
  ///
  /// - Parameter limit: on the work; where it is reached, nothing is said to be determined.
  public init(_ setup: XenSetup, _ request: Dom0Request, limit: Int = Self.searchLimit) {
    guard let ways = XenWays(setup.version), let memory = XenMemory(setup) else {
      self = .mayFail(.unknownVersion)
      return
    }
    guard let heap = memory.heap, memory.frameTable != nil else {
      self = .cannotFit(.noRoomForXen)
      return
    }
    // Xen looks for its heap in holes between banks as well, and then uses what is not there.
    guard memory.banks.contains(where: { $0.contains(heap) }) else {
      self = .mayFail(.noRoomForXen)
      return
    }
    guard request.memory.rawValue >= FreeBlocks.pageSize else {
      self = .mayFail(.smallPieces(request.memory))
      return
    }
    var search = Dom0Search(ways, request, limit: limit)
    var most: UInt64 = 0
    for start in Dom0Start.all(setup, memory, heap: heap, ways, request) {
      most = max(most, start.free.pages)
      search.follow(start.free, clear: start.clear)
    }
    let free = ByteCount(most * FreeBlocks.pageSize)
    self =
      free < request.memory && ways.insists
      ? .cannotFit(.tooLittle(free: free)) : Self.verdict(search, ways, request)
  }

  private static func verdict(
    _ search: Dom0Search, _ ways: XenWays, _ request: Dom0Request
  ) -> Dom0Placement {
    var layouts: [Dom0Layout] = []
    var failures: [Reason] = []
    for end in search.ends {
      switch end {
      case .noFirstBank:
        failures.append(
          .noFirstBank(
            least: ByteCount(FreeBlocks.pageSize << UInt64(search.leastFirst)),
            below: Address(1 << UInt64(request.lowBits))))
      case .unallocated(let pages):
        failures.append(.unallocated(ByteCount(pages * FreeBlocks.pageSize)))
      case .banks(let banks):
        do throws(Reason) {
          layouts.append(try .placing(request, in: banks.compactMap(\.range), ways))
        } catch {
          failures.append(error)
        }
      }
    }
    // The one that says most: what is missing in the worst of the boots.
    if let failure = failures.max(by: { $0.weight < $1.weight }) {
      let isProven = layouts.isEmpty && search.isComplete
      return isProven && failures.allSatisfy { $0.isFatal(ways) }
        ? .cannotFit(failure) : .mayFail(failure)
    }
    guard search.isComplete else { return .mayFail(.tooManyWays(looked: search.looked)) }
    let unit = FreeBlocks.pageSize << 10
    guard request.memory.rawValue % unit == 0 else {
      return .mayFail(.smallPieces(ByteCount(request.memory.rawValue % unit)))
    }
    layouts.sort { $0.key.lexicographicallyPrecedes($1.key) }
    guard let only = layouts.first, layouts.count == 1 else { return .varies(layouts) }
    return .determined(only)
  }

  /// Sizes of dom0's memory that are determined, ascending: of the powers of two from 64 MiB on, and
  /// half as much again of each.
  public static func determinedSizes(_ setup: XenSetup, _ request: Dom0Request) -> [ByteCount] {
    // What is determined is found in a few steps.
    triedSizes.filter { size in
      if case .determined = Dom0Placement(setup, request.with(memory: size), limit: 300) {
        return true
      }
      return false
    }
  }

  /// Of the same, those for which every boot finds room, alike or not.
  public static func fittingSizes(_ setup: XenSetup, _ request: Dom0Request) -> [ByteCount] {
    triedSizes.filter { size in
      switch Dom0Placement(setup, request.with(memory: size), limit: 300) {
      case .determined, .varies: true
      case .mayFail, .cannotFit: false
      }
    }
  }

  private static var triedSizes: [ByteCount] {
    (6...12).map { UInt64(1) << $0 }.flatMap { [$0, $0 + $0 / 2] }.map { .mebibytes($0) }
  }
}

extension Dom0Placement.Reason {
  /// Whether it ends every boot that it happens in.
  fileprivate func isFatal(_ ways: XenWays) -> Bool {
    switch self {
    // Up to 4.12, what is missing is told, and dom0 gets less.
    case .unallocated: ways.insists
    case .treeNearlyFull, .smallPieces, .tooManyWays, .unknownVersion: false
    case .noRoomForXen, .tooLittle, .noFirstBank, .firstBankTooSmall, .kernelOutside: true
    }
  }

  /// What is told first where several things can go wrong.
  fileprivate var weight: UInt64 {
    switch self {
    case .unallocated(let missing): missing.rawValue
    case .noFirstBank: .max
    default: 0
    }
  }
}

extension Dom0Layout {
  /// What two layouts are ordered by.
  fileprivate var key: [UInt64] { banks.flatMap { [$0.start.rawValue, $0.end.rawValue] } }
}

extension Pages {
  /// The addresses of the pages; nil where they leave 64 bits.
  var range: AddressRange? {
    guard upperBound <= UInt64.max / FreeBlocks.pageSize else { return nil }
    return AddressRange(
      start: Address(lowerBound * FreeBlocks.pageSize),
      end: Address(upperBound * FreeBlocks.pageSize))
  }
}
