"""Making the organisation of the demo: simulated files, brought in as a user would, and its accounts."""

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from typing import Any

from rich.console import Console
from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from andon.cli.demo_home import DemoHome
from andon.cli.setting_up import set_up
from andon.cli.upkeep import make_ready_to_serve

STEPS = 16
SMALL = {"interactions": 200_000, "signals": 4_000}


def make(home: DemoHome, screen: Console, small: bool, seed: int) -> None:
    """From nothing to an organisation that can be signed in to; marked ready only at the very end."""
    home.begin(password=_password())
    now = datetime.now(UTC)
    with _steps(screen) as step:
        step("Database")
        bring_up_to_date()
        _simulate(home, small, seed, now.date(), step)
        _bring(home, now, step)
        step("People who may sign in")
        accounts = open_accounts(home.password, now)
    home.write(state="ready", accounts=accounts, small=small, seed=seed)


def bring_up_to_date() -> None:
    """The database as this version of the program wants it."""
    set_up()
    make_ready_to_serve()


def recover() -> None:
    """What a worker that was killed had begun is queued again."""
    from andon.flow.recovery import recover

    recover(datetime.now(UTC))


def _simulate(home: DemoHome, small: bool, seed: int, today: date, step: Any) -> None:
    from andon.simulate import Sizes, simulate

    sizes = Sizes(**SMALL) if small else Sizes()
    said = lambda name: step(f"Making up an organisation: {name}")  # noqa: E731
    simulate(home.folder / "simulated", end=today, seed=seed, sizes=sizes, progress=said)


def _bring(home: DemoHome, now: datetime, step: Any) -> None:
    from andon.flow.demo import load_demo

    load_demo(home.folder / "simulated", None, now, step)


def open_accounts(password: str, now: datetime) -> dict[str, dict[str, str]]:
    """One person for each role, and those of a plan, with the same password: {role: {email, name, what}}."""
    from andon.flow.demo_plans import in_the_story
    from andon.people.actions import set_password

    found = {}
    for role, person, what in (*_one_of_each(), *in_the_story()):
        if role not in found and person is not None and person.email:
            set_password(person, password, by=None, now=now)
            found[role] = {"email": person.email, "name": person.name, "what": what}
    return found


def _one_of_each() -> Iterator[tuple[str, Any, str]]:
    from andon.mechanisms.models import Mechanism
    from andon.people.models import Person

    at_work = Person.objects.at_work().exclude(email=None).select_related("team")
    plain = at_work.filter(reports=None, grants=None, owned_mechanisms=None, manager__isnull=False)
    user = plain.filter(team__used_mechanisms__isnull=False).order_by("number").first() or plain.first()
    manager = at_work.filter(pk=user.manager_id).first() if user else None
    yield "employee", user, f"serves customers in {user.team}" if user else ""
    yield "manager", manager, f"leads {manager.team}" if manager else ""
    mechanisms = (
        Mechanism.objects.exclude(owner=None)
        .select_related("owner")
        .order_by("-measures__chart__customers", "pk")
    )
    owned = mechanisms.filter(measures__chart__out=True).first() or mechanisms.first()
    yield (
        "mechanism owner",
        owned.owner if owned else None,
        f"answers for {owned.name.lower()}" if owned else "",
    )
    for role, name, what in (
        ("leader", "leader", "sees every signal and chart"),
        ("hr_partner", "HR partner", "keeps the staff list"),
        ("analyst", "analyst", "brings data, keeps the register"),
        ("administrator", "administrator", "gives roles, brings everything"),
    ):
        yield name, at_work.with_role(role).order_by("number").first(), what


def _password() -> str:
    """Easy to read out and to type, and long enough for the rules."""
    letters = "abcdefghjkmnpqrstuvwxyz23456789"
    return "-".join("".join(secrets.choice(letters) for _ in range(4)) for _ in range(4))


@contextmanager
def _steps(screen: Console) -> Iterator[Any]:
    columns = (SpinnerColumn(), TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn())
    with Progress(*columns, console=screen, transient=True) as progress:
        task = progress.add_task("Starting", total=STEPS)

        def step(name: str) -> None:
            progress.update(task, description=name, advance=1)
            if not screen.is_terminal:
                print(name, flush=True)

        yield step
