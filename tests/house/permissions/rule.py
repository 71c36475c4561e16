"""What a line of the matrix says, and sets of people that many lines name.

Persons are those of tests/cast.py. Things are those of Phones (mechanism `labels`, owned by Fulfilment and used
by Phones) and of Alice, who works there: Martin is her manager and Lena his; Bob is a colleague of her team; Frank
was her manager once; Mona and Charlie are the manager and the agent of another team. Whoever is not named gets
404; who has not signed in is asked to.
"""

from dataclasses import dataclass, field

EVERYBODY = frozenset(
    {"alice", "bob", "martin", "mona", "charlie", "olga", "lena", "hana", "ana", "adam", "frank"}
)
SEES_ALL_WORDS = frozenset({"lena", "ana", "adam"})
BRINGS_DATA = frozenset({"ana", "adam"})
BRINGS_ANYTHING = BRINGS_DATA | {"hana"}
ANSWERS_FOR_LABELS = frozenset({"olga", "lena", "ana", "adam"})
REGISTERS = EVERYBODY - {"alice", "bob", "hana", "frank"}  # Charlie is of a team that owns a mechanism
READS_TORN = frozenset({"alice", "bob", "martin", "olga"}) | SEES_ALL_WORDS
LOOKS_UP_ALICE = frozenset({"alice", "bob", "martin", "lena", "hana", "adam"})
NOBODY: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Rule:
    """Who may look (GET) and act (POST); `things` names the look-ups of the address, `sends` a harmless form."""

    look: frozenset[str] = NOBODY
    act: frozenset[str] = NOBODY
    things: dict = field(default_factory=dict)
    query: str = ""
    sends: dict = field(default_factory=dict)
