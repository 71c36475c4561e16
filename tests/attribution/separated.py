"""A separation and estimates written by hand, for tests of what is shown and to whom."""

from datetime import UTC, datetime

from andon.attribution.models import Estimate, Separation
from andon.people.models import Person

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
SHARES = [
    {"name": "mechanism", "group": "process", "share": 0.5, "low": 0.4, "high": 0.6},
    {"name": "team", "group": "process", "share": 0.1, "low": 0.05, "high": 0.2},
    {"name": "people", "group": "people", "share": 0.03, "low": 0.02, "high": 0.05},
    {"name": "chance", "group": "chance", "share": 0.37, "low": None, "high": None},
]
SENTENCE = "60 % of the differences come from mechanism and team; 3 % from people; the rest is chance."


def level(name: str, **more) -> dict:
    numbers = {"n": 900, "raw": 0.06, "adjusted": 0.05, "low": 0.04, "high": 0.07}
    return {"name": name, "slug": name.casefold().replace(" ", "-"), **numbers, **more}


def separation(outcome: str = "late", kind: str = "proportion", good: str = "low", **more) -> Separation:
    """Of late parcels, as the mechanism `labels` of the cast measures them."""
    told = {
        "computed_at": NOW, "starts": datetime(2025, 3, 3, tzinfo=UTC), "ends": NOW, "n": 1800, "workers": 9,
        "sentence": SENTENCE, "shares": SHARES, "teams": [level("Chat"), level("Phones")],
        "mechanisms": [level("Address labels", slug="labels"), level("Refunds")],
        "small_teams": {"teams": 0, "people": 0}, "standard": 0.08, "standard_basis": "as it was found",
        "funnels": {"team": funnel("Team")}, "watched": {"labels": through_time(".!!")},
        "usual": 0.05, "verdicts": True, "counts": {"meets standard": 9},
    }  # fmt: skip
    return Separation.objects.create(outcome=outcome, kind=kind, good=good, **{**told, **more})


def funnel(noun: str) -> dict:
    """Five groups, one of them outside."""
    rows = [{"name": f"{noun} {i}", "n": 100 * i + 200, "value": 0.05, "outside": i == 4} for i in range(5)]
    return {"centre": 0.05, "spread": 0.05, "between": 0.0001, "rows": rows}


def through_time(alarms: str) -> dict:
    """Three months or so; `alarms` has a letter a month, "!" where the evidence is beyond its limit."""
    periods = [
        {
            "at": f"2025-{month:02d}-01",
            "n": 100,
            "seen": 12,
            "expected": 6.5,
            "sum": 9.0,
            "alarm": letter == "!",
        }
        for month, letter in enumerate(alarms, 1)
    ]
    return {"odds": 2.0, "limit": 8.0, "every": "month", "periods": periods}


def estimate(person: Person, of: Separation, **more) -> Estimate:
    """Of somebody of whom the numbers cannot tell much."""
    told = {
        "n": 310, "mechanisms": 2, "raw": 0.11, "adjusted": 0.06, "low": 0.03, "high": 0.1, "p_below": 0.21,
        "reliability": 0.4, "verdict": "cannot tell", "why": "310 cases are too few to tell.",
    }  # fmt: skip
    return Estimate.objects.create(person=person, separation=of, **{**told, **more})
