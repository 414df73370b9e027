import Files
import ImagePlan
import ImageWriter
import SystemPackage

extension AtomicFileSet {
  /// A whole card, as a build writes it.
  mutating func add(_ plan: ImagePlan, as target: FilePath) throws(FileError) {
    let file = try AtomicFile(replacing: target)
    try file.write(plan)
    try add(file)
  }
}
