"""How escalations are looked up."""

from datetime import datetime, timedelta

from django.apps import apps
from django.db import models
from django.db.models import Case, Exists, ExpressionWrapper, F, OuterRef, Q, Subquery, When
from django.db.models.functions import Coalesce

from andon.escalations.rules import EXPLAIN_WITHIN, MAKE_RIGHT_WITHIN, OWN_WITHIN
from andon.mechanisms.models import Mechanism
from andon.people import access
from andon.people.models import Line
from andon.signals.models import Signal
from andon.watch.models import Cluster

DUE_AGAIN = ("explain_due", "preliminary_due")  # when a question is opened again
PINNED = ("own_due", *DUE_AGAIN)
MOMENTS = ("owned_at", "made_right_at", "explained_at", "closed_at", "preliminary_at", "next_date", *PINNED)


class EscalationQuerySet(models.QuerySet):
    """Access and the vocabulary of the board."""

    def visible_to(self, person):
        """Everybody at work sees every question's number, heading, mechanism and clocks.

        Each knows whether its inside is for `person` to read (`reads`).
        """
        if not access.at_work(person):
            return self.none()
        return self.annotate(reads=ExpressionWrapper(_readable(person), models.BooleanField()))

    def readable_by(self, person):
        """Those whose inside somebody may read: no customer spoke, or they see what was said, or take part."""
        if not access.at_work(person):
            return self.none()
        return self.filter(_readable(person))

    def put_to(self, person):
        """Those somebody is asked: by name, through their team or one they lead, or as an owner."""
        return self.filter(put_to(person)) if access.at_work(person) else self.none()

    def raised_by_person(self, person):
        return self.filter(raised_by=person)

    def of_mechanism(self, mechanism):
        return self.filter(mechanism=mechanism)

    def open(self):
        return self.filter(closing__isnull=True)

    def going_on_about(self, signal_key: str):
        """Open ones about what a customer said, and those that go on in another question."""
        going_on = Q(closing__isnull=True) | Q(merging__isnull=False)
        return self.filter(going_on, signal__key=signal_key).select_related("merging__into__merging")

    def closed(self):
        return self.filter(closing__isnull=False)

    def in_triage(self):
        """Open, and nobody is asked yet: no team, and nobody by name who is still at work."""
        reached = Q(to_person__isnull=False) & Q(to_person__is_active=True)
        return self.open().filter(to_team__isnull=True).exclude(reached)

    def overdue(self, now: datetime):
        """Open, with a clock that is neither met nor has time left."""
        late = _past("own_due", OWN_WITHIN, now) & ~Q(_exists("Ownership"))
        late |= Q(customer_since__lt=now - MAKE_RIGHT_WITHIN) & ~Q(_exists("Entry", kind="made_right"))
        late |= _unexplained(now) & ~Q(_exists_since("Entry", kind="explained"))
        return self.open().filter(late)

    def came_back(self):
        """Opened again after they were closed, or after a change that did not help."""
        return self.filter(_exists("Reopening"))

    def of_the_kind(self, escalation):
        """Others about the same mechanism or cluster, or that failed in the same way; the same mechanism first."""
        failures = apps.get_model("escalations", "Explanation").objects.exclude(failure="")
        failed = failures.filter(escalation=escalation, posted_at__isnull=False).values("failure")
        alike = Q(explanations__failure__in=failed, explanations__posted_at__isnull=False)
        if escalation.mechanism_id:
            alike |= Q(mechanism=escalation.mechanism_id)
        if escalation.cluster_id:
            alike |= Q(cluster=escalation.cluster_id)
        near = Case(When(mechanism=escalation.mechanism_id, then=0), default=1)
        found = self.filter(pk__in=self.model.objects.filter(alike).values("pk")).exclude(pk=escalation.pk)
        return found.annotate(near=near).order_by("near", "-number")

    def with_facts(self):
        """With the moments the clocks need, in the same query."""
        return self.annotate(
            owned_at=_first("Ownership"),
            made_right_at=_first("Entry", kind="made_right"),
            explained_at=_first_since("Entry", kind="explained"),
            closed_at=_first("Closing"),
            preliminary_at=_first_since("Preliminary"),
            next_date=_newest(_since("Preliminary"), "next_at"),
            own_due=F("pin__own_due"),
            **{name: Coalesce(_newest(_rows("Reopening"), name), F(f"pin__{name}")) for name in DUE_AGAIN},
        )

    def board(self):
        """All that a list shows, in one query and two for the owners."""
        related = ("mechanism", "to_team", "to_person", "raised_by", "measure__mechanism", "pin__calendar")
        return self.with_facts().select_related(*related).prefetch_related("ownerships__by")

    def with_marks(self):
        """With what kinds of things happened at all, so that nothing is asked of those that did not (`story.fetch`)."""
        return self.annotate(**{f"has_{name}": found for name, found in _marks().items()})

    def with_story(self):
        """All that happened, for one question and its rules: a query a kind of thing."""
        fixes = "countermeasures"
        return self.with_facts().select_related("merging__into").prefetch_related(
            "ownerships__by", "entries__by", "preliminaries__by", "reopenings__by", f"{fixes}__judgements",
            f"{fixes}__extensions",
        )  # fmt: skip


