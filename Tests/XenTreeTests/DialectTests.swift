import BootImages
import DeviceTree
import Testing
import XenTree

/// What stands in the tree for each generation of Xen, in dtc's words.
@Suite struct DialectTests {
  @Test func theWholeTree() throws {
    // dtc writes complaints before the source, so this also says that it has none.
    #expect(
      try DTC.source(of: Sample.plan().composed(on: Sample.base())) == """
        /dts-v1/;

        / {
        \t#address-cells = <0x01>;
        \t#size-cells = <0x01>;
        \tcompatible = "example,demo";

        \taliases {
        \t\tserial0 = "/soc/serial@1c28000";
        \t};

        \tchosen {
        \t\tstdout-path = "serial0:115200n8";
        \t\txen,xen-bootargs = "console=dtuart dtuart=serial0";
        \t\txen,dom0-bootargs = "console=hvc0";
        \t\t#address-cells = <0x01>;
        \t\t#size-cells = <0x01>;

        \t\tmodule@44000000 {
        \t\t\tcompatible = "multiboot,kernel\\0multiboot,module";
        \t\t\treg = <0x44000000 0x532200>;
        \t\t};

        \t\tmodule@48000000 {
        \t\t\tcompatible = "multiboot,ramdisk\\0multiboot,module";
        \t\t\treg = <0x48000000 0x123457>;
        \t\t};
        \t};

        \tmemory@40000000 {
        \t\tdevice_type = "memory";
        \t\treg = <0x40000000 0x40000000>;
        \t};

        \tsoc {
        \t\t#address-cells = <0x01>;
        \t\t#size-cells = <0x01>;
        \t\tranges;

        \t\tserial@1c28000 {
        \t\t\tcompatible = "snps,dw-apb-uart";
        \t\t\treg = <0x1c28000 0x400>;
        \t\t};
        \t};
        };

        """)
  }

  @Test(arguments: [(4, 5), (4, 17), (4, 20), (5, 0)])
  func multiboot(major: Int, minor: Int) throws {
    let version = XenVersion(major: major, minor: minor)
    let tree = try Sample.plan(version: version).composed(on: Sample.base())
    #expect(try tree == Sample.plan().composed(on: Sample.base()))
  }

  @Test func separateArguments() throws {
    let version = XenVersion(major: 4, minor: 4)
    #expect(
      try DTC.chosen(of: Sample.plan(version: version).composed(on: Sample.base())) == """
        chosen {
        \tstdout-path = "serial0:115200n8";
        \txen,xen-bootargs = "console=dtuart dtuart=serial0";
        \txen,dom0-bootargs = "console=hvc0";

        \tmodules {
        \t\t#address-cells = <0x01>;
        \t\t#size-cells = <0x01>;

        \t\tmodule@44000000 {
        \t\t\tcompatible = "xen,linux-zimage\\0xen,multiboot-module";
        \t\t\treg = <0x44000000 0x532200>;
        \t\t};

        \t\tmodule@48000000 {
        \t\t\tcompatible = "xen,linux-initrd\\0xen,multiboot-module";
        \t\t\treg = <0x48000000 0x123457>;
        \t\t};
        \t};
        };
        """)
  }

  @Test func first() throws {
    let version = XenVersion(major: 4, minor: 3)
    let plan = Sample.plan(version: version, modules: [Sample.kernel])
    #expect(
      try DTC.chosen(of: plan.composed(on: Sample.base())) == """
        chosen {
        \tstdout-path = "serial0:115200n8";
        \tbootargs = "console=dtuart dtuart=serial0";
        \txen,dom0-bootargs = "console=hvc0";

        \tmodules {
        \t\t#address-cells = <0x01>;
        \t\t#size-cells = <0x01>;

        \t\tmodule@44000000 {
        \t\t\tcompatible = "xen,linux-zimage\\0xen,multiboot-module";
        \t\t\treg = <0x44000000 0x532200>;
        \t\t};
        \t};
        };
        """)
  }

  /// Until 4.4 Xen did not know a GIC-400 by that name, which is all that today's trees have.
  @Test(arguments: [
    (3, ["arm,gic-400"], ["arm,gic-400", "arm,cortex-a15-gic"]),
    (4, ["arm,gic-400"], ["arm,gic-400", "arm,cortex-a15-gic"]),
    (4, ["arm,cortex-a15-gic"], ["arm,cortex-a15-gic"]), (4, ["arm,gic-v3"], ["arm,gic-v3"]),
    (5, ["arm,gic-400"], ["arm,gic-400"]),
  ])
  func theGICIsNamedForOldVersions(minor: Int, names: [String], composed: [String]) throws {
    var base = Sample.base()
    base.root.children.append(
      Node(
        name: "gic",
        properties: [
          .strings("compatible", names), Property(name: "interrupt-controller", value: []),
        ]))
    let plan = Sample.plan(
      version: XenVersion(major: 4, minor: minor), modules: [Sample.kernel])
    let gic = try plan.composed(on: base).node(at: "/gic")
    #expect(gic?.property("compatible")?.strings == composed)
  }
}
