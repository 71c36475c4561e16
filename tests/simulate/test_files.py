"""The files fit together and keep to what the reference page says."""

from collections import Counter
from datetime import date

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pytest

from tests.simulate.conftest import query

KINDS = {"checklist", "procedure", "it_system", "policy", "handover", "training"}
HOURS = {
    "refund_in_time": 72,
    "answered_in_time": 24,
    "closed_in_time": 120,
    "delivered_on_day": 48,
    "callback_kept": 4,
}


def known(rows, column):
    return set(pc.unique(rows[column]).to_pylist())


@pytest.fixture(params=["small", "house"])
def files(request):
    return request.getfixturevalue(request.param)


def test_every_person_has_a_team_and_all_but_one_a_manager_who_is_on_the_list(files):
    people, teams = files.table("people"), {team["team"] for team in files.table("teams")}
    numbers = {person["number"] for person in people}
    assert {person["team"] for person in people} <= teams
    assert [p["title"] for p in people if not p["manager"]] == ["Head of service"]
    assert {p["manager"] for p in people if p["manager"]} <= numbers


def test_every_line_leads_up_to_the_head_of_service(files):
    boss = {person["number"]: person["manager"] for person in files.table("people")}
    for number in boss:
        steps = 0
        while boss[number]:
            number, steps = boss[number], steps + 1
            assert steps < 5


def test_numbers_and_addresses_are_unique_and_addresses_are_plain(files):
    people = files.table("people")
    assert len({p["number"] for p in people}) == len({p["email"] for p in people}) == len(people)
    assert all(p["email"].endswith("@example.com") and p["email"].isascii() for p in people)


def test_there_is_one_leader_one_hr_partner_one_analyst_and_one_administrator(files):
    roles = Counter(person["roles"] for person in files.table("people") if person["roles"])
    assert roles == {"leader": 1, "hr_partner": 1, "analyst": 1, "administrator": 1}


def test_a_few_have_left_and_nobody_left_before_joining(house):
    left = [person for person in house.table("people") if person["left"]]
    assert 5 <= len(left) <= 40
    assert all(person["joined"] < person["left"] for person in left)


def test_teams_have_the_office_above_them(files):
    first, *others = files.table("teams")
    assert first["parent"] == ""
    assert {team["parent"] for team in others} == {first["team"]}


def test_mechanisms_have_a_known_kind_owner_and_consumers(files):
    numbers = {person["number"]: person["team"] for person in files.table("people")}
    teams = {team["team"] for team in files.table("teams")}
    for mechanism in files.table("mechanisms"):
        assert mechanism["kind"] in KINDS
        assert numbers[mechanism["owner"]] == mechanism["owner_team"]
        assert set(mechanism["consumers"].split(";")) <= teams
        assert all(
            mechanism[name] for name in ("purpose", "inputs", "outputs", "specification", "inspection")
        )


def test_all_six_kinds_of_mechanism_occur(house):
    assert {mechanism["kind"] for mechanism in house.table("mechanisms")} == KINDS


def test_every_measure_reads_a_column_that_is_known_for_its_mechanism(house):
    rows = house.rows()
    for measure in house.table("measures"):
        there = rows.filter(pc.equal(rows["mechanism"].cast(pa.string()), measure["mechanism"]))
        assert len(there)
        for column in filter(None, (measure["outcome"], measure["of"])):
            assert there[column].null_count < len(there), measure


def test_measures_keep_to_their_vocabulary(house):
    measures = house.table("measures")
    assert {m["kind"] for m in measures} == {"proportion", "value", "count", "rate", "between"}
    assert {m["unit"] for m in measures} <= {"share", "score", "seconds", "minutes", "hours", "days", "count"}
    assert {m["good"] for m in measures} == {"high", "low"}
    assert {m["every"] for m in measures} == {"day", "week", "month"}
    assert {m["season"] for m in measures} == {"", "week", "year"}
    assert len({(m["mechanism"], m["measure"]) for m in measures}) == len(measures) == 47


def test_interactions_name_only_known_mechanisms_teams_and_workers(files):
    rows = files.rows()
    numbers = {int(person["number"]) for person in files.table("people")}
    assert known(rows, "mechanism") == {m["mechanism"] for m in files.table("mechanisms")}
    assert known(rows, "team") <= {team["team"] for team in files.table("teams")}
    assert known(rows, "worker") - {None} <= numbers


def test_nobody_serves_before_joining_or_after_leaving(house):
    people = {int(p["number"]): p for p in house.table("people")}
    for worker, first, last in query(
        house,
        'select worker, min("at")::date::varchar, max("at")::date::varchar from interactions '
        "where worker is not null group by 1",
    ):
        assert people[worker]["joined"] <= first
        assert last <= (people[worker]["left"] or "9999")


def test_everybody_serves_for_their_own_team(house):
    team = {int(p["number"]): p["team"] for p in house.table("people")}
    pairs = query(house, "select distinct worker, team from interactions where worker is not null")
    assert all(team[worker] == served_for for worker, served_for in pairs)


