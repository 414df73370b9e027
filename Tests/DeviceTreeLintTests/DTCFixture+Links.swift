extension DTCFixture {
  /// What leads from one node to another: phandles with arguments, and graphs.
  static let links: [DTCFixture] = [
    DTCFixture(
      "a list with holes, and arguments of several counts",
      """
      / {
        one: one { #clock-cells = <1>; };
        none: none { #clock-cells = <0>; };
        user { clocks = <&one 5>, <0>, <&none>, <0xffffffff>, <&one 0>; };
      };
      """),
    DTCFixture(
      "lists that end too early, one of which nobody reads to its end",
      """
      / {
        one: one { #clock-cells = <1>; };
        user { clocks = <&one>; };
        other { clocks = <77 &one>; };
      };
      """, ["clocks_property": 2]),
    DTCFixture(
      "a count of two cells, which makes all lists of the kind unreadable",
      """
      / {
        one: one { #reset-cells = <0 1>; };
        other: other { };
        user { resets = <&one>, <&other>; };
      };
      """, ["resets_is_cell": 1]),
    DTCFixture(
      "a count that may be left out, and one that may not",
      """
      / {
        mute: mute { };
        user { msi-parent = <&mute>, <&mute>; iommus = <&mute>; };
      };
      """, ["iommus_property": 1]),
    DTCFixture(
      "symbols that are called as lists are",
      "/ { __symbols__ { clocks = \"/clocks\"; gpio = \"/gpio\"; }; clocks { }; gpio { }; };",
      ["clocks_property": 1, "gpios_property": 1]),
    DTCFixture(
      "names that hold GPIOs, and names that only look so",
      """
      / {
        pio: pio {
          #gpio-cells = <2>; nr-gpios = <32>; vendor,nr-gpios = <32>; ngpios = <32>;
          hog { gpio-hog; gpios = <1 0>; };
        };
        user {
          gpio = <&pio 1>; gpios = <&pio 1>; a-gpio = <&pio 1>; a-gpios = <&pio 1>;
          gpio-ranges = <1>; bgpios = <1>;
        };
      };
      """, ["gpios_property": 5]),
    DTCFixture(
      "names of GPIOs as they were",
      """
      / {
        pio: pio { #gpio-cells = <2>; hog { gpio-hog; gpio = <1 0>; }; };
        user { gpio = <&pio 1 0>; a-gpio = <&pio 1 0>; a-gpios = <&pio 1 0>; bgpio = <1>; };
      };
      """, ["deprecated_gpio_property": 3, "always_fail": 4]),

    // MARK: Graphs
    DTCFixture(
      "ports and endpoints that are named and numbered as they should be",
      """
      / {
        one {
          ports {
            #address-cells = <1>; #size-cells = <0>;
            port@0 { reg = <0>; a: endpoint { remote-endpoint = <&b>; }; };
            port@a { reg = <10>; endpoint { }; };
          };
        };
        two { port { b: endpoint { remote-endpoint = <&a>; }; }; };
      };
      """),
    DTCFixture(
      "everything wrong with a port's name and number",
      "/ { one { p@1 { reg = <2>; endpoint { }; }; }; };",
      ["graph_port": 4, "reg_format": 1, "avoid_default_addr_size": 2]),
    DTCFixture(
      "a port's number of no cells, of which old releases crash",
      "/ { one { #address-cells = <1>; #size-cells = <0>; port@0 { reg; endpoint { }; }; }; };",
      ["graph_port": 1, "reg_format": 1],
      dtc: .before(1, 7, 1, ["graph_port": 0])),
    DTCFixture(
      "a port where not all cells can be read: dtc takes 0 for those of every node",
      """
      / {
        #address-cells = <0 1>;
        one { #address-cells = <1>; #size-cells = <0>; port@0 { reg = <0>; endpoint { }; }; };
      };
      """, ["address_cells_is_cell": 1], dtc: .everywhere(["graph_port": 1]),
      .before(1, 8, 0, ["graph_child_address": 2])),
    DTCFixture(
      "endpoints that do not lead back",
      """
      / {
        one { port { a: endpoint { remote-endpoint = <&b>; }; c: endpoint@1 { reg = <1>; }; }; };
        two { port { b: endpoint { remote-endpoint = <&c>; }; other { }; }; };
      };
      """, ["graph_endpoint": 5, "reg_format": 1, "avoid_default_addr_size": 2]),
    DTCFixture(
      "a phandle of no node is told of by each who comes by",
      """
      / {
        one { port { endpoint { remote-endpoint = <&b>; }; }; };
        two { port { b: endpoint { remote-endpoint = <77>; }; }; };
      };
      """, ["graph_endpoint": 3]),
    DTCFixture(
      "an endpoint in the root, of which old releases crash",
      "/ { endpoint { }; other { remote-endpoint = <0>; }; one { output { endpoint { }; }; }; };",
      ["graph_nodes": 2],
      dtc: .before(1, 7, 1, ["graph_nodes": 0])),

    // MARK: Overlays
    DTCFixture(
      "an overlay, whose links may lead to the tree below",
      """
      / {
        __fixups__ { };
        fragment@0 {
          __overlay__ {
            list { clocks = <0xffffffff 5>; };
            taker { interrupt-parent = <0xffffffff>; interrupts = <1>; };
            map {
              #address-cells = <0>; #interrupt-cells = <1>; interrupt-map = <1 0xffffffff>;
            };
            output { endpoint { remote-endpoint = <77>; }; };
          };
        };
        aliases { a = "/below"; B = "/below"; };
      };
      """, ["alias_paths": 1],
      // The list one, the taker two, the map none, the port, its endpoint, and both aliases.
      dtc: .before(
        1, 8, 0,
        [
          "alias_paths": 2, "clocks_property": 1, "interrupts_property": 2, "graph_port": 1,
          "graph_endpoint": 1,
        ])),
    DTCFixture(
      "what an overlay says wrong of itself",
      """
      / {
        __local_fixups__ { };
        fragment@0 {
          __overlay__ {
            #address-cells = <1>; #size-cells = <0>;
            one: one { #clock-cells = <1>; };
            list { clocks = <&one>; };
            taker { interrupt-parent = <77>; interrupts = <1>; };
            port@0 { reg = <1>; endpoint { }; };
          };
        };
      };
      """, ["clocks_property": 1, "interrupts_property": 1, "graph_port": 1]),
  ]
}
