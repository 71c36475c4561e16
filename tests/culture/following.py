"""A report of journeys as if computed."""

from datetime import timedelta

from andon.culture.journeys.models import JourneyReport, JourneySlice


def followed(now, first="labels", second="refunds", **more) -> JourneyReport:
    """Customers who come to one step, and of whom some go on to another or come back; whole, and by quarter."""
    ends = now - timedelta(days=7)
    report = JourneyReport.objects.create(
        computed_at=now, starts=ends - timedelta(days=182), ends=ends, gap=7, said=25, nobody=10, **more
    )
    keys = ["all", *(f"from:{(ends - timedelta(days=days)).date()}" for days in (91, 182)), f"at:{first}"]
    rows = [
        JourneySlice(report=report, key=key, place=i, content=content(first, second))
        for i, key in enumerate(keys)
    ]
    JourneySlice.objects.bulk_create(rows)
    return report


def content(first, second) -> dict:
    return {
        "contacts": 1500, "customers": 900, "journeys": 1000, "single": 700, "open": 15, "months": 6.0,
        "steps": [step(first, 1000, saved=40.0), step(second, 500, saved=0.0)],
        "passages": [way(first, second, 200), way(first, first, 100), way(second, first, 30)],
        "paths": [{"steps": [first, second], "journeys": 150, "more": False}],
        "bands": [band(1, first, second, 180), band(1, first, first, 90), band(2, second, "", 170),
                  band(2, first, "", 80)],
    }  # fmt: skip


def step(name, contacts, saved):
    amount = {"value": saved, "low": saved - 10, "high": saved + 10}
    return {
        "name": name, "contacts": contacts, "customers": contacts - 100, "begins": contacts - 200,
        "ends": contacts - 300, "repeats": 100, "passed": None, "gave_up": None, "left": None,
        "few": ["gave_up"], "wait": 95.0, "effort": 3.4,
        "hours": 36.0,
        "saving": {"contacts": contacts / 6, "returns": 60.0, "anyway": 20.0, "saved": amount, "days": amount},
    }  # fmt: skip


def way(start, end, times):
    return {"start": start, "end": end, "times": times, "hours": 36.0}


def band(place, start, end, journeys):
    return {"place": place, "start": start, "end": end, "journeys": journeys}
