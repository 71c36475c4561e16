"""Server time and number of queries of every page: 5,000 people, 100,000 signals, 200 measures and the demo's
2 million interactions. Pages are called in this process, as the web server calls them.

The budget is for the median; the CPU column is what the page itself takes when the machine has other work as
well.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from statistics import median

MILLISECONDS, QUERIES = 150, 15
RUNS = 9
MEASURES = 200


@dataclass(frozen=True)
class Page:
    """A page as somebody sees it."""

    who: str
    path: str
    milliseconds: float
    cpu: float
    queries: int
    size: int

    @property
    def holds(self) -> bool:
        return self.milliseconds <= MILLISECONDS and self.queries <= QUERIES


def main() -> int:
    """The number of pages over budget is the exit status."""
    asked = arguments()
    home = asked.home or Path(tempfile.mkdtemp(prefix="andon-bench-"))
    set_up(home)
    if not (home / "made").exists():
        make(home, asked.interactions, asked.signals, asked.people)
    pages = [measure(who, path) for who, path in wanted()]
    show(pages)
    return sum(not page.holds for page in pages)


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--home", type=Path, help="Folder to make the organisation in, and to find it in next time."
    )
    parser.add_argument("--interactions", type=int, default=2_000_000)
    parser.add_argument("--signals", type=int, default=100_000)
    parser.add_argument("--people", type=int, default=5_000)
    return parser.parse_args()


def set_up(home: Path) -> None:
    os.environ |= {"ANDON_HOME": str(home), "DJANGO_SETTINGS_MODULE": "andon.config.settings"}
    import django

    django.setup()
    from django.conf import settings

    settings.ALLOWED_HOSTS = ["testserver"]
    settings.STATIC_ROOT.mkdir(parents=True, exist_ok=True)


def make(home: Path, interactions: int, signals: int, people: int) -> None:
    from django.core.management import call_command

    from andon.flow.demo import load_demo
    from andon.simulate import Sizes, simulate

    call_command("migrate", verbosity=0, skip_checks=True)
    now = datetime.now(UTC)
    sizes = Sizes(
        people=people, teams=max(people // 30, 2), mechanisms=52, interactions=interactions, signals=signals
    )
    say("making up the organisation")
    simulate(home / "simulated", end=now.date(), sizes=sizes)
    load_demo(home / "simulated", None, now, say)
    trim()
    (home / "made").touch()


def trim() -> None:
    """Exactly 200 measures in use."""
    from andon.mechanisms.models import Measure

    beyond = Measure.objects.order_by("pk").values_list("pk", flat=True)[MEASURES:]
    Measure.objects.filter(pk__in=list(beyond)).update(retired_at=datetime.now(UTC))


def say(what: str) -> None:
    print(f"{time.strftime('%H:%M:%S')} {what}", file=sys.stderr, flush=True)


def wanted() -> Iterator[tuple[str, str]]:
    from andon.attribution.models import Separation
    from andon.escalations.models import Escalation
    from andon.mechanisms.models import Measure
    from andon.people.models import Person, Team
    from andon.signals.models import Dataset, Signal
    from andon.watch.models import Chart, Cluster

    separated = Separation.objects.filter(problem="").values("outcome")
    of_people = Measure.objects.in_use().filter(outcome__in=separated).select_related("mechanism").first()
    chart = Chart.objects.filter(out=True).select_related("measure__mechanism").order_by("-customers").first()
    mechanism = chart.measure.mechanism.slug
    month = Signal.objects.exclude(mechanism=None).values_list("month", flat=True).first()
    yield from (("leader", path) for path in (
        "/", "/wall/", "/wall/?out=1", "/wall/?q=time", "/mechanisms/", f"/mechanisms/{mechanism}/",
        f"/mechanisms/{mechanism}/{chart.measure.slug}/", "/voice/", "/voice/?q=parcel",
        "/voice/?q=zebra+crossing",
        f"/voice/?mechanism={mechanism}", f"/voice/?month={month}&band=low", "/voice/?mechanism=none",
        f"/voice/{Signal.objects.first().key}/", "/escalations/",
        f"/escalations/{Escalation.objects.first().number}/",
        "/people/", "/people/?q=an", "/people/teams/", f"/people/teams/{Team.objects.last().slug}/",
        f"/people/{Person.objects.last().pk}/",
        "/voice/clusters/", *(f"/voice/clusters/{one.pk}/" for one in Cluster.objects.all()[:1]),
        "/journeys/", f"/journeys/steps/{mechanism}/", f"/journeys/?show=at:{mechanism}",
        "/system/", f"/mechanisms/{of_people.mechanism.slug}/{of_people.slug}/system/",
        "/metrics/", "/metrics/?of=repeat_contact&in=phone-line", "/contact-centre/", "/contact-centre/?in=phone-line",
        "/contact-centre/handling/",
    ))  # fmt: skip
    yield from (
        ("employee", path)
        for path in (
            "/",
            "/wall/",
            "/voice/",
            "/voice/?q=parcel",
            "/escalations/",
            "/people/",
            "/me/estimates/",
        )
    )
    yield from (("employee", path) for path in OWN)
    yield from (("manager", path) for path in ("/", "/voice/", "/people/"))
    yield from people_half()
    yield from (
        ("administrator", path)
        for path in ("/data/", f"/data/{Dataset.objects.first().key}/", "/people/roles/")
    )


OWN = (
    "/me/", "/me/record/", "/me/record/readers/", "/me/record/everything.zip", "/me/plan/", "/me/coaching/",
    "/me/one-to-ones/", "/me/accomplishments/", "/me/feedback/", "/me/feedback/+ask/", "/me/colleagues/?q=an",
    "/me/recognition/", "/me/training/", "/me/mentoring/", "/me/careers/", "/me/development/", "/objectives/",
    "/objectives/mine/", "/standards/", "/standards/history/", "/principles/", "/what-is-kept/",
)  # fmt: skip
LEADS = ("/team/", "/team/owed/", "/plans/", "/standards/team/", "/objectives/line/")
HR = (
    "/hr/plans/", "/hr/consistency/", "/hr/calibration/", "/hr/law/", "/hr/law/leavers/", "/hr/law/holds/new/",
    "/hr/skills/", "/hr/courses/", "/hr/paths/", "/standards/calibration/", "/standards/roles/", "/plans/",
    "/people/", "/objectives/import/", "/objectives/cycles/",
)  # fmt: skip


def people_half() -> Iterator[tuple[str, str]]:
    """Pages of the people half: of one's own, of a line, of HR; with a plan where there is one."""
    from andon.people.models import Person
    from andon.plans.models import Plan
    from andon.standards.models import Cycle, Standard

    standard = Standard.objects.in_use().exclude(measure=None).first()
    below = Person.objects.at_work().filter(manager=somebody("manager")).order_by("pk").first()
    yield from (("manager", path) for path in LEADS)
    yield from (("manager", path) for path in (
        f"/team/{below.pk}/", f"/record/{below.pk}/", f"/plans/way/{below.pk}/", f"/standards/{standard.pk}/readers/",
    ))  # fmt: skip
    yield from (("hr_partner", path) for path in HR)
    yield "hr_partner", f"/hr/consistency/?standard={standard.pk}"
    yield "hr_partner", f"/standards/{standard.pk}/"
    yield "hr_partner", f"/standards/roles/{standard.job_role.slug}/"
    yield "hr_partner", f"/objectives/?cycle={Cycle.objects.first().slug}"
    for plan in Plan.objects.all()[:1]:
        yield "hr_partner", f"/plans/{plan.pk}/"
        yield "hr_partner", f"/plans/{plan.pk}/dossier.pdf"


