"""A winmail.dat, written as MS-OXTNEF says."""

import struct

MESSAGE, FILE = 1, 2


def attribute(level: int, name: int, value: bytes) -> bytes:
    return struct.pack("<BHHI", level, name, 0, len(value)) + value + struct.pack("<H", sum(value) & 0xFFFF)


def properties(*values: bytes) -> bytes:
    return struct.pack("<I", len(values)) + b"".join(values)


def variable(kind: int, name: int, value: bytes) -> bytes:
    padding = bytes(-len(value) % 4)
    return struct.pack("<HHII", kind, name, 1, len(value)) + value + padding


def named(value: bytes) -> bytes:
    """A property with a name of its own, which readers have to step over."""
    name = "Keywords\0".encode("utf-16-le")
    head = (
        struct.pack("<HH", 0x1E, 0x8001)
        + bytes(16)
        + struct.pack("<II", 1, len(name))
        + name
        + bytes(-len(name) % 4)
    )
    return head + struct.pack("<II", 1, len(value)) + value + bytes(-len(value) % 4)


def winmail(*attributes: bytes) -> bytes:
    return struct.pack("<IH", 0x223E9F78, 1) + b"".join(attributes)


def whole() -> bytes:
    """A text, a page and a file with a long name."""
    return winmail(
        attribute(MESSAGE, 0x9007, struct.pack("<II", 1252, 0)),
        attribute(
            MESSAGE,
            0x9003,
            properties(
                named(b"x\0"),
                struct.pack("<HHI", 3, 0x3FDE, 65001),
                variable(0x1F, 0x1000, "Grüße\0".encode("utf-16-le")),
                variable(0x102, 0x1013, "<p>Grüße</p>".encode()),
            ),
        ),
        attribute(FILE, 0x9002, bytes(14)),
        attribute(FILE, 0x8010, b"REPORT~1.PDF\0"),
        attribute(FILE, 0x800F, b"%PDF-1.4"),
        attribute(FILE, 0x9005, properties(variable(0x1E, 0x3707, b"Report of May.pdf\0"))),
    )
