import SystemPackage

/// What apt-cache answered about a package, kept as long as the indexes that it was read from:
/// apt parses all of them for every question, which takes longer than everything else of a build.
///
///     CACHE/apt/armhf/answers/PACKAGE.candidate    the stamp of the indexes, then the answer
struct KeptAnswer {
  private let file: FilePath
  /// Stands for one fetch of the indexes.
  private let stamp: String

  init(folder: FilePath, package: String, which: String, stamp: String) {
    file = folder.appending("\(package).\(which)")
    self.stamp = stamp
  }

  /// The answer, if it was kept and the indexes are still the same.
  var text: String? {
    guard let bytes = CacheFile.read(file) else { return nil }
    let lines = String(decoding: bytes, as: UTF8.self)
      .split(separator: "\n", maxSplits: 1, omittingEmptySubsequences: false)
    guard lines.count == 2, lines[0] == stamp else { return nil }
    return String(lines[1])
  }

  func keep(_ answer: String) throws(PackageError) {
    try CacheFile.makeFolders(file.removingLastComponent())
    try CacheFile.replace(stamp + "\n" + answer, at: file)
  }
}
