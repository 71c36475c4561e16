"""The tree of whys on a page: numbered, with what each rests on."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from andon.escalations import drafts
from andon.escalations.models import Explanation, WhyNode
from andon.escalations.rules import explaining
from andon.mechanisms.models import Measure
from andon.people.models import Person
from andon.signals.models import Signal


@dataclass(slots=True)
class Branch:
    """One why with all under it. `signal` is its key where the reader may open it, else empty."""

    node: WhyNode
    number: str
    rests: bool
    signal: str = ""
    first: bool = False
    last: bool = False
    children: list["Branch"] = field(default_factory=list)

    @property
    def measure(self) -> str:
        """What it rests on, by the name that is typed."""
        one = self.node.measure
        return f"{one.mechanism.slug}/{one.slug}" if one else ""


@dataclass(frozen=True, slots=True)
class Unsaid:
    """What was written to a form of the tree and refused: which form, why, and every field as it was sent."""

    form: str
    problem: str
    text: str
    evidence: str
    measure: str
    signal: str
    link: str

    @classmethod
    def of(cls, sent: Mapping[str, str], form: str, problem: str) -> "Unsaid":
        fields = {name: sent.get(name, "") for name in ("text", "evidence", "measure", "signal", "link")}
        return cls(form, problem, **fields)


def of(explanation: Explanation, reader: Person) -> list[Branch]:
    """The roots, in order; two queries whatever the size."""
    nodes = {node.pk: node for node in explanation.nodes.select_related("measure__mechanism", "by")}
    places = [drafts.place_of(node) for node in nodes.values()]
    keys = {node.signal_key for node in nodes.values() if node.signal_key}
    seen = (
        set(Signal.objects.visible_to(reader).filter(key__in=keys).values_list("key", flat=True))
        if keys
        else set()
    )
    branches: dict[int, Branch] = {}
    roots: list[Branch] = []
    for key, number in explaining.outlined(places):
        node = nodes[key]
        signal = node.signal_key if node.signal_key in seen else ""
        branches[key] = Branch(node, number, drafts.rests(node), signal)
        beside = branches[node.parent_id].children if node.parent_id else roots
        beside.append(branches[key])
    _mark_ends(roots)
    return roots


def _mark_ends(beside: list[Branch]) -> None:
    """The first cannot go up or in, the last cannot go down."""
    if beside:
        beside[0].first, beside[-1].last = True, True
    for branch in beside:
        _mark_ends(branch.children)


def measures() -> list[tuple[str, str]]:
    """Measures in use by the name that is typed: mechanism/measure."""
    rows = Measure.objects.in_use().select_related("mechanism")
    return [(f"{one.mechanism.slug}/{one.slug}", f"{one.mechanism.name}: {one.name}") for one in rows]


def measure_called(text: str) -> Measure | None:
    """The one that was typed, or chosen from the list."""
    mechanism, _slash, slug = text.strip().partition("/")
    return Measure.objects.in_use().filter(mechanism__slug=mechanism, slug=slug).first()
