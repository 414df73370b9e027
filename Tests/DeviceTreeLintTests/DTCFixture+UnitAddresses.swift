extension DTCFixture {
  /// Addresses in names.
  static let unitAddresses: [DTCFixture] = [
    DTCFixture(
      "addresses in names, and in nodes",
      """
      / {
        #address-cells = <1>; #size-cells = <1>;
        a@ { };
        b@ { reg = <1 1>; };
        c { #address-cells = <1>; #size-cells = <1>; ranges; };
        d { #address-cells = <1>; #size-cells = <1>; ranges = <1 1 1>; };
        e@1 { #address-cells = <1>; #size-cells = <1>; ranges; };
        f@2 { #address-cells = <1>; #size-cells = <1>; ranges = <1 1 1>; };
        g@3 { };
        fragment@0 { __overlay__ { }; };
        h { reg = <1 1>; __overlay__ { }; };
      };
      """,
      ["unit_address_vs_reg": 4]),
    DTCFixture(
      "an address with more than it needs",
      """
      / {
        a@0x1 { }; b@0x01 { }; c@01 { }; d@0 { }; e@00 { }; f@0xg { }; g@0g { }; h@0x { };
        i@0X1 { }; j@1,01 { };
        soc { compatible = "a", "simple-bus"; k@01 { reg = <0 1 1>; }; };
        pci {
          device_type = "pci"; #address-cells = <3>; #size-cells = <2>;
          ranges = <0 0 0 0 0 0 0>; l@01 { };
        };
      };
      """,
      [
        "unit_address_format": 7, "unit_address_vs_reg": 12, "simple_bus_reg": 1,
        "avoid_default_addr_size": 4,
      ]),
    DTCFixture(
      "an address in the name of three siblings: three pairs",
      """
      / {
        #address-cells = <1>; #size-cells = <0>;
        a@1 { reg = <1>; }; b@1 { reg = <1>; }; c@1 { reg = <1>; }; d@01 { reg = <1>; };
        e { #address-cells = <1>; #size-cells = <0>; a@1 { reg = <1>; }; };
        f { a@1 { }; b@1 { }; };
        g@ { }; h@ { };
      };
      """,
      ["unique_unit_address": 3, "unit_address_format": 1, "unit_address_vs_reg": 2]),
    DTCFixture(
      "an address that all but one have disabled",
      """
      / {
        #address-cells = <1>; #size-cells = <0>;
        a@1 { reg = <1>; status = "disabled"; }; b@1 { reg = <1>; };
        a@2 { reg = <2>; status = "reserved"; }; b@2 { reg = <2>; };
        a@3 { reg = <3>; status = "disabled", "okay"; }; b@3 { reg = <3>; };
      };
      """,
      [
        "unique_unit_address": 3, "unique_unit_address_if_enabled": 1, "status_is_string": 1,
        "always_fail": 7,
      ]),
    DTCFixture(
      "cells that are not stated: shared addresses are not looked for",
      """
      / {
        a { b@1 { reg = <0 1 1>; }; c@1 { reg = <0 1 1>; }; };
      };
      """,
      ["avoid_default_addr_size": 4]),
  ]
}
