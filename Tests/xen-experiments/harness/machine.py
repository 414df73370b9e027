"""QEMU's `virt`, started at Xen without firmware, and watched.

Boot loaders rewrite a tree before they hand it over, so none takes part: four instructions in HYP
mode do what the protocol wants of one.

  0x48100000  the four instructions        0x4a000000  the kernel
  0x48200000  the tree                     0x4c000000  the initial RAM disk
  0x49000000  Xen
"""

import mmap
import os
import struct
import subprocess
import time

from . import ring

STUB = 0x4810_0000


def command(memory, more="", *options):
    machine = "virt,virtualization=on,gic-version=2" + ("," + more if more else "")
    return ["qemu-system-arm", "-M", machine, "-cpu", "cortex-a15", "-smp", "2",
            "-m", str(memory), "-display", "none", "-nic", "none", *options]


def stub(tree, xen):
    """r0 = 0, r1 = 0, r2 = the tree, then Xen."""
    return struct.pack(
        "<6I",
        0xE3A0_0000,  # mov r0, #0
        0xE3A0_1000,  # mov r1, #0
        0xE59F_2000,  # ldr r2, [pc, #0]: the first word below
        0xE59F_F000,  # ldr pc, [pc, #0]: the second one
        tree, xen)


class Machine:
    """One boot. Whatever happens, QEMU is gone when the `with` block ends.

    The guest's RAM is a file without a name that this process holds as well, so that it can be
    read while Xen runs and after QEMU has ended.
    """

    def __init__(self, folder, memory, tree, xen, files):
        self.serial_path = os.path.join(folder, "serial")
        self.messages_path = os.path.join(folder, "messages")
        self.ram = os.memfd_create("ram")
        os.truncate(self.ram, memory << 20)
        options = [
            "-no-reboot", "-monitor", "none", "-serial", f"file:{self.serial_path}", "-object",
            f"memory-backend-file,id=ram,share=on,size={memory}M,mem-path=/proc/self/fd/{self.ram}"]
        for number, (address, data) in enumerate([*files, (STUB, stub(tree, xen))]):
            path = os.path.join(folder, f"file{number}")
            with open(path, "wb") as file:
                file.write(data)
            options += ["-device", f"loader,file={path},addr={address:#x},force-raw=on"]
        options += ["-device", f"loader,addr={STUB:#x},cpu-num=0"]
        self.options = command(memory, "memory-backend=ram", *options)

    def __enter__(self):
        with open(self.messages_path, "wb") as messages:
            self.qemu = subprocess.Popen(
                self.options, stdin=subprocess.DEVNULL, stdout=messages, stderr=messages,
                pass_fds=[self.ram])
        self.started = time.monotonic()
        return self

    def __exit__(self, *_):
        self.qemu.kill()
        self.qemu.wait()
        os.close(self.ram)

    @property
    def seconds(self):
        return time.monotonic() - self.started

    @property
    def has_ended(self):
        return self.qemu.poll() is not None

    def serial(self):
        try:
            with open(self.serial_path, encoding="utf-8", errors="replace", newline="") as file:
                return file.read().replace("\r", "")
        except FileNotFoundError:
            return ""

    def messages(self):
        with open(self.messages_path, encoding="utf-8", errors="replace") as file:
            return file.read()

    def ring(self):
        """What Xen has said so far, on whatever line or none."""
        with mmap.mmap(self.ram, 0, access=mmap.ACCESS_READ) as memory:
            return ring.text(memory, ring.filled(self.ram))
