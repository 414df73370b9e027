"""cpio archives in the `newc` form that Linux unpacks: one is read, one is written."""

INIT = """#!/bin/busybox sh
/bin/busybox mount -t proc proc /proc
/bin/busybox mount -t sysfs sysfs /sys
/bin/busybox mount -t devtmpfs devtmpfs /dev 2>/dev/null
/bin/busybox --install -s /bin
export PATH=/bin
iam=dom0
for word in $(cat /proc/cmdline); do
  case $word in iam=*) iam=${word#iam=} ;; esac
done
echo "init: $iam is up"
COMMANDS
while :; do sleep 60; done
"""


def padded(length):
    return (length + 3) & ~3


def member(archive, wanted):
    """The contents of one file."""
    at = 0
    while archive[at:at + 6] == b"070701":
        fields = [int(archive[at + 6 + 8 * i:at + 14 + 8 * i], 16) for i in range(13)]
        size, name_size = fields[6], fields[11]
        name = archive[at + 110:at + 110 + name_size - 1].decode()
        data = at + padded(110 + name_size)
        if name == wanted:
            return archive[data:data + size]
        at = data + padded(size)
    raise ValueError(f"there is no {wanted} in the archive")


def entry(name, mode, data=b"", device=(0, 0)):
    fields = [0, mode, 0, 0, 1, 0, len(data), 0, 0, *device, len(name) + 1, 0]
    head = b"070701" + b"".join(b"%08x" % field for field in fields) + name.encode() + b"\0"
    return head.ljust(padded(len(head)), b"\0") + data.ljust(padded(len(data)), b"\0")


def made(busybox, commands=()):
    """An initramfs whose init says who is up, then does what a case wants of it."""
    script = INIT.replace("COMMANDS", "\n".join(commands))
    return b"".join([
        entry("bin", 0o40755), entry("dev", 0o40755), entry("proc", 0o40755),
        entry("sys", 0o40755), entry("dev/console", 0o20600, device=(5, 1)),
        entry("bin/busybox", 0o100755, busybox), entry("init", 0o100755, script.encode()),
        entry("TRAILER!!!", 0),
    ])
