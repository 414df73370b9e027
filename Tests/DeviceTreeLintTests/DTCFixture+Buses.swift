extension DTCFixture {
  /// PCI, simple buses, I2C and SPI.
  static let buses: [DTCFixture] = [
    DTCFixture(
      "PCI bridges that lack everything",
      """
      / {
        a { device_type = "pci"; };
        pcie { device_type = "pci"; #address-cells = <3>; #size-cells = <2>; bus-range = <0>; };
        pci { device_type = "pci"; bus-range = <0x200 0x100>; b@0 { reg = <0 0 1>; }; };
        c { device_type = "pciex"; };
      };
      """,
      ["pci_bridge": 11, "avoid_default_addr_size": 2]),
    DTCFixture(
      "PCI devices",
      """
      / {
        #address-cells = <1>; #size-cells = <1>;
        pci@0 {
          device_type = "pci"; #address-cells = <3>; #size-cells = <2>;
          ranges = <0 0 0 0 0 0>; bus-range = <1 2>;
          a@0 { reg = <0x10000 0 0 0 0>; };
          b@1 { reg = <0x20800 0 0 0 0>; };
          c@1,0 { reg = <0x20800 0 0 0 0>; };
          d@1,1 { reg = <0x10900 0 0 0 0>; };
          e@1 { reg = <0x10900 0 0 0 0>; };
          f@1f,7 { reg = <0x1ff00 0 0 0 0>; };
          g@A { reg = <0x15000 0 0 0 0>; };
          h@2 { reg = <0x82011010 1 0 0 0>; };
          i@3 { reg = <0x1800 0 0 0 0>; };
          j@4 { reg = <0x32000 0 0 0 0>; };
          k { };
        };
        pci@1 {
          device_type = "pci"; #address-cells = <3>; #size-cells = <2>;
          ranges = <0 0 0 0 0 0>;
          a@0 { reg = <0 0 0 0 0>; };
          b@0,1 { reg = <0x10100 0 0 0 0>; };
        };
      };
      """,
      ["pci_device_reg": 5, "pci_device_bus_num": 3, "unique_unit_address": 1],
      // It took the first bus for the last as well.
      dtc: .before(1, 7, 0, ["pci_device_bus_num": 5])),
    DTCFixture(
      "a PCI bridge that is a simple bus too",
      """
      / {
        #address-cells = <1>; #size-cells = <1>;
        pci@0 {
          device_type = "pci"; compatible = "simple-bus"; #address-cells = <3>; #size-cells = <2>;
          ranges = <0 0 0 0 0 0>;
          a@10000 { reg = <0 0 0x10000 0 0>; };
          b@1 { reg = <0x10000 0 0 0 0>; };
        };
      };
      """,
      ["simple_bus_reg": 1]),
    DTCFixture(
      "the same, where some `compatible` cannot be read",
      """
      / {
        #address-cells = <1>; #size-cells = <1>; compatible = <1>;
        pci@0 {
          device_type = "pci"; compatible = "simple-bus"; #address-cells = <3>; #size-cells = <2>;
          ranges = <0 0 0 0 0 0>;
          a@10000 { reg = <0 0 0x10000 0 0>; };
          b@1 { reg = <0x10000 0 0 0 0>; };
        };
      };
      """,
      ["compatible_is_string_list": 1, "pci_device_reg": 3, "pci_device_bus_num": 1]),
    DTCFixture(
      "simple buses",
      """
      / {
        #address-cells = <1>; #size-cells = <1>; compatible = "a", "simple-bus";
        leds { };
        soc {
          #address-cells = <1>; #size-cells = <1>; compatible = "simple-bus"; ranges;
          a@1 { reg = <1 1>; };
          b@1 { reg = <2 1>; };
          c { reg = <3 1>; };
          d@4 { #address-cells = <2>; #size-cells = <1>; ranges = <0 0 4 1>; };
          e@0 { #address-cells = <2>; #size-cells = <1>; ranges = <0 0 5 1>; };
          f { #address-cells = <1>; #size-cells = <1>; ranges; };
          g { };
          h { #address-cells = <1>; #size-cells = <1>; compatible = "simple-bus"; ranges; };
          i@A { reg = <0xa 1>; };
        };
        wide@1 {
          #address-cells = <3>; #size-cells = <0>; compatible = "simple-bus"; ranges = <1 2 3 1>;
          a@200000003 { reg = <1 2 3>; };
        };
        none@2 {
          #address-cells = <0>; #size-cells = <0>; compatible = "simple-bus"; ranges = <2>;
          a@0 { ranges = <0 0 0>; };
        };
      };
      """,
      ["simple_bus_reg": 6, "unit_address_vs_reg": 1, "unique_unit_address": 1]),
    DTCFixture(
      "I2C buses",
      """
      / {
        i2c { a { }; };
        i2c-arb { #address-cells = <1>; #size-cells = <0>; a { }; };
        i2c-bus { #address-cells = <2>; #size-cells = <0>; a { }; };
        i2c0 { a { }; };
        x { i2c { }; };
      };
      """,
      ["i2c_bus_bridge": 3, "avoid_unnecessary_addr_size": 2]),
    DTCFixture(
      "devices on I2C",
      """
      / {
        i2c {
          #address-cells = <1>; #size-cells = <0>;
          a@34 { reg = <0x34>; };
          b@34 { reg = <0x35>; };
          c { };
          d@80 { reg = <0x80 0x7f 0xff>; };
          e@40000010 { reg = <0x40000010>; };
          f@80000400 { reg = <0x80000400>; };
          g@50 { reg = <0x50 0x80000400>; };
        };
      };
      """,
      ["i2c_bus_reg": 7, "unique_unit_address": 1]),
    DTCFixture(
      "an I2C address of ten bits",
      """
      / {
        i2c {
          #address-cells = <1>; #size-cells = <0>;
          a@80000123 { reg = <0x80000123>; };
        };
      };
      """,
      [:], dtc: .before(1, 7, 1, ["i2c_bus_reg": 1])),
    DTCFixture(
      "an I2C controller whose bus is a node of its own",
      """
      / {
        i2c {
          #address-cells = <2>; #size-cells = <0>;
          i2c-bus { #address-cells = <1>; #size-cells = <0>; a@34 { reg = <0x34>; }; };
          b@1 { reg = <0 1>; };
        };
      };
      """,
      [:], dtc: .before(1, 8, 0, ["i2c_bus_bridge": 1])),
    DTCFixture(
      "SPI buses",
      """
      / {
        #address-cells = <1>; #size-cells = <1>;
        spi { a { }; };
        spi@1 { reg = <1 1>; #address-cells = <0>; #size-cells = <0>; a { }; };
        spi@2 { reg = <2 1>; #address-cells = <0>; #size-cells = <0>; spi-slave; a { }; };
        spi@3 { reg = <3 1>; };
        x@4 {
          reg = <4 1>; #address-cells = <1>; #size-cells = <0>;
          a@0 { reg = <0>; }; b@1 { reg = <1>; spi-cpol; };
        };
        y@5 {
          reg = <5 1>; #address-cells = <1>; #size-cells = <0>; spi-slave;
          a@0 { reg = <0>; spi-cpol; };
        };
        z { #address-cells = <1>; #size-cells = <0>; a@0 { reg = <0>; spi-cpol; }; };
        w@6 { reg = <6 1>; #address-cells = <1>; #size-cells = <1>; a@0 { reg = <0 1>; spi-cpol; }; };
      };
      """,
      ["spi_bus_bridge": 6, "avoid_unnecessary_addr_size": 2]),
    DTCFixture(
      "devices on SPI",
      """
      / {
        spi {
          #address-cells = <1>; #size-cells = <0>;
          a@0 { reg = <0>; };
          b@0 { reg = <1 2>; };
          c { };
          d@A { reg = <10>; };
          e@ { reg = <4>; };
        };
        x {
          #address-cells = <1>; #size-cells = <0>;
          a@1 { reg = <0>; spi-cpol; };
        };
      };
      """,
      ["spi_bus_reg": 5, "unit_address_vs_reg": 1, "unique_unit_address": 1]),
  ]
}