def test_self_service_has_no_worker_and_the_rest_has_one_unless_the_caller_hung_up(house):
    unserved = query(
        house, "select distinct mechanism from interactions where worker is null and abandoned is null"
    )
    assert {slug for (slug,) in unserved} == {"sign-in", "online-payment"}
    assert query(house, "select count(*) from interactions where abandoned and worker is not null") == [(0,)]


def test_who_hung_up_was_not_served(house):
    columns = (
        "handling_time",
        "csat",
        "nps",
        "effort",
        "resolved_first",
        "repeat_contact",
        "time_to_resolve",
    )
    filled = " + ".join(f"count({column})" for column in columns)
    assert query(house, f"select {filled} from interactions where abandoned") == [(0,)]


def test_answers_keep_to_their_scales_and_are_a_minority(house):
    for column, low, high in (("csat", 1, 5), ("nps", 0, 10), ("effort", 1, 7)):
        least, most, share = query(
            house, f"select min({column}), max({column}), count({column}) / count(*) from interactions"
        )[0]
        assert (least, most) == (low, high)
        assert 0 < share < 0.3


def test_talk_and_wrap_up_make_the_handling_time(house):
    wrong = "select count(*) from interactions where talk_time + wrap_time <> handling_time"
    assert query(house, wrong) == [(0,)]


@pytest.mark.parametrize(("column", "hours"), HOURS.items())
def test_a_promise_with_a_clock_is_kept_exactly_when_its_clock_is(house, column, hours):
    wrong = f"select count(*) from interactions where {column} <> (time_to_resolve < {hours})"
    assert query(house, wrong) == [(0,)]


def test_a_parcel_with_a_wrong_item_has_an_error_in_its_lines(house):
    wrong = "select count(*) from interactions where wrong_item <> (line_errors > 0) or line_errors > lines"
    assert query(house, wrong) == [(0,)]


def test_the_new_product_is_not_sold_before_its_launch(house):
    launch = house.causes["new-product"]
    where = f"where product = '{launch['product']}'"
    first = query(house, f'select min("at")::varchar from interactions {where}')[0][0]
    assert first >= launch["from"][:10]


def test_whoever_had_to_come_back_mostly_does(house):
    come_back = """
        with next as (select repeat_contact, "at",
                      lead("at") over (partition by customer order by "at") as later from interactions)
        select avg((later < "at" + interval 7 days)::int) from next where repeat_contact"""
    assert query(house, come_back)[0][0] > 0.9


def test_journeys_cross_channels(house):
    by_customer = "select customer from interactions group by 1 having count(distinct channel) > 2"
    assert query(house, f"select count(*) from ({by_customer})")[0][0] > 1000


def test_a_few_customers_come_often_and_most_seldom(house):
    counts = np.array(query(house, "select count(*) from interactions group by customer")).ravel()
    assert np.median(counts) <= 3
    assert np.percentile(counts, 99.9) >= 8


def test_signals_belong_to_customers_who_had_an_interaction(files):
    customers = known(files.rows(), "customer")
    assert {signal["customer"] for signal in files.table("signals")} <= customers


def test_a_customer_always_has_the_same_name_address_and_region(house):
    seen = {}
    for signal in house.table("signals"):
        who = signal["name"], signal["contact"], signal["region"]
        assert seen.setdefault(signal["customer"], who) == who
    assert len({contact for _, contact, _ in seen.values()}) == len(seen)
    assert all(contact.endswith("@example.net") for _, contact, _ in seen.values())


def test_about_two_in_five_signals_have_no_mechanism(house):
    signals = house.table("signals")
    assert 0.35 < sum(not signal["mechanism"] for signal in signals) / len(signals) < 0.45


def test_ratings_keep_to_the_scale_of_their_kind(house):
    scales = {"csat": range(1, 6), "nps": range(11), "ces": range(1, 8)}
    for signal in house.table("signals"):
        assert bool(signal["rating"]) == bool(signal["rating_kind"])
        if signal["rating"]:
            assert int(signal["rating"]) in scales[signal["rating_kind"]]


def test_team_months_cover_every_team_and_month_and_hide_small_numbers(files):
    rows = files.table("teams_monthly")
    months = {row["month"] for row in rows}
    assert len(rows) == len(months) * len(files.table("teams"))
    assert all(row["engagement"] == "" for row in rows if int(row["answers"]) < 5)


def test_no_small_file_names_a_worker_of_a_cause(files):
    number = str(files.causes["weak-person"]["worker"])
    for name in ("teams", "mechanisms", "measures", "signals", "teams_monthly"):
        assert all(number != value for row in files.table(name) for value in row.values())


def test_the_truth_says_how_the_files_were_made(small):
    assert small.truth["seed"] == 7
    assert small.truth["sizes"]["interactions"] == 20_000
    assert small.truth["window"] == {"from": "2026-05-22T00:00:00Z", "to": "2026-11-22T00:00:00Z"}
    assert date.fromisoformat(small.truth["causes"][0]["from"][:10])
