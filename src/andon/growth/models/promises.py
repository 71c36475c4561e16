"""Promises of support: somebody owes them, by a day; they come, or they do not, and the person says so."""

from collections.abc import Iterable
from datetime import datetime

from django.db import models
from django.db.models import Exists, OuterRef, Q, Subquery
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from andon.growth.models.coaching import Coaching
from andon.growth.models.kept import Written
from andon.growth.models.passing import at_work, ower, within_reach
from andon.growth.rules.promises import Facts, State, state
from andon.people.models import Person


class Kind(models.TextChoices):
    TRAINING = "training", _("Training")
    COACHING = "coaching", _("Coaching")
    MENTORING = "mentoring", _("Mentoring")
    TOOL = "tool", _("A tool or access to one")
    TIME = "time", _("Time")
    SIT_IN = "sit_in", _("Sitting in on calls with customers")
    REVIEWS = "reviews", _("Reading what customers write, together")
    USER_TEST = "user_test", _("Joining a test with users")
    OTHER = "other", _("Something else")


CUSTOMER_CENTRED = frozenset({Kind.SIT_IN, Kind.REVIEWS, Kind.USER_TEST})


class PromiseQuerySet(models.QuerySet):
    """How promises are looked up."""

    def to(self, person: Person):
        return self.filter(person=person)

    def waiting(self):
        """Not delivered, or doubted without an answer; and not let go of by the person."""
        came = Delivery.objects.filter(promise=OuterRef("pk"))
        return self.filter(~Exists(came) | Exists(_open_doubts()), release=None)

    def with_ower(self):
        """With `owes` and `owes_name`: who owes it now. What no manager took on stays with who took it on."""
        owing = self.annotate(owes=ower("held_by", stays=Q(held_as_manager=False)))
        return owing.annotate(
            owes_name=Subquery(Person.objects.filter(pk=OuterRef("owes")).values("name")[:1])
        )

    def owed_by(self, person: Person):
        """What `person` owes today to people who work here."""
        near = self.filter(within_reach(person, "held_by"), at_work("person__"))
        return near.with_ower().filter(owes=person.pk)

    def listed(self):
        """With what its state depends on, in the same query: for lists that do not tell the story."""
        came = Delivery.objects.filter(promise=OuterRef("pk")).order_by("at").values("at")[:1]
        return self.select_related("release").annotate(
            came_at=Subquery(came), is_doubted=Exists(_open_doubts())
        )

    def complete(self):
        """With its whole story, in a fixed number of queries."""
        related = ("person", "owed_by", "by", "release__by")
        return (
            self.with_ower()
            .select_related(*related)
            .prefetch_related("deliveries__by", "doubts__answer__by", "passings__to", "passings__by")
        )


def _open_doubts() -> models.QuerySet:
    """Doubts of a promise that nobody has answered, in words or by delivering anew."""
    later = Delivery.objects.filter(promise=OuterRef("promise"), at__gt=OuterRef("at"))
    return Doubt.objects.filter(~Exists(later), promise=OuterRef("pk"), answer=None)


class Promise(Written):
    """Support that was promised to somebody. `as_manager`: by somebody above them, so that it passes on.

    `held_by` repeats what its passings say, to look up by: who took it on last.
    """

    person = models.ForeignKey(Person, models.PROTECT, related_name="promises")
    owed_by = models.ForeignKey(Person, models.PROTECT, related_name="owed_promises")
    as_manager = models.BooleanField(default=True)
    held_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="held_promises")
    held_as_manager = models.BooleanField(default=True)
    what = models.TextField()
    kind = models.CharField(max_length=12, choices=Kind.choices)
    due = models.DateField()
    coaching = models.ForeignKey(Coaching, models.PROTECT, null=True, blank=True, related_name="promises")

    objects = PromiseQuerySet.as_manager()

    class Meta:
        ordering = ["due", "pk"]
        indexes = [models.Index(fields=["person", "due"]), models.Index(fields=["held_by", "due"])]

    def __str__(self) -> str:
        return self.what

    @property
    def customer_centred(self) -> bool:
        """Whether it brings the person closer to customers."""
        return self.kind in CUSTOMER_CENTRED

    def facts(self, now: datetime) -> Facts:
        """What its state depended on at a moment; no query where it was `listed` (now only) or `complete`."""
        if hasattr(self, "is_doubted"):
            came_on = timezone.localdate(self.came_at) if self.came_at else None
            return Facts(self.due, came_on, self.is_doubted, hasattr(self, "release"))
        came = sorted(one.at for one in self.deliveries.all() if one.at <= now)
        release = getattr(self, "release", None)
        return Facts(
            due=self.due,
            delivered_on=timezone.localdate(came[0]) if came else None,
            doubted=any(doubt.open_at(now, came) for doubt in self.doubts.all()),
            released=release is not None and release.at <= now,
        )

    def state(self, now: datetime) -> State:
        return state(self.facts(now), timezone.localdate(now))


class Passing(Written):
    """Somebody else owes it from here on: who had it handed it on, or left (then `by` is nobody: Andon noted it)."""

    promise = models.ForeignKey(Promise, models.PROTECT, related_name="passings")
    to = models.ForeignKey(Person, models.PROTECT, related_name="+")
    by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    as_manager = models.BooleanField(default=True)
    words = models.TextField(blank=True)

    class Meta:
        ordering = ["at", "pk"]


class Delivery(Written):
    """Somebody says that it came, and how."""

    promise = models.ForeignKey(Promise, models.PROTECT, related_name="deliveries")
    words = models.TextField()

    class Meta:
        ordering = ["at", "pk"]


class Doubt(Written):
    """The person says that it did not come, or did not help."""

    promise = models.ForeignKey(Promise, models.PROTECT, related_name="doubts")
    words = models.TextField()

    class Meta:
        ordering = ["at", "pk"]

    def open_at(self, now: datetime, deliveries: Iterable[datetime]) -> bool:
        """Whether it stood unanswered at a moment; delivering anew is an answer too."""
        answer = getattr(self, "answer", None)
        answered = answer is not None and answer.at <= now
        return self.at <= now and not answered and not any(at > self.at for at in deliveries)


class DoubtAnswer(Written):
    """What is done about it, by whoever owes the promise or is above the person."""

    doubt = models.OneToOneField(Doubt, models.PROTECT, related_name="answer")
    words = models.TextField()


class Release(Written):
    """The person lets go of a promise that they no longer want. Nobody else can."""

    promise = models.OneToOneField(Promise, models.PROTECT, related_name="release")
    words = models.TextField(blank=True)
