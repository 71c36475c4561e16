"""Questions: seen, asked, taken on, written to and closed."""

from datetime import datetime
from typing import Literal

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.utils import timezone
from ninja import Query, Router, Schema, Status

from andon.api.paging import Paging, Word, after_key, page
from andon.escalations import access, actions, story
from andon.escalations.cases import case_of
from andon.escalations.models import Escalation
from andon.escalations.rules import life
from andon.mechanisms.models import Measure, Mechanism
from andon.people.models import Team
from andon.signals.models import Signal
from andon.watch.models import Cluster

router = Router(tags=["questions"])


class ClockOut(Schema):
    """One promise: by when, when it was met, and that in words."""

    name: str
    due: datetime
    met_at: datetime | None
    late: bool
    words: str


class EscalationLine(Schema):
    """What everybody at work sees of a question."""

    number: int
    title: str
    mechanism: str | None = None
    addressee: str
    owner: str | None = None
    raised_by: str | None = None
    raised_at: datetime
    closed_at: datetime | None
    clocks: list[ClockOut] = []

    @staticmethod
    def resolve_title(escalation) -> str:
        return escalation.heading

    @staticmethod
    def resolve_mechanism(escalation) -> str | None:
        return escalation.mechanism and escalation.mechanism.slug

    @staticmethod
    def resolve_owner(escalation) -> str | None:
        return escalation.owner and escalation.owner.name

    @staticmethod
    def resolve_raised_by(escalation) -> str | None:
        return escalation.raised_by and escalation.raised_by.name

    @staticmethod
    def resolve_clocks(escalation, context) -> list:
        return escalation.clocks(timezone.now())


class EscalationPage(Schema):
    items: list[EscalationLine]
    next: str


class StepOut(Schema):
    """One thing that happened to a question."""

    at: datetime
    by: str | None
    kind: str
    what: str
    text: str

    @staticmethod
    def resolve_by(step) -> str | None:
        return step.by and step.by.name


class EscalationOut(EscalationLine):
    """A question with its story; texts are empty for those who may not read what the customer said."""

    signal: str | None = None
    cluster: int | None = None
    measure: str | None = None
    point_at: datetime | None
    state: str = ""
    merged_into: int | None = None
    story: list[StepOut] = []

    @staticmethod
    def resolve_state(escalation) -> str:
        return life.state(case_of(escalation))

    @staticmethod
    def resolve_merged_into(escalation) -> int | None:
        merging = getattr(escalation, "merging", None)
        return merging.into.number if merging else None

    @staticmethod
    def resolve_signal(escalation, context) -> str | None:
        if escalation.signal_id and access.may_read(context["request"].user, escalation):
            return escalation.signal.key
        return None

    @staticmethod
    def resolve_cluster(escalation, context) -> int | None:
        if escalation.cluster_id and access.may_read(context["request"].user, escalation):
            return escalation.cluster_id
        return None

    @staticmethod
    def resolve_measure(escalation) -> str | None:
        measure = escalation.measure
        return measure and f"{measure.mechanism.slug}/{measure.slug}"

    @staticmethod
    def resolve_story(escalation, context) -> list:
        return story.told_to(context["request"].user, escalation)


class Which(Paging):
    """Which questions: their state, and only those put to, or raised by, whoever asks."""

    state: Literal["open", "closed", "overdue", "triage", "came_back", "all"] = "open"
    whose: Literal["all", "put_to_me", "raised_by_me"] = "all"


class Question(Schema):
    """What is asked about, and of whom; everything is optional as long as something is said."""

    signal: Word = ""
    cluster: int | None = None
    mechanism: Word = ""
    measure: Word = ""
    point_at: datetime | None = None
    to_person: Word = ""
    to_team: Word = ""
    title: str = ""
    note: str = ""


class Writing(Schema):
    """`kind` is note, answer, made_right or explained."""

    kind: str = "note"
    text: str


class Reason(Schema):
    reason: str = ""


class Naming(Schema):
    mechanism: Word


def _visible(request: HttpRequest):
    return Escalation.objects.visible_to(request.user)


def _found(request: HttpRequest, number: int) -> Escalation:
    return get_object_or_404(_visible(request).board().select_related("signal"), number=_small(number))


