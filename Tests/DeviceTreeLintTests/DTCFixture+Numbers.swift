extension DTCFixture {
  /// Phandles, cells, and what is counted in them.
  static let numbers: [DTCFixture] = [
    DTCFixture(
      "phandles that are none",
      """
      / {
        a { phandle = <0>; };
        b { phandle = <0xffffffff>; };
        c { phandle = <1 2>; };
        d { linux,phandle; };
      };
      """, ["explicit_phandles": 4]),
    DTCFixture(
      "a phandle that three nodes have, and one that two have under two names",
      """
      / {
        a { phandle = <1>; };
        b { phandle = <1>; linux,phandle = <2>; };
        c { linux,phandle = <1>; };
        d { phandle = <3>; };
        e { phandle = <0>; linux,phandle = <3>; };
        f { phandle = <4>; linux,phandle = <4>; };
      };
      """, ["explicit_phandles": 5]),
    DTCFixture(
      "cells that are no cell: nothing is counted in them",
      """
      / {
        #address-cells = <0 1>; #size-cells = "ab";
        a { #size-cells; reg = <1>; ranges; };
        i2c { b { reg = <1>; }; };
        spi { b { reg = <1>; }; };
        pci { device_type = "pci"; };
        soc { compatible = "simple-bus"; c { }; };
        c@0x1 { };
      };
      """,
      [
        "address_cells_is_cell": 1, "size_cells_is_cell": 2, "unit_address_vs_reg": 4,
      ]),
    DTCFixture(
      "a `reg` of every length",
      """
      / {
        #address-cells = <1>; #size-cells = <1>; reg = <0 0>;
        a@1 { reg = <1 1>; };
        b@2 { reg = <2 1 3 1>; };
        c@3 { reg = <3>; };
        d@4 { reg = <4 1 5>; };
        e { reg; };
        f@6 { reg = [06]; };
      };
      """,
      ["reg_format": 5, "unit_address_vs_reg": 2]),
    DTCFixture(
      "no cells at all: only an empty `reg` fits, and is empty",
      """
      / {
        bus {
          #address-cells = <0>; #size-cells = <0>;
          a@0 { reg = <0>; };
          b { reg; };
        };
      };
      """,
      ["reg_format": 2, "unit_address_vs_reg": 1]),
    DTCFixture(
      "cells that dtc takes for negative",
      """
      / {
        a { #address-cells = <0xffffffff>; #size-cells = <1>; b@1 { reg = <0 1 1>; }; };
        c { #address-cells = <0xfffffffe>; #size-cells = <1>; d@1 { reg = <1 1>; }; };
        e { #address-cells = <0xfffffffe>; #size-cells = <2>; f@1 { reg = <1>; }; };
        g { #address-cells = <0x7fffffff>; #size-cells = <0x7fffffff>; h@1 { reg = <1>; }; };
      };
      """,
      ["reg_format": 2, "avoid_default_addr_size": 1]),
    DTCFixture(
      "a `ranges` of every length",
      """
      / {
        #address-cells = <1>; #size-cells = <1>; ranges; dma-ranges;
        a { #address-cells = <1>; #size-cells = <1>; ranges; dma-ranges; };
        b { #address-cells = <2>; #size-cells = <2>; ranges; dma-ranges; };
        c { #address-cells = <2>; #size-cells = <1>; ranges; };
        d@0 { #address-cells = <2>; #size-cells = <1>; ranges = <0 0 0 1>; };
        e@1 { #address-cells = <2>; #size-cells = <1>; ranges = <0 0 0 1 0>; };
        f@2 { #address-cells = <0>; #size-cells = <0>; ranges = <0>; dma-ranges = <0 0>; };
        g@3 { #address-cells = <0>; #size-cells = <0>; ranges = [00]; dma-ranges = [00]; };
        h@4 { ranges = <0 0 0 1>; dma-ranges = <0 0 1>; };
      };
      """,
      ["ranges_format": 6, "dma_ranges_format": 5]),
    DTCFixture(
      "cells that are not stated",
      """
      / {
        a { b@1 { reg = <0 1 1>; ranges = <0 1 0 1 1>; }; };
        c { #address-cells = <1>; d@1 { reg = <1 1>; }; e { ranges; }; };
        f { #size-cells = <1>; g { ranges; #size-cells = <1>; }; };
      };
      """,
      ["avoid_default_addr_size": 5, "ranges_format": 1]),
    DTCFixture(
      "cells that nothing counts in",
      """
      / {
        #address-cells = <1>; #size-cells = <1>;
        a { #address-cells = <1>; #size-cells = <0>; x { }; };
        b { #address-cells = <1>; #size-cells = <0>; };
        c { #address-cells = <1>; x { }; };
        d { #address-cells = <1>; #size-cells = <0>; x { y@1 { }; }; z@1 { reg = <1>; }; };
        e { #address-cells = <1>; #size-cells = <1>; ranges; x { }; };
      };
      """,
      ["avoid_unnecessary_addr_size": 1, "unit_address_vs_reg": 1]),
    DTCFixture(
      "cells that only `dma-ranges` counts in",
      """
      / {
        #address-cells = <1>; #size-cells = <1>;
        a { #address-cells = <1>; #size-cells = <1>; dma-ranges; x { }; };
      };
      """,
      [:], dtc: .before(1, 7, 0, ["avoid_unnecessary_addr_size": 1])),
    DTCFixture(
      "cells that only the `ranges` of a child counts in",
      """
      / {
        #address-cells = <1>; #size-cells = <1>;
        a {
          #address-cells = <1>; #size-cells = <1>;
          x { #address-cells = <1>; #size-cells = <1>; ranges; };
        };
      };
      """,
      [:], dtc: .before(1, 8, 0, ["avoid_unnecessary_addr_size": 1])),
  ]
}
