import BootImages
import DeviceTree
import Diagnostics

/// Names with bytes that a name may not have.
///
/// Names beyond the 31 bytes of the specification are no matter: Linux's own trees have them, and no
/// reader minds. What Xen has no room for is told.
enum FDTNameUTF8: FaultRule, TreeRule {
  static let card = RuleCard(
    id: "fdt-name-utf8", family: .structure, severity: .error,
    summary: "a name holds what a name may not hold, or more than Xen has room for",
    why: """
      Names are letters, digits and a few marks. Others cannot be written in a path, in an alias or
      on U-Boot's command line, some end a line of a log in the middle, and dtc refuses to read the
      tree back. Xen keeps the arguments of a guest under the name of its node, of which it takes 40
      bytes, and does not find them again under a longer one: the guest starts without arguments.
      """,
    aliases: ["node_name_chars", "node_name_not_empty", "property_name_chars"],
    source: """
      Devicetree Specification v0.4, sections 2.2.1 and 2.2.4; Xen \
      xen/common/device-tree/bootinfo.c, add_boot_cmdline
      """,
    bad: [
      RuleExample(
        "/ { n { }; };", patches: [BytePatch(.structure, 12, [0xE4, 0, 0, 0])]),
      RuleExample(
        "/ { n { }; };", patches: [BytePatch(.structure, 12, [0, 0, 0, 0])]),
      RuleExample(
        "/ { node { }; };", patches: [BytePatch(.structure, 13, [0x20])]),
      RuleExample("/ { name; };", patches: [BytePatch(.strings, 1, [0x24])]),
      RuleExample(
        """
        / {
          chosen {
            #address-cells = <1>; #size-cells = <1>;
            a-guest-with-a-name-that-is-much-too-long {
              compatible = "xen,domain";
              #address-cells = <1>; #size-cells = <1>;
              kernel@44000000 {
                compatible = "multiboot,kernel", "multiboot,module";
                reg = <0x44000000 0x400000>; bootargs = "console=ttyAMA0";
              };
            };
          };
        };
        """, for: .xen("4.17")),
    ],
    good: ["/ { copro-interrupt-controller@1e6c2000 { samsung,exynos-sataphy-i2c-phandle; }; };"])

  static func severity(of fault: DeviceTreeError) -> Severity? {
    switch fault {
    case .emptyName, .forbiddenCharacter, .nameNotUTF8, .nameTooLong: card.severity
    default: nil
    }
  }

  static func check(_ context: LintContext, _ findings: inout Findings) {
    let tree = context.tree
    for node in tree.allNodes where !tree.hasPlainName(node) {
      guard let byte = stranger(in: tree.nameRange(node), to: .node, tree, isNode: true) else {
        continue
      }
      findings.report(
        "\(character(byte)) may not be in the name of a node", at: node,
        help: "use letters, digits and , . _ + - only", aliases: ["node_name_chars"])
    }
    checkPropertyNames(tree, &findings)
    if context.isForXen { checkGuests(context, &findings) }
  }

  /// Each name once, then who has a bad one.
  private static func checkPropertyNames(_ tree: FlatTree, _ findings: inout Findings) {
    var strangers: [Int: UInt8] = [:]
    for (index, name) in tree.names.enumerated() where !name.isPlain {
      strangers[index] = stranger(in: name.range, to: .property, tree, isNode: false)
    }
    guard !strangers.isEmpty else { return }
    for node in tree.allNodes {
      for property in tree.properties(node) {
        guard let byte = strangers[tree.nameIndex(property)] else { continue }
        findings.report(
          "\(character(byte)) may not be in the name of a property", at: node, property,
          help: "use letters, digits and , . _ + * # ? - only", aliases: ["property_name_chars"])
      }
    }
  }

  /// The first byte that does not belong, where the reader has not told of the name already.
  private static func stranger(
    in name: Range<Int>, to letters: LetterSet, _ tree: FlatTree, isNode: Bool
  ) -> UInt8? {
    guard let index = letters.firstOther(tree.bytes, in: name) else { return nil }
    for byte in tree.bytes[name]
    where byte < 0x20 || byte == 0x7F || (isNode && byte == UInt8(ascii: "/")) {
      return nil
    }
    guard String(validating: tree.bytes[name], as: UTF8.self) != nil else { return nil }
    return tree.bytes[index]
  }

  private static func checkGuests(_ context: LintContext, _ findings: inout Findings) {
    guard context.xen >= XenVersion(major: 4, minor: 12) else { return }
    let tree = context.tree
    for module in context.modules {
      guard let domain = module.domain, tree.nameRange(domain).count > 40,
        let arguments = tree.property(module.node, .bootargs)
      else { continue }
      findings.report(
        "the guest's name has \(tree.nameRange(domain).count) bytes, and Xen looks for its arguments"
          + " under the first 40", at: module.node, arguments, severity: .warning,
        help: "give the guest's node a shorter name", aliases: [])
    }
  }

  private static func character(_ byte: UInt8) -> String {
    byte < 0x80 ? "`\(Character(UnicodeScalar(byte)))`" : "the byte \(hex(byte))"
  }
}
