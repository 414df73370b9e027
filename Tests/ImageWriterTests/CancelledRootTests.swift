import Files
import ImageWriter
import Testing

/// Whoever interrupts a build does not wait for the rest of its root.
@Suite struct CancelledRootTests {
  @Test func aCancelledTaskWritesNoFurther() async throws {
    let bench = try RootBench()
    let source = try bench.tar { archive in
      for number in 0..<1000 { archive.add("file\(number)") }
    }
    let target = bench.path("card.img")
    let task = Task { () throws -> RootError? in
      // Until it has been cancelled there is nothing to see.
      while !Task.isCancelled { await Task.yield() }
      let file = try AtomicFile(replacing: target)
      do throws(RootError) {
        _ = try writeRoot([source], RootBench.options(), to: file, from: RootBench.start)
        return nil
      } catch {
        return error
      }
    }
    task.cancel()
    #expect(try await task.value == .cancelled)
    #expect(!stands(target))
  }
}
