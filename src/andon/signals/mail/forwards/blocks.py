"""A message's fields copied into a text: "From: ... Date: ... Subject: ...", and who that says it is from."""

import re
from dataclasses import dataclass, field

from andon.signals.mail.addresses import ADDRESS, addresses, mailbox
from andon.signals.mail.forwards.labels import any_label, labelled, run_on, unmarked
from andon.signals.mail.forwards.lines import Line
from andon.signals.mail.forwards.phrases import is_rule
from andon.signals.mail.letter import Address

MOST_LINES = 60  # of one block, with wrapped lists of recipients
_GAP = 4  # empty lines and rules between an announcement and the fields
_ALONE = re.compile(r"^[<\[(][^<>\[\]()\s]{1,120}@[^<>\[\]()\s]{1,250}[>\])]$")


@dataclass
class Block:
    """The fields by role, the line they begin on, the line after them, and how deeply they are quoted."""

    begins: int
    ends: int
    depth: int
    fields: dict[str, str] = field(default_factory=dict)

    @property
    def sender(self) -> Address:
        return mailbox(self.fields.get("from", ""))

    @property
    def to(self) -> tuple[Address, ...]:
        return addresses(self.fields.get("to", ""))

    @property
    def sound(self) -> bool:
        """Whether it names a sender and enough else to be no sentence of somebody's ("From: London, to: Paris")."""
        others = {"date", "subject", "to", "cc"} & self.fields.keys()
        if self.sender.address:
            return len(others) >= 2 or "subject" in others
        return bool(self.sender.name) and {"date", "subject", "to"} <= others


def read_block(lines: list[Line], at: int, rest: str = "") -> Block | None:
    """The block that begins on this line or within a few empty ones.

    :param rest: fields that stand on the line of the announcement already (Yahoo).
    """
    if rest:
        block = Block(at, at, lines[at - 1].depth if at else 0)
        _take_run_on(block, rest)
        return block if "from" in block.fields else None
    begins = _first(lines, at)
    if begins is None or not labelled(lines[begins].said):
        return None
    block = Block(begins, begins, lines[begins].depth)
    _fill(block, lines)
    return block if block.fields.get("from") else None


def read_unknown(lines: list[Line], at: int) -> Block | None:
    """A block in a language that is not listed, below a line that announces it: its first address is the sender's."""
    begins = _first(lines, at)
    found: list[str] = []
    while begins is not None and begins + len(found) < len(lines) and len(found) < 8:
        pair = any_label(lines[begins + len(found)].said)
        if not pair:
            break
        found.append(pair[1])
    sender = next((value for value in found if ADDRESS.search(value)), "")
    if begins is None or len(found) < 3 or not sender:
        return None
    return Block(begins, begins + len(found), lines[begins].depth, {"from": sender})


def read_unmarked(lines: list[Line], at: int) -> Block | None:
    """A block whose labels have no colon, below a line that announces it."""
    begins = _first(lines, at)
    if begins is None:
        return None
    block = Block(begins, begins, lines[begins].depth)
    for line in lines[begins : begins + MOST_LINES]:
        pair = unmarked(line.said)
        if not pair or pair[0] in block.fields:
            break
        block.fields.setdefault(*pair)
        block.ends += 1
    return block if block.sender.address and block.sound else None


def _first(lines: list[Line], at: int) -> int | None:
    for index in range(at, min(at + _GAP, len(lines))):
        said = lines[index].said
        if said and not is_rule(said):
            return index
    return None


def _fill(block: Block, lines: list[Line]) -> None:
    role, at = "", block.begins
    while at < min(len(lines), block.begins + MOST_LINES):
        said = lines[at].said
        pair = labelled(said)
        if pair and pair[0] in block.fields and pair[0] != "other":
            break  # another message's fields begin
        if pair:
            role = _take(block, *pair, said)
        elif not _goes_on(block, role, lines, at):
            break
        elif said:
            block.fields[role] = f"{block.fields[role]} {said}".strip()
        at += 1
        if said:
            block.ends = at


def _take(block: Block, role: str, value: str, line: str) -> str:
    """Takes one field in, or the several that stand on one line."""
    if len(run_on(line)) > 2 and role == "from":
        _take_run_on(block, line)
    else:
        block.fields[role] = value
    return role


def _take_run_on(block: Block, line: str) -> None:
    for piece in run_on(line):
        pair = labelled(piece.strip())
        if pair:
            block.fields.setdefault(*pair)


def _goes_on(block: Block, role: str, lines: list[Line], at: int) -> bool:
    """Whether a line without a label still belongs to the fields."""
    said = lines[at].said
    if not role:
        return False
    if not said:
        return _next_is_new(block, lines, at)
    if not block.fields[role]:
        return True  # the label stands on a line of its own
    if role == "from" and not ADDRESS.search(block.fields[role]):
        return _ALONE.match(said) is not None  # a long name leaves the address to the next line
    wrapped = lines[at].text[:1] in " \t" and len({"from", "subject"} & block.fields.keys()) < 2
    listed = role in ("to", "cc") and re.match(r"^[^:]{0,200}(?:@|<|mailto)", said) is not None
    return wrapped or (listed and block.fields[role].rstrip().endswith((",", ";", "<")))


def _next_is_new(block: Block, lines: list[Line], at: int) -> bool:
    """Whether one empty line is only a gap: a field not yet seen, or a bare label's value, comes next."""
    following = lines[at + 1].said if at + 1 < len(lines) else ""
    pair = labelled(following)
    if not following or not pair:
        return False
    return (pair[0] not in block.fields and "subject" not in block.fields) or (
        pair[0] in ("from",) and "from" not in block.fields
    )
