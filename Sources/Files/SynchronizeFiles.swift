import Dispatch
import Glibc
import Synchronization
import SystemPackage

/// Waits until the disk has the bytes of all the parts.
///
/// They are waited for side by side, since the disk can then write them in one go. A part that
/// could not be written when it was closed tells so here: Linux keeps such an error for the next
/// one who asks.
func synchronizeFiles(_ files: [StagedPath]) throws(FileError) {
  let failure = Mutex<FileError?>(nil)
  DispatchQueue.concurrentPerform(iterations: files.count) { index in
    let file = files[index]
    do throws(FileError) {
      try Descriptor(opening: file.part, shownAs: file.target, O_RDONLY, for: .open).synchronize()
    } catch {
      failure.withLock { $0 = $0 ?? error }
    }
  }
  if let failure = failure.withLock({ $0 }) { throw failure }
}
