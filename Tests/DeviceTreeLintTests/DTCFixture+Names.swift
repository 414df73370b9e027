extension DTCFixture {
  /// What things are called, and texts.
  static let names: [DTCFixture] = [
    DTCFixture(
      "letters that no name may have",
      "/ { serial#0 { clock@0 = <1>; a@b = <1>; }; bus*0 { }; };",
      // dtc makes no check behind the first error.
      ["node_name_chars": 2, "property_name_chars": 2]),
    DTCFixture(
      "letters that are not usual",
      """
      / {
        power_button { };
        led+1@a_b { };
        cpu {
          device_type = "cpu";
          #a-cells = <1>; vendor,#b-cells = <1>;
          c_d = <1>; e#f = <1>; #g#h = <1>; vendor,#i_j = <1>; k? = <1>;
        };
      };
      """,
      [
        "node_name_chars_strict": 2, "property_name_chars_strict": 5, "unit_address_vs_reg": 1,
        "always_fail": 4,
      ]),
    DTCFixture(
      "two addresses in a name", "/ { a@1@2 { }; b@1 { }; };",
      ["node_name_format": 1, "unit_address_vs_reg": 2]),
    DTCFixture(
      "no name before the address", "/ { @1 { }; };",
      ["node_name_not_empty": 1, "unit_address_vs_reg": 1],
      dtc: .before(1, 8, 0, ["node_name_not_empty": 0])),
    DTCFixture(
      "nodes that are called as a property beside them",
      """
      / {
        memory = <1>; soc; clock;
        memory { memory { memory; }; };
        cpus { leds; soc { cpus; }; leds { }; };
      };
      """,
      ["node_name_vs_property_name": 2]),
    DTCFixture(
      "namesakes",
      "/ { x = <1>; x = <2>; a { }; b { a { }; }; a { }; };",
      ["duplicate_node_names": 1, "duplicate_property_names": 1]),
    DTCFixture(
      "three of one name: dtc counts pairs, and we each that is too much",
      "/ { a { }; a { }; a { }; };", ["duplicate_node_names": 2],
      dtc: .everywhere(["duplicate_node_names": 3])),
    DTCFixture(
      "three properties of one name, as well",
      "/ { a { x = <1>; x = <2>; x = <3>; }; };", ["duplicate_property_names": 2],
      dtc: .everywhere(["duplicate_property_names": 3])),
    DTCFixture(
      "names in `name`",
      "/ { name = \"\"; a@1 { name = \"a\"; reg = <0 1 0>; }; b { name = \"a\"; }; };",
      ["name_properties": 1, "avoid_default_addr_size": 2]),
    DTCFixture(
      "a `name` that is no text, which is not compared",
      "/ { a { name = <1>; }; b { name = \"a\"; }; };", ["name_is_string": 1]),
    DTCFixture(
      "a node called `name` beside a `name` that is right, and one that is not there",
      "/ { a { name = \"a\"; name { }; }; };"),
    DTCFixture(
      "what is no text, or no list of texts",
      """
      / {
        model = "a", "b"; compatible = "a", "b";
        a { label; status = <1>; compatible; };
        b { device_type = [61]; label = [ff 00]; compatible = [61 00 62]; };
        c { clock-names = <1>; names = <1>; x-names; -names = [61]; };
      };
      """,
      [
        "model_is_string": 1, "label_is_string": 1, "status_is_string": 1,
        "device_type_is_string": 1, "compatible_is_string_list": 1, "names_is_string_list": 2,
      ]),
  ]
}