def _readable(person) -> Q:
    own = Q(signal__isnull=True) | Q(signal__in=Signal.objects.visible_to(person).order_by().values("pk"))
    own &= Q(cluster__isnull=True) | Q(cluster__in=Cluster.objects.visible_to(person).order_by().values("pk"))
    return own | Q(raised_by=person) | Q(asked_also(person)) | put_to(person)


def put_to(person) -> Q:
    """Questions that are for `person` to answer."""
    owned = Mechanism.objects.owned_by(person).order_by().values("pk")
    reach = Q(to_person=person) | Q(mechanism__in=owned)
    reach |= Q(to_team__in=Line.objects.filter(above=person, below__is_active=True).values("below__team"))
    return reach | Q(to_team=person.team_id) if person.team_id else reach


def asked_also(person) -> Exists:
    return _exists("Entry", kind="also_asked", by=person)


def _past(pinned: str, within: timedelta, now: datetime) -> Q:
    """Due before now: as fixed at raising for a team with a calendar, else so long after it."""
    wall = Q(pin__isnull=True, raised_at__lt=now - within)
    return wall | Q(**{f"pin__{pinned}__lt": now})


def _marks() -> dict[str, Exists]:
    into = apps.get_model("escalations", "Merging").objects.filter(into=OuterRef("pk"))
    return {
        "reroutings": _exists("Rerouting"), "preliminaries": _exists("Preliminary"), "namings": _exists("Naming"),
        "reopenings": _exists("Reopening"), "countermeasures": _exists("Countermeasure"),
        "explanations": _exists("Explanation"), "thanks": _exists("Thanks"), "merged": Exists(into),
        "breaches": _exists("Breach"),
    }  # fmt: skip


def _unexplained(now: datetime) -> Q:
    """The time to explain it is over: since raising, or since it was opened again; and no next word is promised."""
    again = Q(_exists("Reopening"))
    over = ~again & _past("explain_due", EXPLAIN_WITHIN, now)
    over |= again & ~Q(_exists("Reopening", explain_due__gte=now))
    return over & ~Q(Exists(_last_word().filter(next_at__gte=now)))


def _last_word():
    """The newest preliminary answer since it was opened again."""
    later = apps.get_model("escalations", "Preliminary").objects.filter(
        escalation=OuterRef("escalation"), pk__gt=OuterRef("pk")
    )
    return _since("Preliminary").filter(~Exists(later))


def _since(model: str, **conditions):
    """Rows that no reopening followed: what was said before does not hold any more."""
    later = apps.get_model("escalations", "Reopening").objects.filter(
        escalation=OuterRef("escalation"), at__gte=OuterRef("at")
    )
    return _rows(model, **conditions).filter(~Exists(later))


def _exists_since(model: str, **conditions) -> Exists:
    return Exists(_since(model, **conditions))


def _first_since(model: str, **conditions) -> Subquery:
    return Subquery(_since(model, **conditions).order_by("at", "pk").values("at")[:1])


def _newest(rows, name: str) -> Subquery:
    return Subquery(rows.order_by("-at", "-pk").values(name)[:1])


def _rows(model: str, **conditions):
    """Rows that hang on an escalation; by name, as the nouns are defined with these look-ups."""
    return apps.get_model("escalations", model).objects.filter(escalation=OuterRef("pk"), **conditions)


def _exists(model: str, **conditions) -> Exists:
    return Exists(_rows(model, **conditions))


def _first(model: str, **conditions) -> Subquery:
    return Subquery(_rows(model, **conditions).order_by("at", "pk").values("at")[:1])
