/// Source text with something of everything, as dtc prints it.
enum SampleSource {
  static let board = """
    /dts-v1/;

    /memreserve/\t0x0000000043000000 0x0000000000010000;
    /memreserve/\t0x00000000be000000 0x0000000002000000;
    / {
    \t#address-cells = <0x01>;
    \t#size-cells = <0x01>;
    \tmodel = "Example Demo A20";
    \tcompatible = "example,demo-a20\\0allwinner,sun7i-a20";
    \tinterrupt-parent = <0x01>;

    \tchosen {
    \t\tstdout-path = "serial0:115200n8";
    \t};

    \tmemory@40000000 {
    \t\tdevice_type = "memory";
    \t\treg = <0x40000000 0x40000000 0x80000000 0x40000000>;
    \t};

    \treserved-memory {
    \t\t#address-cells = <0x02>;
    \t\t#size-cells = <0x02>;
    \t\tranges;

    \t\tsecmon@be000000 {
    \t\t\treg = <0x00 0xbe000000 0x00 0x200000>;
    \t\t\tno-map;
    \t\t};

    \t\tlinux,cma {
    \t\t\tsize = <0x00 0x4000000>;
    \t\t\treusable;
    \t\t};
    \t};

    \tsoc {
    \t\t#address-cells = <0x01>;
    \t\t#size-cells = <0x01>;
    \t\tranges;

    \t\tserial@1c28000 {
    \t\t\tcompatible = "snps,dw-apb-uart";
    \t\t\treg = <0x1c28000 0x400>;
    \t\t\tmac = [02 00 5e];
    \t\t};

    \t\tserial@1c28400 {
    \t\t\tcompatible = "snps,dw-apb-uart";
    \t\t\treg = <0x1c28400 0x400>;
    \t\t};
    \t};
    };

    """

  /// A root and nothing else.
  static let bare = """
    /dts-v1/;

    / {
    };

    """
}
