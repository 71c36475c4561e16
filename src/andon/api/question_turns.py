"""Turns of a question: passed on, merged, answered so far, explained, mended, open again, thanked."""

from datetime import date, datetime
from typing import Any

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils import timezone
from ninja import Router, Schema, Status

from andon.api.escalations import EscalationOut, _found
from andon.api.paging import Word
from andon.escalations import access, actions, drafts
from andon.escalations.cases import fix_of
from andon.escalations.models import Countermeasure, Escalation, Explanation
from andon.mechanisms.models import Measure, Mechanism
from andon.people.models import Person, Team

router = Router(tags=["questions"])


class PassOn(Schema):
    """To whom: the owner of another mechanism, a team, or a person (by number); and why."""

    mechanism: Word = ""
    to_team: Word = ""
    to_person: Word = ""
    why: str


class Merge(Schema):
    into: int
    why: str = ""


class SoFar(Schema):
    text: str
    next_at: datetime


class Why(Schema):
    why: str


class Thank(Schema):
    """`to` is the number of a person."""

    to: Word
    text: str


class WhyIn(Schema):
    """An answer to why, with what it rests on and the whys under it."""

    text: str
    evidence: str = ""
    link: str = ""
    measure: Word = ""
    signal: Word = ""
    why: list["WhyIn"] = []


class ExplanationIn(Schema):
    """Any of the sections by name, and the tree of whys."""

    sections: dict[str, str | int | None] = {}
    why: list[WhyIn] = []
    post: bool = False


class ExplanationOut(Schema):
    version: int
    posted_at: datetime | None
    sections: dict[str, Any]
    whys: int


class ChangeIn(Schema):
    """A change with the test of its effect; `measure` and `watched` as mechanism/measure."""

    mechanism: Word
    what: str
    measure: Word
    level: float
    window_days: int
    due_on: date
    watched: Word = ""
    no_side_effect: str = ""
    on_measure: bool = False


class ChangeOut(Schema):
    id: int
    what: str
    mechanism: str
    measure: str
    side: str
    level: float
    window_days: int
    due_on: date
    baseline: dict[str, Any]
    state: str
    sentence: str


class Since(Schema):
    since: date | datetime
    note: str = ""


class Longer(Schema):
    days: int
    why: str


@router.post("/{int:number}/pass-on", response=EscalationOut)
def pass_on(request: HttpRequest, number: int, to: PassOn):
    """Puts it to somebody else. No clock begins again."""
    actions.reroute(
        _found(request, number), why=to.why, by=request.user, now=timezone.now(),
        mechanism=_one(Mechanism.objects.visible_to(request.user), to.mechanism, "slug"),
        to_team=_one(Team.objects.all(), to.to_team, "slug"),
        to_person=_one(access.askable(request.user), to.to_person, "number"),
    )  # fmt: skip
    return _found(request, number)


@router.post("/{int:number}/merge", response=EscalationOut)
def merge(request: HttpRequest, number: int, merging: Merge):
    """Into an earlier question that asks the same; answers with that one."""
    into = _found(request, merging.into)
    actions.merge(_found(request, number), into, merging.why, by=request.user, now=timezone.now())
    return _found(request, merging.into)


@router.post("/{int:number}/so-far", response=EscalationOut)
def so_far(request: HttpRequest, number: int, said: SoFar):
    """What is known so far, and when more will be said."""
    next_at = timezone.make_aware(said.next_at) if timezone.is_naive(said.next_at) else said.next_at
    actions.say_preliminary(_found(request, number), said.text, next_at, by=request.user, now=timezone.now())
    return _found(request, number)


@router.post("/{int:number}/reopen", response=EscalationOut)
def reopen(request: HttpRequest, number: int, back: Why):
    """It came back: open again."""
    actions.reopen(_found(request, number), back.why, by=request.user, now=timezone.now())
    return _found(request, number)


@router.post("/{int:number}/thanks", response=EscalationOut)
def thank(request: HttpRequest, number: int, thanks: Thank):
    """Thanks, for everybody to read."""
    question = _found(request, number)
    to = get_object_or_404(_near(request, question), number=thanks.to)
    actions.thank(question, to, thanks.text, by=request.user, now=timezone.now())
    return _found(request, number)


def _near(request: HttpRequest, question: Escalation):
    """Whoever may be looked up, and who asked."""
    return Person.objects.visible_to(request.user) | Person.objects.filter(pk=question.raised_by_id)


@router.put("/{int:number}/explanation", response=ExplanationOut)
def explain(request: HttpRequest, number: int, said: ExplanationIn):
    """Keeps sections of the draft, adds whys to its tree, and posts it if asked to."""
    question, by, now = _found(request, number), request.user, timezone.now()
    draft = actions.begin_explanation(question, by=by, now=now)
    problems = actions.write_sections(question, said.sections, by, now)
    for problem in problems.values():
        raise problem
    for why in said.why:
        _grow(question, why, None, by, now)
    if said.post:
        actions.post_explanation(question, by=by, now=now)
    return _explanation(Explanation.objects.get(pk=draft.pk))


