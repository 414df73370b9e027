"""Xen's console ring, found in guest memory.

Xen keeps the last 16 KiB of what it says, at first in its own image and later in its heap. What it
says before it has found its UART, a panic for instance, is nowhere else.
"""

import os
import re

# What it says first, as early as its tree is read, and what stands before each of its lines. In
# its code the two never meet.
BEGIN = re.compile(rb"\(XEN\) (?:Checking for initrd|RAM: |MODULE\[|\*\*\*\*|[A-Za-z`])")
LINES = re.compile(rb"[^\0\x80-\xff]*")


def filled(ram):
    """The parts of guest RAM that anything has been written to."""
    at, end = 0, os.fstat(ram).st_size
    while at < end:
        try:
            begin = os.lseek(ram, at, os.SEEK_DATA)
        except OSError:
            return
        at = os.lseek(ram, begin, os.SEEK_HOLE)
        yield begin, at


def text(memory, parts):
    """The longest run of Xen's lines; nothing where Xen has said nothing."""
    best = b""
    for begin, end in parts:
        while (found := BEGIN.search(memory, begin, end)):
            run = LINES.match(memory, found.start())[0]
            begin = found.start() + len(run) + 1
            best = max(best, run, key=len)
    return best.replace(b"\r", b"").decode("ascii", "replace")
