import Foundation
import OutsideTools
import Testing

/// The image mounted by the kernel that runs this, on a loop device, to be read only unless told.
///
/// That takes root: without it the test fails.
func withMount<T>(
  _ image: URL, type: String = "ext4", options: String = "ro", _ body: (String) throws -> T
) throws -> T {
  try OutsideTool.withTemporaryFolder { folder in
    let mount = try OutsideTool.run(
      "mount", ["-t", type, "-o", "loop," + options, image.path, folder.path])
    try #require(mount.status == 0, "mounting needs root and loop devices: \(mount.output)")
    defer {
      let end = try? OutsideTool.run("umount", [folder.path])
      #expect(end?.status == 0)
    }
    return try body(folder.path)
  }
}
