"""The audit against known truth: what is planted is found, what is not is not, and a mix of roles is no bias."""

from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import pytest

from andon.culture.fairness import rules, telling
from andon.culture.fairness.processes import Nature
from andon.evidence.verifying import verify_bytes
from tests.culture import fair

pytestmark = pytest.mark.django_db


@pytest.fixture
def house():
    found = fair.company()
    fair.audits(found)
    return found


def gender(found) -> list:
    """Women are every fourth, so that both roles hold as many of them."""
    return [(one, "woman" if i % 8 in (0, 1) else "man") for i, one in enumerate(found.staff)]


def of(rows, value: str) -> list:
    return [one for one, group in rows if group == value]


def test_a_planted_difference_is_found_and_called_adverse(house):
    rows = gender(house)
    fair.bring(house, rows)
    fair.thank(house, [*of(rows, "woman")[:10], *of(rows, "man")[:105]])
    row = fair.table(fair.examine(house), "recognised")["rows"][0]
    assert (row["group"], row["x"], row["n"], row["others_x"], row["others"]) == ("woman", 10, 50, 105, 150)
    assert (row["verdict"], row["adverse"]) == ("differs", True)
    assert row["four_fifths"] == pytest.approx(0.2 / 0.7)
    assert row["happens"]["estimate"] == pytest.approx(0.2 / 0.7)
    assert row["spared"]["estimate"] == pytest.approx(0.8 / 0.3)


def test_the_same_rate_shows_no_sign_and_says_what_could_be_hidden(house):
    rows = gender(house)
    fair.bring(house, rows)
    fair.thank(house, [*of(rows, "woman")[:20], *of(rows, "man")[:60]])
    audit = fair.examine(house)
    row = fair.table(audit, "recognised")["rows"][0]
    assert (row["verdict"], row["adverse"]) == ("none", None)
    assert 1.2 < row["hidden_up_to"] < 2
    told = telling.part(fair.part(audit))
    sentence = next(one for one in told.full if one.name == "Thanked for what they did").rows[0].sentence
    assert sentence.startswith("No sign of a difference; the data could hide a ratio up to 1.")


def test_what_only_the_mix_of_roles_makes_is_called_so(house):
    """Advisers are thanked seven times in ten and handlers one in ten, and nine in ten women are handlers."""
    advisers, handlers = house.staff[::2], house.staff[1::2]
    women = {one.pk for one in [*handlers[:60], *advisers[:8]]}
    fair.bring(house, [(one, "woman" if one.pk in women else "man") for one in house.staff])
    thanked = [one for place, one in enumerate(advisers) if place % 10 < 7]
    fair.thank(house, [*thanked, *(one for place, one in enumerate(handlers) if place % 10 == 0)])
    row = fair.table(fair.examine(house), "recognised")["rows"][0]
    assert row["corrected"] < 0.001
    assert row["verdict"] == "mixed"
    assert row["inside"]["ratio"]["low"] < 1 < row["inside"]["ratio"]["high"]


def test_a_difference_that_the_mix_of_roles_hides_is_found(house):
    """Women are all thanked less in either role, but more of them are in the role that is thanked more."""
    advisers, handlers = house.staff[::2], house.staff[1::2]
    women = [*advisers[:80], *handlers[:20]]
    men = [*advisers[80:], *handlers[20:]]
    fair.bring(house, [(one, "woman") for one in women] + [(one, "man") for one in men])
    fair.thank(house, [*advisers[:36], *advisers[80:100], *handlers[20:45]])
    row = fair.table(fair.examine(house), "recognised")["rows"][0]
    assert row["p"] > 0.05
    assert (row["verdict"], row["adverse"]) == ("masked", True) or row["group"] == "man"


def test_a_role_of_one_group_alone_cannot_be_told_from_the_group(house):
    rows = [(one, "woman" if one.title == "Handler" else "man") for one in house.staff]
    fair.bring(house, rows)
    fair.thank(house, of(rows, "man")[:60])
    assert fair.table(fair.examine(house), "recognised")["rows"][0]["verdict"] == "alone"


