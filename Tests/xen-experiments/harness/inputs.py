"""The programs that are booted: Debian's Xen, its kernel, and an initramfs made here.

Xen and the kernel come from `ctboot build`, which keeps Debian's packages in the user's cache.
"""

import gzip
import os
import struct
import subprocess
import zlib

from . import initramfs

TOP = os.path.dirname(os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__)))))


class InputError(Exception):
    pass


def folder(given):
    """The folder that holds xen, kernel and initrd; ctboot fills it where it is not there."""
    into = given or os.path.join(TOP, ".build/xen-experiments")
    boot = into if given else os.path.join(into, "boot")
    if not given and not os.path.exists(os.path.join(boot, "xen")):
        ctboot = os.environ.get("CTBOOT", os.path.join(TOP, ".build/release/ctboot"))
        if not os.path.exists(ctboot):
            raise InputError(f"there is no {ctboot}; make release, or say --inputs DIR")
        project = os.path.join(TOP, "Docs/examples/cubietruck.yaml")
        subprocess.run([ctboot, "build", "-q", "-p", project, "-o", into], check=True)
    return boot


class Inputs:
    """Files by name, each with its bytes."""

    def __init__(self, boot):
        self.files = {}
        for name in ("xen", "kernel"):
            with open(os.path.join(boot, name), "rb") as file:
                self.files[name] = file.read()
        with open(os.path.join(boot, "initrd"), "rb") as file:
            self.busybox = initramfs.member(file.read(), "bin/busybox")

    def named(self, name, init=()):
        """A file's bytes; the names are those of `load:` in a case."""
        if name in ("initrd", "initrd_other"):
            return initramfs.made(self.busybox, init)
        if name.startswith("kernel_"):
            return SHAPES[name.removeprefix("kernel_")](self.files["kernel"])
        if name.startswith("zeros_"):
            return bytes(int(name.removeprefix("zeros_"), 16))
        return self.files[name]


def zipped(kernel, remainder):
    """As gzip packs it, with a comment whose length makes the size's remainder by four."""
    packed = gzip.compress(kernel, 1, mtime=0)
    # Flag 16 says that a comment, ended by a zero byte, stands behind the ten bytes of the header.
    comment = b"x" * ((remainder - len(packed) - 1) % 4) + b"\0"
    return packed[:3] + bytes([packed[3] | 16]) + packed[4:10] + comment + packed[10:]


def legacy(kernel, load, entry):
    """As mkimage wraps it for old boot loaders."""
    def header(checksum):
        return struct.pack(
            ">7I4B32s", 0x2705_1956, checksum, 0, len(kernel), load, entry, zlib.crc32(kernel),
            5, 2, 2, 0, b"kernel")
    return header(zlib.crc32(header(0))) + kernel


def poked(kernel, offset, value):
    return kernel[:offset] + struct.pack("<I", value) + kernel[offset + 4:]


# What a kernel can look like other than whole and right; and a second copy of it.
SHAPES = {
    "other": lambda kernel: kernel,
    "gzip": lambda kernel: zipped(kernel, 0),
    "gzip_odd": lambda kernel: zipped(kernel, 1),
    "legacy": lambda kernel: legacy(kernel, 0, 0),
    "legacy_fixed": lambda kernel: legacy(kernel, 0x4000_8000, 0x4000_8000),
    "no_magic": lambda kernel: poked(kernel, 0x24, 0),
    "cut": lambda kernel: kernel[: len(kernel) // 2],
    "fixed_outside": lambda kernel: fixed(kernel, 0x1000_8000),
    "arm64": lambda kernel: poked(poked(kernel, 0x24, 0), 0x38, 0x644D_5241),
}


def fixed(kernel, start):
    """Linked for one address: the header's start and end say so."""
    old_start, old_end = struct.unpack_from("<II", kernel, 0x28)
    return poked(poked(kernel, 0x28, start), 0x2C, start + old_end - old_start)
