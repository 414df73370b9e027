import ImagePlan
import Measures
import Testing

/// What a plan says of any range, and where old bytes differ from it.
@Suite struct ContentTests {
  @Test func contentIsTheSumOfThePieces() throws {
    let plan = try ImagePlan(Sample.card())
    let whole = Array(plan.image)
    #expect(plan.content(of: 0..<plan.size.rawValue) == whole)
    for start in stride(from: 0, to: whole.count, by: 4000) {
      let end = min(whole.count, start + 5000)
      let range = UInt64(start)..<UInt64(end)
      #expect(plan.content(of: range) == Array(whole[start..<end]))
      if plan.isHole(range) { #expect(whole[start..<end].allSatisfy { $0 == 0 }) }
    }
    #expect(plan.isHole(512..<8192))
    #expect(!plan.isHole(511..<8192))
    #expect(!plan.isHole(512..<8193))
  }

  @Test func whatDiffersIsFoundInWholeBlocks() throws {
    let plan = try ImagePlan(Sample.card())
    var old = Array(plan.image)
    #expect(plan.changes(to: old, at: 0) == [])
    for index in [5, 4096, 8191, 20_000, old.count - 1] { old[index] ^= 1 }
    let end = UInt64(old.count)
    #expect(
      plan.changes(to: old, at: 0) == [0..<8192, 16_384..<20_480, (end - 4096)..<end])
    #expect(plan.changes(to: Array(old[4096..<12_000]), at: 4096) == [4096..<8192])
  }
}
