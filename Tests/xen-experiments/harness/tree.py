"""The machine's own tree, the experiment's change to it, and the blob that Xen is given."""

import os
import string
import struct
import subprocess

# What every case begins with. Most trees that Xen refuses are this one with one mistake.
CHOSEN = """
/ { chosen {
  #address-cells = <1>;
  #size-cells = <1>;
  xen,xen-bootargs = "console=dtuart dtuart=/pl011@9000000 dom0_mem=512M";
  xen,dom0-bootargs = "console=hvc0 rdinit=/init";
  module@4a000000 {
    compatible = "multiboot,kernel", "multiboot,module";
    reg = <0x4a000000 ${kernel_size}>;
  };
  module@4c000000 {
    compatible = "multiboot,ramdisk", "multiboot,module";
    reg = <0x4c000000 ${initrd_size}>;
  };
}; };
"""

# A guest without a dom0, in the shape that ctboot composes.
GUEST = """
/ { chosen {
  #address-cells = <1>;
  #size-cells = <1>;
  xen,xen-bootargs = "console=dtuart dtuart=/pl011@9000000";
  domU1 {
    compatible = "xen,domain";
    #address-cells = <2>;
    #size-cells = <2>;
    memory = <0 0x20000>;
    cpus = <1>;
    vpl011;
    module@4a000000 {
      compatible = "multiboot,kernel", "multiboot,module";
      reg = <0 0x4a000000 0 ${kernel_size}>;
      bootargs = "console=ttyAMA0 rdinit=/init iam=domU1";
    };
    module@4c000000 {
      compatible = "multiboot,ramdisk", "multiboot,module";
      reg = <0 0x4c000000 0 ${initrd_size}>;
    };
  };
}; };
"""


class TreeError(Exception):
    pass


def dtc(arguments, source=b""):
    done = subprocess.run(["dtc", "-q", "-f", *arguments], input=source, capture_output=True)
    if done.returncode or not done.stdout:
        raise TreeError(done.stderr.decode(errors="replace").strip() or "dtc gave no tree")
    return done.stdout


def source(machine, folder):
    """What QEMU tells its guests of this machine, as DTS."""
    path = os.path.join(folder, "machine.dtb")
    told = subprocess.run(machine(f"dtb-randomness=off,dumpdtb={path}"), capture_output=True)
    if not os.path.exists(path):
        raise TreeError(told.stderr.decode(errors="replace").strip())
    return dtc(["-I", "dtb", "-O", "dts", path]).decode()


def whole(base, case):
    """The machine's tree, what every case has, and what this case says."""
    reserved = "".join(f"/memreserve/ {start:#x} {size:#x};\n" for start, size in case.reserve)
    begin = "/dts-v1/;\n"
    return begin + reserved + base.removeprefix(begin) + (
        GUEST if case.guests else CHOSEN) + case.sources[""]


def blob(text, values):
    """A tree compiled: mistakes in it are the point, so dtc only has to understand it."""
    try:
        text = string.Template(text).substitute(values)
    except (KeyError, ValueError) as error:
        raise TreeError(f"the source names what there is not: {error}") from None
    return dtc(["-I", "dts", "-O", "dtb", "-"], text.encode())


def stretched(blob, size):
    """The same tree with a larger totalsize, as boot loaders leave it."""
    if size <= len(blob):
        return blob
    return blob[:4] + struct.pack(">I", size) + blob[8:] + bytes(size - len(blob))


def poked(blob, pokes):
    for offset, value in pokes:
        blob = blob[:offset] + struct.pack(">I", value) + blob[offset + 4:]
    return blob
