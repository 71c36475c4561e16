"""The people of the tests: two teams that serve customers, one that owns a mechanism, and those above.

Phones uses the mechanism `labels`, which Fulfilment owns; Chat owns and uses `refunds`. So Charlie, in
Chat, must see nothing of what customers of Phones said, nor look up its people.
"""

from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace

from andon.mechanisms.models import Measure, Mechanism
from andon.people import lines
from andon.people.models import Grant, Person, Team
from andon.signals.models import Signal

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
PASSWORD = "correct horse battery"  # the same for everybody, as nobody here is real

PEOPLE = (
    # key, number, name, team, title, manager, granted role
    ("lena", "1", "Lena Leader", "service", "Head of service", "", "leader"),
    ("hana", "2", "Hana Partner", "service", "HR partner", "lena", "hr_partner"),
    ("ana", "3", "Ana Analyst", "service", "Analyst", "lena", "analyst"),
    ("adam", "4", "Adam Admin", "service", "Administrator", "lena", "administrator"),
    ("martin", "10", "Martin Manager", "phones", "Manager of Phones", "lena", ""),
    ("alice", "11", "Alice Agent", "phones", "Agent", "martin", ""),
    ("bob", "12", "Bob Agent", "phones", "Agent", "martin", ""),
    ("lea", "13", "Lea Left", "phones", "Agent", "martin", ""),
    ("mona", "20", "Mona Manager", "chat", "Manager of Chat", "lena", ""),
    ("charlie", "21", "Charlie Agent", "chat", "Agent", "mona", ""),
    ("frank", "22", "Frank Former", "service", "Project lead, once manager of Phones", "lena", ""),
    ("olga", "30", "Olga Owner", "fulfilment", "Process owner", "lena", ""),
)
TEAMS = {"service": "Service", "phones": "Phones", "chat": "Chat", "fulfilment": "Fulfilment"}


def make_cast() -> SimpleNamespace:
    """Everybody, their teams (`cast.phones`), mechanisms (`cast.labels`), measures and three signals."""
    cast = SimpleNamespace(now=NOW, password=PASSWORD)
    for slug, name in TEAMS.items():
        setattr(cast, slug, Team.objects.create(slug=slug, name=name))
    for row in PEOPLE:
        _employ(cast, *row)
    _leave(cast.lea)
    lines.rebuild()
    _register(cast)
    _hear(cast)
    return cast


def _employ(cast, key: str, number: str, name: str, team: str, title: str, manager: str, role: str) -> None:
    person = Person.objects.create_person(
        number=number,
        name=name,
        email=f"{key}@example.com",
        password=PASSWORD,
        team=getattr(cast, team),
        title=title,
        manager=getattr(cast, manager) if manager else None,
        joined=date(2024, 1, 1),
    )
    if role:
        Grant.objects.create(person=person, role=role, granted_at=NOW)
    setattr(cast, key, person)


def _leave(person: Person) -> None:
    person.left, person.is_active = date(2025, 6, 30), False
    person.save()


def _register(cast) -> None:
    cast.labels = Mechanism.objects.create(
        slug="labels", name="Address labels", owner=cast.olga, owner_team=cast.fulfilment, kind="it_system"
    )
    cast.labels.consumers.set([cast.phones])
    cast.refunds = Mechanism.objects.create(
        slug="refunds", name="Refunds", owner=cast.mona, owner_team=cast.chat, kind="procedure"
    )
    cast.refunds.consumers.set([cast.chat])
    cast.late = Measure.objects.create(
        mechanism=cast.labels, slug="late", name="Arrived late", outcome="late", good="low", spec_upper=0.05
    )
    cast.refund_days = Measure.objects.create(
        mechanism=cast.refunds,
        slug="days",
        name="Days to refund",
        outcome="days",
        kind="value",
        unit="days",
        good="low",
    )


def _hear(cast) -> None:
    """`cast.torn` is about labels, `cast.unpaid` about refunds; nobody has said what `cast.lost` is."""
    cast.torn = _say("The label was torn and my parcel went to Mr Finch next door.", cast.labels, 1)
    cast.unpaid = _say("Where is my refund?", cast.refunds, 2)
    cast.lost = _say("I have been waiting for three weeks.", None, 3)


def _say(text: str, mechanism: Mechanism | None, hours_ago: int) -> Signal:
    return Signal.objects.create(
        key=f"said-{hours_ago}",
        text=text,
        mechanism=mechanism,
        received_at=NOW - timedelta(hours=hours_ago),
        digest=f"{hours_ago:064d}",
        customer=f"customer-{hours_ago}",
        contact_name="Fiona Finch",
        contact="fiona@example.org",
        channel="mail",
    )
