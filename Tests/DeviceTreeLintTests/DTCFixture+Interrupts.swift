extension DTCFixture {
  /// Who takes whose interrupts.
  static let interrupts: [DTCFixture] = [
    DTCFixture(
      "controllers with and without what they have to say",
      """
      / {
        a { interrupt-controller; };
        b { #interrupt-cells = <3>; };
        c { interrupt-controller; #interrupt-cells = <3>; };
        d { #address-cells = <0>; interrupt-controller; #interrupt-cells = <3>; };
        e { interrupt-controller; interrupt-map = <1>; };
      };
      """, ["interrupt_provider": 3],
      // a: both lines. b: none. c: one. e: both.
      dtc: .before(1, 7, 0, ["interrupt_provider": 5])),
    DTCFixture(
      "interrupts that nobody takes, that go nowhere, and to who takes none",
      """
      / {
        none { interrupts = <1>; };
        zero { interrupt-parent = <0>; inner { interrupts = <1>; }; };
        wrong { interrupt-parent = <77>; interrupts = <1>; };
        deaf: deaf { #clock-cells = <0>; };
        unheard { interrupt-parent = <&deaf>; interrupts = <1>; };
      };
      """, ["interrupts_property": 5]),
    DTCFixture(
      "lengths that do not fit, of who takes them or of cells",
      """
      / {
        gic: gic { #address-cells = <0>; interrupt-controller; #interrupt-cells = <3>; };
        flat: flat { #address-cells = <0>; interrupt-controller; #interrupt-cells = <0>; };
        short { interrupt-parent = <&gic>; interrupts = <1 2>; };
        bytes { interrupt-parent = <&gic>; interrupts = [01 02 03 04 05]; };
        some { interrupt-parent = <&flat>; interrupts = <1>; };
        nothing { interrupt-parent = <&flat>; interrupts; };
        right { interrupt-parent = <&gic>; interrupts = <1 2 3>, <4 5 6>; };
      };
      """, ["interrupts_property": 4]),
    DTCFixture(
      "a controller around a node takes its interrupts, whatever stands further out",
      """
      / {
        interrupt-parent = <&gic>;
        gic: gic { #address-cells = <0>; interrupt-controller; #interrupt-cells = <3>; };
        bus {
          #address-cells = <0>; interrupt-controller; #interrupt-cells = <1>; interrupts = <1 2 3>;
          device { interrupts = <1>; };
        };
      };
      """),

    // MARK: Maps
    DTCFixture(
      "a map whose entries end where it does",
      map(
        """
        interrupt-map-mask = <0 0 0 7>;
        interrupt-map = <0 0 0 1 &gic 0 4 4>, <0 0 0 2 &bus 9 9 5>;
        """)),
    DTCFixture(
      "a map with a mask of another length, and a cell too many",
      map("interrupt-map-mask = <7>; interrupt-map = <0 0 0 1 &gic 0 4 4>, <0>;"),
      ["interrupt_map": 2], dtc: noMaps),
    DTCFixture(
      "a map that ends within its last entry",
      map("interrupt-map = <0 0 0 1 &gic 0 4 4>, <0 0 0 2 &gic 0>;"),
      ["interrupt_map": 1], dtc: noMaps),
    DTCFixture(
      "a map with a hole, and one with a phandle of no node",
      map("interrupt-map = <0 0 0 1 0 0 4 4>;") + map("interrupt-map = <0 0 0 1 77 0 4 4>;", "b"),
      ["interrupt_map": 2], dtc: noMaps),
    DTCFixture(
      "a map to a controller that does not say how it writes addresses: none is read",
      """
      / {
        gic: gic { interrupt-controller; #interrupt-cells = <3>; };
        pcie {
          #address-cells = <3>; #interrupt-cells = <1>;
          interrupt-map = <0 0 0 1 &gic 0 4 4>, <0 0 0 2 &gic 0 5 4>;
        };
      };
      """, ["interrupt_map": 2],
      dtc: .before(1, 7, 0, ["interrupt_provider": 1, "interrupt_map": 0]),
      .before(1, 8, 0, ["interrupt_map": 0]), ),
    DTCFixture(
      "a map in a node without cells of its own, and one to who takes no interrupts",
      """
      / {
        deaf: deaf { };
        a { #interrupt-cells = <1>; interrupt-map = <1 &deaf>; };
        b { #address-cells = <0>; #interrupt-cells = <1>; interrupt-map = <1 &deaf>; };
        c { #address-cells = <0>; #interrupt-cells = <1>; interrupt-map = [00]; };
      };
      """, ["interrupt_map": 3],
      dtc: .before(1, 7, 0, ["interrupt_provider": 1, "interrupt_map": 0])),
    DTCFixture(
      "maps wait for the controllers to be right",
      map("interrupt-map = <1>;") + "/ { odd { #interrupt-cells = <1>; }; };",
      ["interrupt_provider": 1],
      dtc: .before(1, 7, 0, ["interrupt_provider": 0])),
  ]

  /// Releases that did not look at maps.
  private static let noMaps = Other.before(1, 7, 0, ["interrupt_map": 0])

  private static func map(_ map: String, _ name: String = "a") -> String {
    """
    / {
      gic: gic { #address-cells = <0>; interrupt-controller; #interrupt-cells = <3>; };
      bus: bus { #address-cells = <2>; interrupt-controller; #interrupt-cells = <1>; };
      \(name) { #address-cells = <3>; #interrupt-cells = <1>; \(map) };
    };

    """
  }
}