def test_a_burden_is_adverse_to_whom_it_falls_more_often(house):
    people = {one: "a" if one < 40 else "b" for one in range(200)}
    happened = {one for one in people if (one < 40 and one % 2) or one % 20 == 0}
    found = rules.compare(people, happened, rules.People({}, {}), Nature.BAD)[0]
    over_all, within, _more = rules.corrected([found])
    found = replace(found, corrected=over_all[0], inside=replace(found.inside, corrected=within[0]))
    assert rules.verdict(found) is rules.Verdict.DIFFERS
    assert rules.adverse(found, Nature.BAD) is True
    assert found.four_fifths == pytest.approx((1 - found.rate.estimate) / (1 - found.others_x / found.others))


@pytest.mark.slow
def test_without_a_difference_few_audits_raise_an_alarm():
    """Forty audits of twelve processes and three groups, nothing planted: one in twenty may cry wolf."""
    rng = np.random.default_rng(7)
    alarms = sum(_alarm(rng) for _ in range(40))
    assert alarms <= 6  # P(more | .05 each) = .003


def _alarm(rng) -> bool:
    groups = {one: "abc"[int(rng.integers(0, 3))] for one in range(150)}
    roles = {one: str(rng.integers(0, 4)) for one in range(150)}
    found = []
    for _process in range(12):
        happened = set(np.flatnonzero(rng.random(150) < rng.uniform(0.05, 0.6)).tolist())
        found += rules.compare(groups, happened, rules.People(roles, {}), Nature.EITHER)
    over_all, within, _more = rules.corrected(found)
    return min(over_all + within) <= 0.05


def test_people_with_less_time_at_work_are_allowed_for(house):
    """Newcomers were here a twelfth of the time and were thanked as often for their time."""
    new = fair.hire(house, 100, joined=date(2026, 1, 1), first=500)
    fair.bring(house, [(one, "here") for one in house.staff] + [(one, "new") for one in new])
    fair.thank(house, house.staff[::2], at=fair.NOW - timedelta(days=300))
    fair.thank(house, new[:6], at=fair.NOW - timedelta(days=20))
    row = fair.table(fair.examine(house), "recognised")["rows"][0]
    assert row["happens"]["high"] < 0.3
    assert row["per_year"]["low"] < 1 < row["per_year"]["high"] * 1.3


def test_a_small_group_is_counted_together_with_the_next(house):
    values = ["woman"] * 100 + ["man"] * 96 + ["other"] * 4
    fair.bring(house, list(zip(house.staff, values, strict=True)))
    fair.thank(house, house.staff[60:140])
    audit = fair.examine(house)
    names = [(one["name"], one["n"]) for one in fair.part(audit)["groups"]]
    assert names == [("man + other", 100), ("woman", 100)]
    assert {row["group"] for row in fair.table(audit, "recognised")["rows"]} <= dict(names).keys()


def test_what_happened_to_fewer_than_five_is_not_told(house):
    rows = gender(house)
    fair.bring(house, rows)
    fair.thank(house, of(rows, "woman")[:4])
    told = fair.table(fair.examine(house), "recognised")
    assert (told["state"], told["rows"], told["halves"]) == ("few", [], [])


def test_an_audit_a_month_later_tells_of_no_newcomer(house):
    rows = gender(house)
    fair.bring(house, rows)
    fair.thank(house, of(rows, "woman")[:20] + of(rows, "man")[:60])
    before = fair.part(fair.examine(house))["groups"]
    one = fair.hire(house, 1, joined=date(2026, 2, 1), first=900)
    fair.bring(house, [(one[0], "woman")])
    assert fair.part(fair.examine(house))["groups"] == before


