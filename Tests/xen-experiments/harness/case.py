"""One experiment: a change to the base tree, and what Xen has to say to it.

A case is one file of DTS. What it says is merged into the base tree by dtc; comment lines at its
head, `// key: value`, say the rest:

  rule: ID             the linter's rule that this is about
  change: WORDS        what is wrong with the tree, for people
  serial: TEXT         has to appear on the serial line; may be said more than once
  ring: TEXT           has to appear in Xen's console ring, and not on the serial line
  absent: TEXT         must appear neither here nor there
  silent               not one byte comes out of the serial line
  quick                is one of those that CI runs

  memory: MIB          of the machine (1024)
  guests               no dom0: Xen starts the guest domU1 by itself
  load: FILE ADDRESS   one more file into RAM, or a known one elsewhere, or `load: FILE never`
  tree: ADDRESS        where the tree lies (0x48200000)
  reserve: START SIZE  an entry of the tree's reservation map
  pad: SIZE            the tree's totalsize, larger than the tree needs
  poke: OFFSET VALUE   a big-endian word into the finished tree
  init: COMMAND        a shell command for the init of dom0 and of guests
  limit: SECONDS       how long to wait for what has to appear (120)
  quiet: SECONDS       how long to wait where nothing is to appear (10)
  settle: SECONDS      how long to wait for what is not to appear, once all else has (1)

`//--- NAME` begins the source of a further tree, which `load: NAME ADDRESS` puts into RAM.
`${NAME_size}` stands for the length of a loaded file. Files are xen, kernel and initrd, what
harness/inputs.py makes of them, and the further trees.
"""

import dataclasses
import os
import re


class CaseError(Exception):
    pass


@dataclasses.dataclass
class Case:
    name: str
    rule: str = ""
    change: str = ""
    serial: list = dataclasses.field(default_factory=list)
    ring: list = dataclasses.field(default_factory=list)
    absent: list = dataclasses.field(default_factory=list)
    init: list = dataclasses.field(default_factory=list)
    load: dict = dataclasses.field(default_factory=dict)
    poke: list = dataclasses.field(default_factory=list)
    sources: dict = dataclasses.field(default_factory=dict)
    reserve: list = dataclasses.field(default_factory=list)
    silent: bool = False
    guests: bool = False
    quick: bool = False
    memory: int = 1024
    tree: int = 0x4820_0000
    pad: int = 0
    limit: int = 120
    quiet: int = 10
    settle: int = 1

    def take(self, key, value):
        if key in ("silent", "quick", "guests"):
            setattr(self, key, True)
        elif key in ("rule", "change"):
            setattr(self, key, value)
        elif key in ("serial", "ring", "absent", "init"):
            getattr(self, key).append(value)
        elif key in ("memory", "tree", "pad", "limit", "quiet", "settle"):
            setattr(self, key, int(value, 0))
        elif key == "load":
            file, address = value.split()
            self.load[file] = None if address == "never" else int(address, 0)
        elif key in ("poke", "reserve"):
            getattr(self, key).append(tuple(int(word, 0) for word in value.split()))
        else:
            raise CaseError(f"{self.name}: no case says `{key}`")

    @property
    def waits(self):
        """What ends the wait; without it the case is over when its quiet time is."""
        return self.serial or self.ring


def read(path):
    """The case in a file. What is not said is as on the base machine."""
    case = Case(os.path.basename(path).removesuffix(".dts"))
    section = ""
    in_head = True
    for line in open(path, encoding="utf-8"):
        begins = re.fullmatch(r"//--- (\w+)\n", line)
        said = re.fullmatch(r"// ([a-z]+)(?:: (.*))?\n", line) if in_head else None
        if begins:
            section = begins[1]
        elif said:
            case.take(said[1], said[2] or "")
        elif not line.startswith("//"):
            in_head = False
            case.sources[section] = case.sources.get(section, "") + line
    case.sources.setdefault("", "")
    if not case.rule or not case.change:
        raise CaseError(f"{case.name}: a case names its `rule:` and its `change:`")
    if not (case.waits or case.silent or case.absent):
        raise CaseError(f"{case.name}: a case says what it expects")
    return case
