import BuiltProgram
import Foundation
import Testing

/// What somebody may type who composes a tree for the first time, and what is said to that.
@Suite struct TreeComposeTests {
  /// A folder with a board's tree, a kernel, a RAM disk, and a list of guests.
  private static func folder(guests: String = guest()) async throws -> TestProject {
    let boot = try await GoodBuild.shared().project["build/boot"]
    let folder = try TestProject("")
    for name in ["kernel", "initrd"] {
      try FileManager.default.createSymbolicLink(
        at: folder[name], withDestinationURL: boot.appending(path: name))
    }
    try folder.write(
      try Data(contentsOf: boot.appending(path: "xen.dtb")), as: "base.dtb")
    try folder.write(guests, as: "guests.yaml")
    return folder
  }

  private static func guest(_ more: String = "", memory: String = "64MiB") -> String {
    "- { kernel: { file: kernel, address: 0x4400_0000 }, memory: \(memory)\(more) }\n"
  }

  private static func outcome(
    _ arguments: [String], in folder: TestProject
  ) async throws -> Ctboot.Outcome {
    try await Ctboot.run(["tree", "compose", "-o", "xen.dtb"] + arguments, in: folder.folder)
  }

  /// Refused with exactly these words and status 2; no tree is left.
  private static func expectRefusal(
    _ words: String, in folder: TestProject,
    of arguments: [String] = ["base.dtb", "--xen", "4.17", "--domains", "guests.yaml"],
    sourceLocation: SourceLocation = #_sourceLocation
  ) async throws {
    let outcome = try await outcome(arguments, in: folder)
    #expect(outcome.errors == words + "\n", sourceLocation: sourceLocation)
    #expect(outcome.status == 2 && outcome.output == "", sourceLocation: sourceLocation)
    #expect(
      !FileManager.default.fileExists(atPath: folder["xen.dtb"].path),
      sourceLocation: sourceLocation)
  }

  @Test func theFolderIsGood() async throws {
    let folder = try await Self.folder()
    let outcome = try await Self.outcome(
      ["base.dtb", "--xen", "4.17", "--domains", "guests.yaml"], in: folder)
    #expect(outcome.status == 0, "\(outcome.errors)")
  }

  @Test(arguments: [
    ["nothing.dtb", "--xen", "4.17", "--domains", "guests.yaml"],
    ["base.dtb", "--xen", "4.17", "--domains", "nothing.dtb"],
    ["base.dtb", "--xen", "4.17", "--kernel", "nothing.dtb@0x44000000"],
  ])
  func aFileThatIsNotThere(arguments: [String]) async throws {
    try await Self.expectRefusal(
      """
      error: nothing.dtb does not exist
        help: check the name, or create the file
      """, in: try await Self.folder(), of: arguments)
  }

  @Test func theWrongKindOfFile() async throws {
    let folder = try await Self.folder()
    try await Self.expectRefusal(
      """
      error: the device tree guests.yaml must be a compiled device tree (.dtb), but it is a text
        help: give the board's .dtb, as the kernel's package holds
      """, in: folder, of: ["guests.yaml", "--xen", "4.17", "--domains", "guests.yaml"])
    try await Self.expectRefusal(
      """
      error: base.dtb must be a list of guests in YAML, but it is a compiled device tree
        help: name the list with `--domains`; `ctboot tree compose --help` shows one
      """, in: folder, of: ["base.dtb", "--xen", "4.17", "--domains", "base.dtb"])
    try await Self.expectRefusal(
      """
      error: . is a folder, not a file
        help: name a file in it
      """, in: folder, of: ["base.dtb", "--xen", "4.17", "--domains", "."])
  }

  @Test func aGuestWithoutKernel() async throws {
    try await Self.expectRefusal(
      """
      error: `kernel` is missing
        at guests.yaml:1:3
        help: add a line `kernel: …` to this mapping
      """, in: try await Self.folder(guests: "- { memory: 64MiB }\n"))
  }

  @Test func aKeyThatIsNotKnown() async throws {
    try await Self.expectRefusal(
      """
      error: `vcpu` is not a key here
        at guests.yaml:1:68
        note: known keys: name, kernel, initrd, passthrough, memory, vcpus, arguments, console, \
      enhanced, direct-map, static-memory, shared-memory, capabilities, event-channels, pool
        help: did you mean `vcpus`?
      """, in: try await Self.folder(guests: Self.guest(", vcpu: 2")))
  }

  @Test func aFileWithoutItsPlace() async throws {
    try await Self.expectRefusal(
      """
      error: wanted a file and its address, as { file: NAME, address: 0x4a00_0000 }, found `initrd`
        at guests.yaml:1:76
        help: write a file and its address, as { file: NAME, address: 0x4a00_0000 }
      """, in: try await Self.folder(guests: Self.guest(", initrd: initrd")))
  }

  @Test func aFilePastTheLastAddress() async throws {
    let folder = try await Self.folder(
      guests: Self.guest(", initrd: { file: initrd, address: 0xffff_ffff_ffff_f000 }"))
    let outcome = try await Self.outcome(
      ["base.dtb", "--xen", "4.17", "--domains", "guests.yaml"], in: folder)
    #expect(outcome.status == 2)
    #expect(
      outcome.errors.hasSuffix(
        """
         at 0xfffffffffffff000, would reach past the last address
          at guests.yaml:1:76
          help: correct its address

        """), "\(outcome.errors)")
  }

  @Test func filesThatOverlap() async throws {
    let folder = try await Self.folder(
      guests: Self.guest(", initrd: { file: initrd, address: 0x4410_0000 }"))
    let outcome = try await Self.outcome(
      ["base.dtb", "--xen", "4.17", "--domains", "guests.yaml"], in: folder)
    // All could be read, and a check says no.
    #expect(outcome.status == 1)
    let words = [
      "error: the composed tree has 1 fault with which the board would not boot, so it is not"
        + " written\n  note: the composed tree: /chosen/domU1/module@44100000: reg, ",
      "the ramdisk of domU1 at 0x44100000..", "overlaps the kernel of domU1 at 0x44000000..",
      "`ctboot explain module-overlap` tells more",
    ]
    for part in words { #expect(outcome.errors.contains(part), "\(outcome.errors)") }
  }

  @Test func memory() async throws {
    try await Self.expectRefusal(
      """
      error: the guest `domU1` has 64 bytes of memory; Xen counts in KiB
        help: use a multiple of 1 KiB, and write its unit: 64MiB
      """, in: try await Self.folder(guests: Self.guest(memory: "64")))
    let folder = try await Self.folder(guests: Self.guest(memory: "64KiB"))
    let outcome = try await Self.outcome(
      ["base.dtb", "--xen", "4.17", "--domains", "guests.yaml"], in: folder)
    #expect(outcome.status == 2)
    #expect(
      outcome.errors.hasPrefix(
        "error: the guest `domU1` has 64 KiB of memory, and its kernel and RAM disk have "))
  }

  @Test func anOldXen() async throws {
    try await Self.expectRefusal(
      """
      error: Xen 4.11 does not know guests that Xen starts by itself: 4.12 was the first
        help: boot a newer Xen, or leave it out
      """, in: try await Self.folder(),
      of: ["base.dtb", "--xen", "4.11", "--domains", "guests.yaml"])
  }

  /// Wrong usage has a status of its own, and still a sentence.
  @Test(arguments: ["kernel", "kernel@44000000", "@0x44000000"])
  func noAddress(text: String) async throws {
    let outcome = try await Self.outcome(
      ["base.dtb", "--xen", "4.17", "--kernel", text], in: try await Self.folder())
    #expect(outcome.status == 64)
    #expect(
      outcome.errors.contains(
        "`\(text)` is no file with its address behind an @, such as zImage@0x44000000."))
  }

  @Test(arguments: [
    (["--xen", "4.2"], "There is no Xen 4.2 for ARM: 4.3 was the first."),
    (["--xen", "4.17.x"], "`4.17.x` is no version of Xen such as 4.17."),
    (
      ["--xen", "4.17", "--kernel", "kernel@0xfffffffffffff000"],
      "The address of `kernel@0xfffffffffffff000` lies beyond the 52 bits that ARM has for them."
    ),
  ])
  func valuesThatNobodyCanMean(arguments: [String], words: String) async throws {
    let outcome = try await Self.outcome(["base.dtb"] + arguments, in: try await Self.folder())
    #expect(outcome.status == 64)
    #expect(outcome.errors.contains(words), "\(outcome.errors)")
  }
}
