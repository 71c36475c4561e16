"""What `andon verify --ledger` compares of this stage: coaching and promises repeat what entries of the ledger say."""

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from andon.evidence.models import Content
from andon.evidence.reading import CHECKS, FOUNDED, MIRRORS, Mirror
from andon.growth.models import (
    Coaching,
    Confirmation,
    Correction,
    Delivery,
    Doubt,
    DoubtAnswer,
    FollowUp,
    Passing,
    Promise,
    Release,
    View,
)
from andon.growth.models.kept import Written

AT_ONCE = 2000
Body = dict[str, Any]
Told = Callable[[Any], Body]


def _mirrors(model: type[Written], told: Told, person: str, texts: Iterable[str], *related: str) -> Callable:
    """Every row of a model as its entry should say it; `person` is the path to whom it is about."""

    def rows() -> Iterator[Mirror]:
        erased = set(Content.objects.filter(body=None).values_list("entry", flat=True))
        found = model._base_manager.exclude(entry=None).select_related(*related).order_by("pk")
        for one in found.iterator(AT_ONCE):
            gone = one.entry_id in erased and not any(getattr(one, name) for name in texts)
            place = f"{model.__name__} {one.pk}"
            yield Mirror(place, one.entry_id, _reached(one, person), None if gone else told(one))

    return rows


def _reached(one: Any, path: str) -> int:
    for step in path.split("."):
        one = getattr(one, step)
    return one


def _coaching(one: Coaching) -> Body:
    texts = {name: getattr(one, name) for name in ("situation", "behaviour", "impact", "agreed_action")}
    return {
        **texts, "follow_up_on": one.follow_up_on.isoformat(), "process": one.process,
        "standard": one.standard.name if one.standard else None,
        "mechanism": one.mechanism.slug if one.mechanism else None,
    }  # fmt: skip


def _view(one: View) -> Body:
    return {"coaching": one.coaching.entry_id, "text": one.text, "own": one.own}


def _confirmation(one: Confirmation) -> Body:
    return {"view": one.view.entry_id, "agrees": one.agrees}


def _correction(one: Correction) -> Body:
    return {"coaching": one.coaching.entry_id, "text": one.text}


def _follow_up(one: FollowUp) -> Body:
    said = {name: getattr(one, name) for name in ("outcome", "words", "their_part", "our_part")}
    next_on = one.next_on.isoformat() if one.next_on else None
    return {**said, "coaching": one.coaching.entry_id, "next_on": next_on}


def _promise(one: Promise) -> Body:
    return {
        "what": one.what, "kind": one.kind, "due": one.due.isoformat(), "owed_by": one.owed_by.pseudonym.name,
        "as_manager": one.as_manager, "coaching": one.coaching.entry_id if one.coaching else None,
    }  # fmt: skip


def _of_promise(one: Delivery | Doubt | Release) -> Body:
    return {"promise": one.promise.entry_id, "words": one.words}


def _answer(one: DoubtAnswer) -> Body:
    return {"promise": one.doubt.promise.entry_id, "words": one.words}


def _passing(one: Passing) -> Body:
    said = {"as_manager": one.as_manager, "words": one.words}
    return {**said, "promise": one.promise.entry_id, "to": one.to.pseudonym.name}


def _held() -> Iterator[str]:
    """Who holds a promise repeats who took it on last."""
    last: dict[int, tuple[int, bool]] = {}
    for promise, to, leads in Passing.objects.order_by("at", "pk").values_list("promise", "to", "as_manager"):
        last[promise] = (to, leads)
    rows = Promise.objects.order_by("pk").values_list(
        "pk", "owed_by", "as_manager", "held_by", "held_as_manager"
    )
    for pk, owed_by, leads, held_by, held_leads in rows.iterator(AT_ONCE):
        if (held_by, held_leads) != last.get(pk, (owed_by, leads)):
            yield f"Who owes promise {pk} was altered: nobody handed it on to them."


ROWS: dict[str, tuple[type[Written], Told, str, tuple[str, ...], tuple[str, ...]]] = {
    "coaching.noted": (Coaching, _coaching, "person_id", ("situation",), ("standard", "mechanism")),
    "coaching.view": (View, _view, "coaching.person_id", ("text",), ("coaching",)),
    "coaching.view_confirmed": (Confirmation, _confirmation, "view.coaching.person_id", (), ("view__coaching",)),
    "coaching.corrected": (Correction, _correction, "coaching.person_id", ("text",), ("coaching",)),
    "coaching.followed_up": (FollowUp, _follow_up, "coaching.person_id", ("outcome", "words"), ("coaching",)),
    "promise.made": (Promise, _promise, "person_id", ("what",), ("owed_by__pseudonym", "coaching")),
    "promise.delivered": (Delivery, _of_promise, "promise.person_id", ("words",), ("promise",)),
    "promise.doubted": (Doubt, _of_promise, "promise.person_id", ("words",), ("promise",)),
    "promise.doubt_answered": (DoubtAnswer, _answer, "doubt.promise.person_id", ("words",), ("doubt__promise",)),
    "promise.released": (Release, _of_promise, "promise.person_id", ("words",), ("promise",)),
    "promise.handed_on": (Passing, _passing, "promise.person_id", ("words",), ("promise", "to__pseudonym")),
}  # fmt: skip
"""What an entry is called, with the row it speaks of: how it is told, whom it is about, its texts, what it needs."""


def register() -> None:
    for what, (model, told, person, texts, related) in ROWS.items():
        MIRRORS[what] = _mirrors(model, told, person, texts, *related)
        FOUNDED[what] = model
    CHECKS["promises"] = _held
