import SystemPackage
import Testing
import Workspace

/// Each fault of a project file with the words that a person reads.
@Suite struct BrokenProjectTests {
  private static func words(_ text: String) throws -> String {
    try rendered { try Project(text: text) }
  }

  @Test func anUnknownKey() throws {
    #expect(
      try Self.words("version: 1\nboard: cubietruck\nimagee: {}\n") == """
        error: `imagee` is not a key here
          at ctboot.yaml:3:1
          note: known keys: version, board, flow, root, inputs, xen, dom0, linux, domains, load, image, lint
          help: did you mean `image`?
        """)
    #expect(
      try Self.words("board: cubietruck\ndom0:\n  vcpu: 2\n") == """
        error: `vcpu` is not a key here
          at ctboot.yaml:3:3
          note: known keys: memory, vcpus, arguments
          help: did you mean `vcpus`?
        """)
    #expect(
      try Self.words("board: cubietruck\ninputs: { dtb: my.dtb }\n") == """
        error: `dtb` is not a key here
          at ctboot.yaml:2:11
          note: known keys: bootloader, xen, kernel, tree, script-bin, config, modules, \
        fallback-kernel, fallback-tree, fallback-xen, overlays, include-paths
          help: remove it
        """)
  }

  @Test func noBoard() throws {
    #expect(
      try Self.words("baord: cubietruck\n") == """
        error: `baord` is not a key here
          at ctboot.yaml:1:1
          help: did you mean `board`?
        """)
    #expect(
      try Self.words("flow: xen\n") == """
        error: `board` is missing
          at ctboot.yaml:1:1
          help: add a line `board: …` to this mapping
        """)
  }

  @Test func aWrongType() throws {
    #expect(
      try Self.words("board: [cubietruck]\n") == """
        error: wanted a text, found a list
          at ctboot.yaml:1:8
          help: write a text
        """)
    #expect(
      try Self.words("board: cubietruck\nxen: 4.17\n") == """
        error: wanted a mapping, found `4.17`
          at ctboot.yaml:2:6
          help: write a mapping
        """)
    #expect(
      try Self.words("- board: cubietruck\n") == """
        error: wanted a mapping, found a list
          at ctboot.yaml:1:1
          help: write a mapping
        """)
  }

  @Test func aDuplicateKey() throws {
    #expect(
      try Self.words("board: cubietruck\nflow: xen\nboard: bananapi\n") == """
        error: `board` is given twice
          at ctboot.yaml:3:1
          note: the first stands at ctboot.yaml:1:1
          help: remove one of them
        """)
  }

  @Test(
    arguments: [
      ("dom0: { memory: 512M }", "`512M`", 17),
      ("dom0: { memory: \"512MiB\" }", "the text `512MiB`", 17),
      ("dom0: { memory: -1 }", "`-1`", 17), ("image: { size: huge }", "`huge`", 16),
      ("image: { size: 99999999999TiB }", "`99999999999TiB`", 16),
      ("image: { boot: { size: 010 } }", "`010`", 24),
    ])
  func badSizes(line: String, found: String, column: Int) throws {
    #expect(
      try Self.words("board: cubietruck\n\(line)\n") == """
        error: wanted a size such as 64MiB or 0x1000, found \(found)
          at ctboot.yaml:2:\(column)
          help: write a size such as 64MiB or 0x1000
        """)
  }

  @Test(arguments: ["0", "1MiB", "16777217", "15.9MiB"])
  func badMemory(size: String) throws {
    let words = try Self.words("board: cubietruck\ndom0: { memory: \(size) }\n")
    #expect(words.hasPrefix("error: wanted "), "\(words)")
    #expect(words.contains("\n  at ctboot.yaml:2:17\n"), "\(words)")
  }

  @Test(
    arguments: [
      "debian:", "debian:=1", "debian:UPPER", "debian:xen=", "debian:x=", "debian:x",
      "debian:a b", "debian:xen=1 2", "debian:xen=1=2", "debian:xen_", "debian:-o=x",
      "debian:--option", "debian:.xen", "debian:xen=-1", "debian:xen=~n", "debian:größe", "",
    ])
  func badSources(source: String) throws {
    #expect(
      try Self.words("board: cubietruck\ninputs:\n  xen: \"\(source)\"\n") == """
        error: wanted `debian`, `debian:PACKAGE[=VERSION]` or a path, found the text `\(source)`
          at ctboot.yaml:3:8
          help: write `debian`, `debian:PACKAGE[=VERSION]` or a path
        """)
  }

  @Test(arguments: [("2", "`2`"), ("0", "`0`")])
  func anotherVersion(version: String, found: String) throws {
    #expect(
      try Self.words("board: cubietruck\nversion: \(version)\n") == """
        error: wanted `1`, the only version of project files so far, found \(found)
          at ctboot.yaml:2:10
          help: write `1`, the only version of project files so far
        """)
  }

  @Test(
    arguments: [
      (
        "flow: linux26", "`linux26` is none of `xen`, `dom0less`, `linux`, `kvm`, `legacy`", "2:7",
        "did you mean `linux`?"
      ),
      (
        "flow: dom0less",
        "the flow `dom0less` starts guests alone, and the project has none", "2:7",
        "list guests under `domains:`, or name another flow"
      ),
      (
        "image: { boot: { script: extlinux } }",
        "wanted `boot.scr` in this flow: extlinux.conf can only start Linux, found `extlinux`",
        "2:26", "write `boot.scr` in this flow: extlinux.conf can only start Linux"
      ),
      (
        "inputs: { fallback-xen: old }",
        "wanted a `fallback-kernel` beside it, found `old`", "2:25",
        "write a `fallback-kernel` beside it"
      ),
      (
        "inputs: { script-bin: debian }", "wanted a path, found `debian`", "2:23",
        "write a path"
      ),
      (
        "root: debian:12",
        "wanted the path of an archive or a folder, found `debian:12`", "2:7",
        "write the path of an archive or a folder"
      ),
      (
        "root: {}", "wanted `busybox`, an archive, a folder, or a list of these, found a mapping",
        "2:7", "write `busybox`, an archive, a folder, or a list of these"
      ),
      (
        "root: { from: a.tar, files: { etc/hostname: name } }",
        "wanted a path in the root, such as /etc/hostname, found `etc/hostname`", "2:31",
        "write a path in the root, such as /etc/hostname"
      ),
      (
        "root: { files: { /init: { from: init, mode: 0999 } } }",
        "wanted permissions in octal digits, such as 0755, found `0999`", "2:45",
        "write permissions in octal digits, such as 0755"
      ),
      (
        "root: { files: { /init: { from: init, owner: root:root } } }",
        "wanted two numbers such as 0:0, of the owner and the group, found `root:root`", "2:46",
        "write two numbers such as 0:0, of the owner and the group"
      ),
      (
        "root: a.tar\nflow: dom0less", "the flow `dom0less` mounts no root partition", "2:7",
        "leave `root:` out, or name another flow"
      ),
      (
        "image: { root: { type: btrfs } }", "`btrfs` is none of `ext4`", "2:24",
        "write one of these"
      ),
      (
        "image: { boot: { type: fat } }", "`fat` is none of `fat12`, `fat16`, `fat32`", "2:24",
        "write one of these"
      ),
      (
        "xen: { version: 4 }", "wanted `auto` or a version such as \"4.17\", found `4`", "2:17",
        "write `auto` or a version such as \"4.17\""
      ),
      (
        "xen: { version: \"4.2\" }",
        "wanted a version from 4.3 on, the first for ARM, found the text `4.2`", "2:17",
        "write a version from 4.3 on, the first for ARM"
      ),
      (
        "xen: { version: \"4.17.\" }",
        "wanted `auto` or a version such as \"4.17\", found the text `4.17.`", "2:17",
        "write `auto` or a version such as \"4.17\""
      ),
      ("inputs: { overlays: a.dtbo }", "wanted a list, found `a.dtbo`", "2:21", "write a list"),
      (
        "inputs: { overlays: [\"\"] }", "wanted a path, found the text ``", "2:22", "write a path"
      ),
      (
        "inputs: { overlays: [a.dtbo, debian] }", "wanted a path, found `debian`", "2:30",
        "write a path"
      ),
      (
        "inputs: { include-paths: [[a]] }", "wanted a text, found a list", "2:27", "write a text"
      ),
      (
        "domains: guests.yaml",
        "wanted a list of guests, each behind a `- `, found `guests.yaml`", "2:10",
        "write a list of guests, each behind a `- `"
      ),
      (
        "domains: [{ kernel: { file: z, address: 0x1000 }, memory: 64 MB }]",
        "wanted a size such as 64MiB or 0x1000, found `64 MB`", "2:59",
        "write a size such as 64MiB or 0x1000"
      ),
      (
        "domains: [{ memory: 64MiB }]", "`kernel` is missing", "2:11",
        "add a line `kernel: …` to this mapping"
      ),
      (
        "dom0: { vcpus: 0 }", "wanted a number from 1 to 128, found `0`", "2:16",
        "write a number from 1 to 128"
      ),
      (
        "xen: { arguments: \"a\\nb\" }",
        #"wanted a command line of printable ASCII in one line, found the text `a\x0ab`"#, "2:19",
        "write a command line of printable ASCII in one line"
      ),
    ])
  func otherValues(line: String, message: String, place: String, help: String) throws {
    #expect(
      try Self.words("board: cubietruck\n\(line)\n") == """
        error: \(message)
          at ctboot.yaml:\(place)
          help: \(help)
        """)
  }

  @Test(arguments: ["", "\n", "# only a word\n", "---\n"])
  func anEmptyFile(text: String) throws {
    let words = try Self.words(text)
    #expect(words.hasPrefix("error: the file says nothing\n  at ctboot.yaml:"), "\(words)")
    #expect(words.hasSuffix("\n  help: fill it in, or remove it"))
  }

  @Test func notUTF8() throws {
    let bytes = Array("board: x\nflow: ö".utf8) + [0xE9, 0x0A]
    #expect(
      try rendered { try Project(parsing: bytes, file: "ctboot.yaml", folder: ".") } == """
        error: the byte 0xe9 is not UTF-8
          at ctboot.yaml:2:8
          help: save the file as UTF-8
        """)
  }
}