def somebody(role: str):
    """The same somebody of each role every time."""
    from andon.people.models import Person

    at_work = Person.objects.at_work().order_by("pk")
    if role == "employee":
        return at_work.filter(reports=None, grants=None, team__used_mechanisms__isnull=False).first()
    return (
        at_work.filter(reports__isnull=False).first()
        if role == "manager"
        else at_work.with_role(role).first()
    )


def measure(who: str, path: str) -> Page:
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    client = Client()
    client.force_login(somebody(who), "allauth.account.auth_backends.AuthenticationBackend")
    with CaptureQueriesContext(connection) as captured:
        answer = client.get(path)
        queries = len(captured)
    if answer.status_code != 200:
        raise SystemExit(f"{path} answered {answer.status_code} to the {who}")
    times = [timed(client, path) for _ in range(RUNS)]
    wall, cpu = (median(one) for one in zip(*times, strict=True))
    return Page(who, path, wall, cpu, queries, len(answer.content))


def timed(client, path: str) -> tuple[float, float]:
    """Milliseconds on the clock and on the processor."""
    began, worked = time.perf_counter(), time.process_time()
    client.get(path)
    return (time.perf_counter() - began) * 1000, (time.process_time() - worked) * 1000


def show(pages: list[Page]) -> None:
    print(f"{'who':14} {'page':62} {'ms':>6} {'cpu':>6} {'queries':>8} {'KB':>6}")
    for page in pages:
        over = "" if page.holds else "  over"
        numbers = f"{page.milliseconds:6.0f} {page.cpu:6.0f} {page.queries:8d} {page.size / 1024:6.0f}"
        print(f"{page.who:14} {page.path[:62]:62} {numbers}{over}")
    print(f"Budget: {MILLISECONDS} ms (median of {RUNS}) and {QUERIES} queries a page.")


if __name__ == "__main__":
    sys.exit(main())