@pytest.mark.parametrize("name", ["2025", "age band", "0"])
def test_an_attribute_of_any_name_is_guarded(house, name):
    fair.bring(house, gender(house), name)
    first = fair.examine(house)
    one = fair.hire(house, 1, joined=date(2026, 2, 1), first=900)
    fair.bring(house, [(one[0], "woman")], name)
    slug = name.replace(" ", "-")
    assert fair.part(fair.examine(house), slug)["groups"] == fair.part(first, slug)["groups"]


def test_few_new_cases_are_not_shown_beside_the_earlier_audit(house):
    rows = gender(house)
    fair.bring(house, rows)
    fair.thank(house, of(rows, "woman")[:20] + of(rows, "man")[:60])
    first = fair.examine(house)
    fair.thank(house, of(rows, "woman")[30:33])
    later = fair.table(fair.examine(house), "recognised")
    assert (later["state"], later["held_by"], later["rows"]) == ("held", first.pk, [])


def test_the_same_audit_again_says_the_same(house):
    rows = gender(house)
    fair.bring(house, rows)
    fair.thank(house, of(rows, "woman")[:20] + of(rows, "man")[:60])
    one, other = fair.examine(house), fair.examine(house)
    assert (one.inputs, one.digest) == (other.inputs, other.digest)


def test_longer_waits_of_a_group_are_found(house):
    from andon.growth.models import Delivery, Promise

    rows = gender(house)
    fair.bring(house, rows)
    asked = fair.NOW - timedelta(days=200)
    for place, (one, group) in enumerate(rows[:120]):
        promise = Promise.objects.create(
            person=one,
            owed_by=house.managers[0],
            by=house.managers[0],
            at=asked,
            what="w",
            kind="time",
            due=date(2026, 1, 1),
        )
        wait = timedelta(days=(40 if group == "woman" else 10) + place % 9)
        Delivery.objects.create(promise=promise, by=house.managers[0], at=asked + wait, words="x")
    waits = fair.part(fair.examine(house))["waits"]
    row = next(one for one in waits if one["kind"] == "delivery")["rows"][0]
    assert row["longer"]["estimate"] == pytest.approx(30, abs=1.5)
    assert row["corrected"] < 0.001


def test_a_stricter_manager_is_outside_and_the_others_are_not(house):
    rng = np.random.default_rng(2)
    by = {one.pk: one.manager_id for one in house.staff}
    strict = house.managers[3].pk
    fair.coach(house, [one for one in house.staff if rng.random() < (0.95 if by[one.pk] == strict else 0.2)])
    found = next(one for one in fair.examine(house).content["managers"] if one["process"] == "coached")[
        "found"
    ]
    assert [one["manager"] for one in found["managers"] if one["corrected"] <= 0.05] == [strict]
    assert found["sd"]["low"] > 0


def test_managers_who_decide_alike_are_not_told_apart(house):
    rng = np.random.default_rng(5)
    fair.coach(house, [one for one in house.staff if rng.random() < 0.3])
    found = next(one for one in fair.examine(house).content["managers"] if one["process"] == "coached")[
        "found"
    ]
    assert found["sd"]["low"] == 0
    assert all(one["corrected"] > 0.05 for one in found["managers"])


def test_the_paper_is_verified_and_a_changed_one_is_not(house):
    from andon.culture.fairness.paper import paper

    rows = gender(house)
    fair.bring(house, rows)
    fair.thank(house, of(rows, "woman")[:5] + of(rows, "man")[:100])
    pdf = paper(fair.examine(house), by=house.hana, now=fair.NOW)
    assert verify_bytes(pdf).intact
    changed = bytearray(pdf)
    changed[len(pdf) // 3] ^= 1
    assert not verify_bytes(bytes(changed)).intact


def test_an_audit_asks_no_more_of_the_database_for_more_people(house, django_assert_max_num_queries):
    fair.bring(house, gender(house))
    fair.thank(house, house.staff[::2])
    with django_assert_max_num_queries(190):
        fair.examine(house)