def _small(number: int) -> int:
    """A number that a database can look for."""
    if not 0 < number < 2**31:
        raise Http404
    return number


def _narrowed(request: HttpRequest, which: Which):
    found = _visible(request).board()
    if which.whose == "put_to_me":
        found = found.put_to(request.user)
    if which.whose == "raised_by_me":
        found = found.raised_by_person(request.user)
    states = {
        "open": found.open, "closed": found.closed, "triage": found.in_triage, "came_back": found.came_back,
        "all": found.all,
    }  # fmt: skip
    return found.overdue(timezone.now()) if which.state == "overdue" else states[which.state]()


@router.get("", response=EscalationPage)
def escalations(request: HttpRequest, which: Query[Which]):
    """Questions, newest first."""
    which.after = str(_small(int(which.after))) if which.after.isdecimal() else ""
    return page(after_key(_narrowed(request, which), "number", which, int), which, lambda one: one.number)


@router.get("/{int:number}", response=EscalationOut)
def escalation(request: HttpRequest, number: int):
    """One question with its story."""
    return _found(request, number)


@router.post("", response={201: EscalationOut})
def ask(request: HttpRequest, question: Question):
    """Asks. While the same is asked already, this joins the open question."""
    asked = actions.raise_escalation(
        by=request.user,
        now=timezone.now(),
        note=question.note,
        title=question.title,
        point_at=_aware(question.point_at),
        **_things(request, question),
    )
    return Status(201, _found(request, asked.number))


def _things(request: HttpRequest, question: Question) -> dict:
    """What the question names, out of what whoever asks may see: the rest does not exist."""
    by = request.user
    signals = Signal.objects.visible_to(by).select_related("mechanism__owner", "mechanism__owner_team")
    mechanisms = Mechanism.objects.visible_to(by).in_use()
    return {
        "signal": _one(signals, question.signal, "key"),
        "cluster": _cluster(request, question.cluster),
        "mechanism": _one(mechanisms, question.mechanism, "slug"),
        "measure": _measure(request, question.measure),
        "to_person": _one(access.askable(by), question.to_person, "number"),
        "to_team": _one(Team.objects.all(), question.to_team, "slug"),
    }


def _one(rows, value: str, name: str):
    return get_object_or_404(rows, **{name: value}) if value else None


def _cluster(request: HttpRequest, number: int | None) -> Cluster | None:
    if number is None:
        return None
    seen = Cluster.objects.visible_to(request.user).select_related(
        "mechanism__owner", "mechanism__owner_team"
    )
    return get_object_or_404(seen, pk=_small(number))


def _measure(request: HttpRequest, written: str) -> Measure | None:
    if not written:
        return None
    mechanism, _, slug = written.partition("/")
    visible = Measure.objects.visible_to(request.user).in_use()
    return get_object_or_404(visible, mechanism__slug=mechanism, slug=slug)


def _aware(moment: datetime | None) -> datetime | None:
    return timezone.make_aware(moment) if moment and timezone.is_naive(moment) else moment


@router.post("/{int:number}/own", response=EscalationOut)
def own(request: HttpRequest, number: int):
    """Takes it on."""
    actions.own(_found(request, number), by=request.user, now=timezone.now())
    return _found(request, number)


@router.post("/{int:number}/entries", response={201: EscalationOut})
def write(request: HttpRequest, number: int, writing: Writing):
    """Writes to it."""
    actions.write(_found(request, number), writing.kind, writing.text, by=request.user, now=timezone.now())
    return Status(201, _found(request, number))


@router.post("/{int:number}/close", response=EscalationOut)
def close(request: HttpRequest, number: int, reason: Reason):
    """Closes it: answered, or with a reason why no answer is needed."""
    actions.close(_found(request, number), reason.reason, by=request.user, now=timezone.now())
    return _found(request, number)


@router.post("/{int:number}/mechanism", response=EscalationOut)
def name_mechanism(request: HttpRequest, number: int, naming: Naming):
    """Says which mechanism it is about, and so puts it to its owner."""
    mechanism = get_object_or_404(Mechanism.objects.visible_to(request.user), slug=naming.mechanism)
    actions.name_mechanism(_found(request, number), mechanism, by=request.user, now=timezone.now())
    return _found(request, number)
