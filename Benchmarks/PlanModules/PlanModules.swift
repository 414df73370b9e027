import Measures
import MemoryPlanner

/// Plans the memory of a boot with 32 modules, again and again, and says how long one plan takes: the
/// measuring half of `Benchmarks/plan-modules`.
@main struct PlanModules {
  /// How often each world is planned; the median counts.
  static let runs = 201

  static func main() throws {
    print("roomy \(try median(of: roomy()))")
    print("tight \(try median(of: tight()))")
    print("hopeless \(try median(of: hopeless()))")
  }

  /// A memory, what is fixed in it, and what is to be placed.
  struct World {
    let memory: AddressRange
    let fixed: [Claim]
    let requests: [PlacementRequest]
  }

  /// In seconds.
  static func median(of world: World) throws -> Double {
    let clock = ContinuousClock()
    var times: [Duration] = []
    var placed = 0
    for _ in 0..<runs {
      times.append(
        clock.measure {
          // What cannot be placed is an answer as well.
          let plan = try? MemoryPlan(
            memory: world.memory, fixed: world.fixed, requests: world.requests)
          placed += plan?.claims.count ?? 0
        })
    }
    guard placed >= 0 else { return 0 }
    let (seconds, attoseconds) = times.sorted()[runs / 2].components
    return Double(seconds) + Double(attoseconds) / 1e18
  }

  static let mebibyte: UInt64 = 1 << 20

  /// 1 GiB with U-Boot at its top and a tree below 160 MiB, and 32 modules of up to 33 MiB.
  static func roomy() -> World {
    World(
      memory: range(0x4000_0000, 1024 * mebibyte),
      fixed: [
        claim("U-Boot", 0x7800_0000, 128 * mebibyte), claim("the tree", 0x49FF_0000, 0x1_0000),
      ],
      requests: (0..<32).map { request($0, size: (1 + UInt64($0 * 7 % 33)) * mebibyte - 0x1234) })
  }

  /// 32 modules that fill 16 gaps to the last page, two in each.
  static func tight() -> World {
    let gap = 64 * mebibyte
    return World(
      memory: range(0x4000_0000, 16 * 2 * gap),
      fixed: (0..<16).map { claim("wall \($0)", 0x4000_0000 + UInt64($0) * 2 * gap + gap, gap) },
      requests: (0..<16).flatMap { index in
        let first = (UInt64(index) + 1) * mebibyte
        return [request(2 * index, size: first), request(2 * index + 1, size: gap - first)]
      })
  }

  /// 17 modules of which each fills more than half a gap, and 15 small ones, for 16 gaps: by volume
  /// they might fit, so the search goes on to its limit.
  static func hopeless() -> World {
    let world = tight()
    return World(
      memory: world.memory, fixed: world.fixed,
      requests: (0..<32).map { index in
        request(index, size: (index < 17 ? 33 : 1) * mebibyte + UInt64(index) * 4096)
      })
  }

  static func request(_ index: Int, size: UInt64) -> PlacementRequest {
    PlacementRequest(
      owner: "module \(index)", kind: .kernel, address: nil, size: ByteCount(size),
      alignment: index % 4 == 0 ? 2 * mebibyte : 4096, reason: "its file")
  }

  static func claim(_ owner: String, _ start: UInt64, _ size: UInt64) -> Claim {
    Claim(owner: owner, range: range(start, size), reason: "fixed")
  }

  static func range(_ start: UInt64, _ size: UInt64) -> AddressRange {
    guard let range = AddressRange(start: Address(start), size: ByteCount(size)) else {
      fatalError("the worlds above end within 64 bits")
    }
    return range
  }
}