def _grow(question: Escalation, why: WhyIn, under, by: Person, now: datetime) -> None:
    measure = _measure(why.measure) if why.measure else None
    node = actions.add_why(
        question, why.text, by, now, under, evidence=why.evidence, link=why.link, measure=measure,
        signal_key=why.signal,
    )  # fmt: skip
    for child in why.why:
        _grow(question, child, node, by, now)


@router.get("/{int:number}/explanation", response=ExplanationOut)
def explanation(request: HttpRequest, number: int):
    """The newest posted version, for those who may read the question."""
    question = _found(request, number)
    seen = Escalation.objects.readable_by(request.user).filter(pk=question.pk)
    newest = Explanation.objects.filter(escalation__in=seen, posted_at__isnull=False).order_by("-number")
    return _explanation(get_object_or_404(newest[:1]))


def _explanation(one: Explanation) -> dict:
    content = drafts.content(one)
    chosen = {"affected": one.affected, "failure": one.failure, "measure_wrong": one.measure_wrong}
    return {
        "version": one.number, "posted_at": one.posted_at, "sections": {**content.texts, **chosen},
        "whys": len(content.nodes),
    }  # fmt: skip


@router.get("/{int:number}/changes", response=list[ChangeOut])
def changes(request: HttpRequest, number: int):
    """What changes, with its test and how it stands."""
    return [_change(one) for one in _fixes(_found(request, number))]


@router.post("/{int:number}/changes", response={201: ChangeOut})
def plan(request: HttpRequest, number: int, change: ChangeIn):
    """Plans a change: its test is written first. Better is the side that the register says is better."""
    measure = _measure(change.measure)
    fields = change.dict(exclude={"mechanism", "measure", "watched"})
    planned = actions.plan_fix(
        _found(request, number), by=request.user, now=timezone.now(), measure=measure,
        mechanism=get_object_or_404(Mechanism.objects.visible_to(request.user), slug=change.mechanism),
        side="at_most" if measure.good == "low" else "at_least",
        watched=_measure(change.watched) if change.watched else None, **fields,
    )  # fmt: skip
    return Status(201, _change(planned))


@router.post("/{int:number}/changes/{int:pk}/in-place", response=ChangeOut)
def in_place(request: HttpRequest, number: int, pk: int, placed: Since):
    """The change was made."""
    actions.put_in_place(_fix(request, number, pk), placed.since, request.user, timezone.now(), placed.note)
    return _change(_fix(request, number, pk))


@router.post("/{int:number}/changes/{int:pk}/judge", response=ChangeOut)
def judge(request: HttpRequest, number: int, pk: int):
    """Judged by the chart, once its window is over."""
    from andon.flow import story

    story.judge_one(_fix(request, number, pk), request.user, timezone.now())
    return _change(_fix(request, number, pk))


@router.post("/{int:number}/changes/{int:pk}/longer", response=ChangeOut)
def longer(request: HttpRequest, number: int, pk: int, more: Longer):
    """Too few cases to tell: watched longer."""
    actions.watch_on(_fix(request, number, pk), more.days, more.why, request.user, timezone.now())
    return _change(_fix(request, number, pk))


@router.post("/{int:number}/changes/{int:pk}/drop", response=ChangeOut)
def drop(request: HttpRequest, number: int, pk: int, dropped: Why):
    """It is not done after all."""
    actions.drop_fix(_fix(request, number, pk), dropped.why, request.user, timezone.now())
    return _change(_fix(request, number, pk))


def _fixes(question: Escalation):
    rows = question.countermeasures.select_related("mechanism", "measure__mechanism", "in_place", "dropping")
    return rows.prefetch_related("judgements", "extensions")


def _fix(request: HttpRequest, number: int, pk: int) -> Countermeasure:
    return get_object_or_404(_fixes(_found(request, number)), pk=min(pk, 2**63 - 1))


def _change(one: Countermeasure) -> dict:
    newest = max(one.judgements.all(), key=lambda each: (each.at, each.pk), default=None)
    return {
        "id": one.pk, "what": one.what, "mechanism": one.mechanism.slug, "side": one.side, "level": one.level,
        "measure": f"{one.measure.mechanism.slug}/{one.measure.slug}", "window_days": one.window_days,
        "due_on": one.due_on, "baseline": one.baseline, "state": fix_of(one).state,
        "sentence": newest.sentence if newest else "",
    }  # fmt: skip


def _measure(written: str) -> Measure:
    mechanism, _slash, slug = written.partition("/")
    return get_object_or_404(Measure.objects.in_use(), mechanism__slug=mechanism, slug=slug)


def _one(rows, value: str, name: str):
    return get_object_or_404(rows, **{name: value}) if value else None
