"""A case carried out, and judged."""

import dataclasses
import tempfile
import time

from . import machine, tree

XEN, KERNEL, INITRD = 0x4900_0000, 0x4A00_0000, 0x4C00_0000


@dataclasses.dataclass
class Outcome:
    case: object
    seconds: float
    serial: str
    ring: str
    faults: list


class Laboratory:
    """What all cases share."""

    def __init__(self, inputs):
        self.inputs = inputs
        self.sources = {}

    def base(self, memory):
        if memory not in self.sources:
            with tempfile.TemporaryDirectory() as folder:
                self.sources[memory] = tree.source(
                    lambda more: machine.command(memory, more), folder)
        return self.sources[memory]

    def files(self, case):
        """What is put into RAM: the address and the bytes of each file."""
        places = {"xen": XEN, "kernel": KERNEL, "initrd": INITRD, **case.load}
        further = {
            name: tree.blob(source, {}) for name, source in case.sources.items() if name}
        loaded = {
            name: further.get(name) or self.inputs.named(name, case.init) for name in places}
        values = {f"{name}_size": hex(len(data)) for name, data in loaded.items()}
        blob = tree.blob(tree.whole(self.base(case.memory), case), values)
        blob = tree.poked(tree.stretched(blob, case.pad), case.poke)
        return [(case.tree, blob)] + [
            (places[name], data) for name, data in loaded.items() if places[name] is not None]

    def run(self, case):
        with tempfile.TemporaryDirectory() as folder:
            xen = case.load.get("xen", XEN)
            boot = machine.Machine(folder, case.memory, case.tree, xen, self.files(case))
            with boot:
                watch(boot, case)
                outcome = Outcome(case, boot.seconds, boot.serial(), boot.ring(), [])
                if not outcome.serial and not outcome.ring and boot.has_ended:
                    outcome.faults.append(f"QEMU ended: {boot.messages().strip()}")
        outcome.faults += faults(outcome)
        return outcome


def watch(boot, case):
    """Until all is seen that has to be seen, or the time for it is over."""
    end = case.limit if case.waits else case.quiet
    look = 0.0
    while boot.seconds < end and not boot.has_ended:
        time.sleep(0.1)
        serial = boot.serial()
        if case.silent and serial:
            return
        if not case.waits or any(text not in serial for text in case.serial):
            continue
        if case.ring and boot.seconds < look:
            continue
        look = boot.seconds + 1
        ring = boot.ring() if case.ring else ""
        if all(text in ring for text in case.ring):
            time.sleep(case.settle if case.silent or case.absent else 0)
            return


def faults(outcome):
    """In what the outcome differs from what its case says."""
    case = outcome.case
    for text in case.serial:
        if text not in outcome.serial:
            yield f"not on the serial line: {text}"
    for text in case.ring:
        if text not in outcome.ring:
            yield f"not in the ring: {text}"
        elif text in outcome.serial:
            yield f"on the serial line as well as in the ring: {text}"
    for text in case.absent:
        if text in outcome.serial or text in outcome.ring:
            yield f"said all the same: {text}"
    if case.silent and outcome.serial:
        yield f"not silent: {outcome.serial.splitlines()[0]}"
