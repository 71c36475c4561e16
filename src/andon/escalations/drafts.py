"""The draft of an explanation and its tree: how it is begun, kept section by section, and put in order."""

import hashlib
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils.translation import gettext as _

from andon.escalations import rules
from andon.escalations.models import Escalation, Explanation, WhyNode
from andon.escalations.rules import explaining
from andon.mechanisms.models import Version
from andon.people.models import Person
from andon.people.words import tidy
from andon.signals.models import Signal

CARRIED = (*explaining.TEXTS, "affected", "version", "failure", "measure_wrong")
MOST_AFFECTED = 10**12


def begun_after(one: Escalation, by: Person, now: datetime) -> Explanation:
    """A draft with all that the last version says, tree and all."""
    last = one.explanations.order_by("number").last()
    draft = Explanation(
        escalation=one,
        number=last.number + 1 if last else 1,
        begun_by=by,
        begun_at=now,
        edited_by=by,
        edited_at=now,
    )
    if last:
        for name in CARRIED:
            setattr(draft, name, getattr(last, name))
    elif one.mechanism_id:
        draft.version = Version.objects.filter(mechanism=one.mechanism_id).order_by("-number").first()
    draft.save()
    if last:
        _copy_tree(last, draft)
    return draft


def _copy_tree(last: Explanation, draft: Explanation) -> None:
    """From the root down, so that a parent is there before what hangs under it."""
    made: dict[int, WhyNode] = {}
    nodes = {node.pk: node for node in last.nodes.all()}
    for key, _number in explaining.outlined(places(last)):
        node = nodes[key]
        made[key] = WhyNode.objects.create(
            explanation=draft, parent=made.get(node.parent_id), position=node.position, text=node.text,
            evidence=node.evidence, link=node.link, measure_id=node.measure_id, signal_key=node.signal_key,
            by_id=node.by_id, at=node.at,
        )  # fmt: skip


def mark(draft: Explanation, name: str) -> str:
    """A short sign of what a section holds, by which a writer notices that somebody else changed it."""
    return hashlib.sha256(repr(stored(draft, name)).encode()).hexdigest()[:16]


def stored(draft: Explanation, name: str) -> Any:
    return getattr(draft, _field(name))


def put_back(draft: Explanation, name: str, value: Any) -> None:
    setattr(draft, _field(name), value)


def _field(name: str) -> str:
    return f"{name}_id" if name == "version" else name


def holds(new: Any, old: Any) -> bool:
    """Whether nothing of `old` is lost by `new`: one's own words, kept a moment ago and sent again with the rest."""
    return new == old or (isinstance(old, str) and isinstance(new, str) and new.startswith(old))


def set_section(draft: Explanation, name: str, value: Any) -> None:
    """One part of a draft, checked. Raises ValidationError."""
    if name in explaining.TEXTS:
        value = "\n".join(tidy(str(value or "")).splitlines())  # a form sends other line ends than a script
        if problem := rules.problem_long(value):
            raise ValidationError(problem)
    elif name == "affected":
        value = _count(value)
    elif name == "version":
        value = _version(draft, value)
    elif value and value not in CHOICES[name].values:
        raise ValidationError(_("Choose one of those that are offered."))
    setattr(draft, name, value if value is not None or name in ("affected", "version") else "")


CHOICES = {"failure": Explanation.Failure, "measure_wrong": Explanation.MeasureWrong}


def _count(value: Any) -> int | None:
    text = str(value if value is not None else "").replace(",", "").replace(" ", "").strip()
    if not text:
        return None
    if not (text.isascii() and text.isdigit()) or int(text[:15]) > MOST_AFFECTED:
        raise ValidationError(_("Write how many customers as a whole number, or leave it empty and say why."))
    return int(text)


def _version(draft: Explanation, value: Any) -> Version | None:
    if not value:
        return None
    key = value.pk if isinstance(value, Version) else str(value)
    found = Version.objects.filter(mechanism=draft.escalation.mechanism_id)
    version = found.filter(pk=key).first() if str(key).isdecimal() and len(str(key)) < 19 else None
    if version is None:
        raise ValidationError(_("Choose a version of the mechanism that the question is about."))
    return version


def touched(draft: Explanation, by: Person, now: datetime) -> None:
    draft.edited_by, draft.edited_at = by, now
    draft.save()


def content(draft: Explanation) -> explaining.Content:
    """As the rules see it."""
    return explaining.Content(
        texts={name: getattr(draft, name) for name in explaining.TEXTS},
        affected=draft.affected,
        failure=draft.failure,
        measure_wrong=draft.measure_wrong,
        nodes=tuple(places(draft)),
    )


def places(explanation: Explanation) -> list[explaining.Node]:
    return [place_of(node) for node in explanation.nodes.all()]


def place_of(node: WhyNode) -> explaining.Node:
    return explaining.Node(node.pk, node.parent_id, node.position, rests(node))


def rests(node: WhyNode) -> bool:
    """On words, a link, a measure or what a customer said."""
    return bool(node.evidence.strip() or node.link or node.measure_id or node.signal_key)


def keep_places(changed: Iterable[explaining.Node]) -> None:
    for one in changed:
        WhyNode.objects.filter(pk=one.key).update(parent=one.parent, position=one.position)


def node(draft: Explanation, pk: int) -> WhyNode:
    """A node of this draft; one of an older version is not changed any more."""
    found = draft.nodes.filter(pk=pk).first()
    if found is None:
        raise ValidationError(_("This why belongs to a version that was posted, or was taken out."))
    return found


def append(draft: Explanation, node: WhyNode) -> None:
    beside = draft.nodes.filter(parent=node.parent)
    last = beside.order_by("position").values_list("position", flat=True).last()
    node.position = 0 if last is None else last + 1
    parent = [] if node.parent_id is None else [node.parent_id]
    depth = next(
        (number.count(".") + 1 for key, number in explaining.outlined(places(draft)) if key in parent), 0
    )
    if depth >= explaining.DEEPEST:
        raise ValidationError(_("That is deeper than anybody reads. Begin another root."))
    node.save()


def rest_on(node: WhyNode, by: Person, evidence="", link="", measure=None, signal_key="") -> None:
    """What a why rests on: words, a link, a measure, or a signal that the writer may read."""
    node.evidence, node.link, node.measure = tidy(evidence or ""), tidy(link or ""), measure
    if problem := rules.problem_long(node.evidence):
        raise ValidationError(problem)
    if node.link:
        _demand_link(node.link)
    signal_key = tidy(signal_key or "").rstrip("/").rpartition("/")[2]
    if signal_key and signal_key != node.signal_key:
        _demand_readable(signal_key, by)
    node.signal_key = signal_key


def _demand_readable(signal_key: str, by: Person) -> None:
    """One out of reach is as one that is not there."""
    if not Signal.objects.visible_to(by).filter(key=signal_key[:20]).exists():
        raise ValidationError(_("No signal has this key, or you may not read it."))


def _demand_link(link: str) -> None:
    try:
        URLValidator(schemes=["http", "https"])(link)
    except ValidationError:
        raise ValidationError(_("Write the whole address of a page: https://…")) from None
    if len(link) > 500:
        raise ValidationError(_("This address is longer than 500 characters."))
