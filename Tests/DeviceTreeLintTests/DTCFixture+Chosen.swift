extension DTCFixture {
  /// `chosen` and `aliases`.
  static let chosen: [DTCFixture] = [
    DTCFixture(
      "aliases that lead somewhere, by ways that a path can have",
      """
      / {
        soc { uart: serial@0 { }; };
        aliases {
          name = "aliases"; phandle = <9>;
          a = &uart; b = "/soc/serial@0"; c = "soc/serial@0"; d = "//soc//serial@0"; e = "/soc/";
          f = ""; g = "/soc", "/nothing";
        };
      };
      """, ["unit_address_vs_reg": 1]),
    DTCFixture(
      "aliases that lead nowhere",
      """
      / {
        soc { };
        aliases { a = "/"; b = "/soc//"; c; d = "/so"; e = "/soc/s"; f = "/socs"; G = "/none"; };
      };
      """, ["alias_paths": 7]),
    DTCFixture(
      "letters in names of aliases",
      "/ { a { }; aliases { Serial0 = \"/a\"; a_b = \"/a\"; a-b2 = \"/a\"; }; };",
      ["alias_paths": 2]),
    DTCFixture(
      "aliases deeper in the tree lead from its root",
      "/ { a { aliases { b = \"/b\"; c = \"/a\"; }; b { }; }; };", ["alias_paths": 1]),
    DTCFixture(
      "chosen where nobody looks for it",
      "/ { chosen { }; soc { chosen { bootargs = <1>; }; chosen@1 { bootargs = <1>; }; }; };",
      ["chosen_node_is_root": 1, "chosen_node_bootargs": 1, "unit_address_vs_reg": 1]),
    DTCFixture(
      "a console by its old name, which is not even a text",
      "/ { chosen { linux,stdout-path = <1>; }; };", ["chosen_node_stdout_path": 2]),
    DTCFixture(
      "a console by both names: nobody reads the old one",
      "/ { chosen { linux,stdout-path = <1>; stdout-path = \"a\"; bootargs; }; };",
      ["chosen_node_bootargs": 1]),
    DTCFixture(
      "a controller in chosen",
      "/ { chosen { interrupt-controller; #interrupt-cells = <1>; #address-cells = <0>; }; };",
      ["obsolete_chosen_interrupt_controller": 1]),
  ]
}
