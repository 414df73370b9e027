import Foundation
import OutsideTools

/// dtc and fdtoverlay, as the judges of what edits make of a tree.
enum Workbench {
  struct Failure: Error, CustomStringConvertible {
    let description: String
  }

  /// The blob that dtc makes of source text, labels kept, whatever dtc thinks of the tree.
  static func compile(_ source: String) throws -> [UInt8] {
    try run(
      "dtc", ["-qq", "-f", "-@", "-I", "dts", "-O", "dtb", "-o", "out", "in"],
      on: ["in": source.utf8])
  }

  /// The source text that dtc makes of a blob, in the blob's order.
  static func decompile(_ blob: [UInt8]) throws -> String {
    String(
      decoding: try run(
        "dtc", ["-q", "-I", "dtb", "-O", "dts", "-o", "out", "in"], on: ["in": blob]),
      as: UTF8.self)
  }

  /// The base with the overlay applied by the program that comes with dtc.
  static func overlay(_ overlay: [UInt8], on base: [UInt8]) throws -> [UInt8] {
    try run(
      "fdtoverlay", ["-i", "base", "-o", "out", "over"], on: ["base": base, "over": overlay])
  }

  private static func run(
    _ program: String, _ arguments: [String], on inputs: [String: some Sequence<UInt8>]
  ) throws -> [UInt8] {
    try OutsideTool.withTemporaryFolder { folder in
      for (name, bytes) in inputs { try Data(bytes).write(to: folder.appending(path: name)) }
      let result = try OutsideTool.run(program, arguments, in: folder)
      guard result.status == 0 else {
        throw Failure(description: "\(program) refuses its input: \(result.output)")
      }
      return [UInt8](try Data(contentsOf: folder.appending(path: "out")))
    }
  }
}

/// A board's tree and an overlay for it, with something of everything.
enum Sample {
  static let base = """
    /dts-v1/;
    /memreserve/ 0x43000000 0x10000;
    / {
      #address-cells = <1>;
      #size-cells = <1>;
      model = "Example Demo";
      aliases { serial0 = "/soc/serial@1c28000"; loop = "loop"; open = [2f 73]; };
      chosen { bootargs = "console=ttyS0"; };
      soc: soc {
        #address-cells = <1>;
        #size-cells = <1>;
        ranges;
        ccu: clock@1c20000 { reg = <0x1c20000 0x400>; #clock-cells = <1>; };
        uart0: serial@1c28000 { reg = <0x1c28000 0x400>; clocks = <&ccu 3>; status = "disabled"; };
      };
    };
    """

  static let overlay = """
    /dts-v1/;
    /plugin/;
    &uart0 { status = "okay"; clocks = <&ccu 4>, <&osc 0>; };
    &{/chosen} { bootargs = "console=ttyS1"; };
    &soc {
      osc: oscillator { #clock-cells = <1>; clock-frequency = <24000000>; };
      spi@1c05000 {
        reg = <0x1c05000 0x1000>;
        clocks = <&ccu 7 &osc 1>;
        chip { clock = <&osc 2>; };
      };
    };
    """
}
