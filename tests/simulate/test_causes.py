"""Every planted cause can be found in the files, by plain counting, where truth.json says it is."""

from collections import Counter

import numpy as np
import pytest

from tests.simulate.conftest import query

ALL = {
    *("label-change", "refund-rule", "login-outage", "new-product", "monday-staffing", "slow-drift"),
    *("handling-target", "backlog-day", "marked-delivered", "one-caller", "survey-starts", "december-peak"),
    *("weak-person", "good-person-hard-work", "silent-team", "stress-then-customers"),
}


def moments(files, column, mechanism, where):
    """Cases, mean and standard deviation of a column among the rows of a mechanism."""
    found = query(
        files,
        f"select count({column}), avg({column}::double), stddev({column}::double) from interactions "
        f"where mechanism = '{mechanism}' and {where}",
    )
    return found[0]


def difference(files, column, mechanism, one, other):
    """The second mean less the first, in standard errors."""
    n1, mean1, sd1 = moments(files, column, mechanism, one)
    n2, mean2, sd2 = moments(files, column, mechanism, other)
    return (mean2 - mean1) / np.hypot(sd1 / n1**0.5, sd2 / n2**0.5)


def before(cause):
    return f"\"at\" < '{cause['from']}'"


def during(cause):
    return f"\"at\" >= '{cause['from']}' and \"at\" < '{cause['to']}'"


def after(cause):
    return f"\"at\" >= '{cause['to']}'"


def contacts(files, customer):
    return query(files, f"select count(*) from interactions where customer = '{customer}'")[0][0]


def test_all_sixteen_are_planted_at_the_demos_sizes(house):
    assert set(house.causes) == ALL


@pytest.mark.parametrize(
    "id_",
    ["label-change", "refund-rule", "login-outage", "handling-target", "backlog-day", "marked-delivered"],
)
def test_the_truth_states_the_sizes_that_are_in_the_file(house, id_):
    cause = house.causes[id_]
    for size in cause["sizes"]:
        if size["what"] in cause["columns"]:
            n1, mean1, _ = moments(house, size["what"], cause["mechanism"], before(cause))
            n2, mean2, _ = moments(house, size["what"], cause["mechanism"], during(cause))
            assert (size["cases_before"], size["cases_after"]) == (n1, n2)
            assert (size["before"], size["after"]) == pytest.approx((mean1, mean2), abs=6e-5)


def test_the_label_change_doubles_wrong_items_for_five_weeks(house):
    cause = house.causes["label-change"]
    share = cause["sizes"][0]
    assert 1.6 < share["after"] / share["before"] < 2.5
    assert difference(house, "wrong_item", "pick-and-pack", before(cause), during(cause)) > 4
    assert abs(difference(house, "wrong_item", "pick-and-pack", before(cause), after(cause))) < 3.5


def test_the_refund_rule_slows_refunds_and_stays(house):
    cause = house.causes["refund-rule"]
    last_weeks = "\"at\" >= '2026-10-25'"
    assert difference(house, "refund_in_time", "returns-and-refunds", before(cause), during(cause)) < -10
    assert difference(house, "refund_in_time", "returns-and-refunds", before(cause), last_weeks) < -8


def test_the_day_of_the_login_outage_is_the_worst_of_all_days(house):
    worst = query(
        house,
        "select \"at\"::date::varchar from interactions where mechanism = 'sign-in' "
        "group by 1 order by avg(signin_failed::int) desc limit 1",
    )
    assert worst[0][0] == house.causes["login-outage"]["from"][:10]


def test_the_phrase_of_the_new_product_is_new(house):
    cause = house.causes["new-product"]
    used = [
        signal["at"]
        for signal in house.table("signals")
        if any(phrase.lower() in signal["text"].lower() for phrase in cause["phrases"].values())
    ]
    # A word with a typing error is not found; a few are.
    assert 0.85 * cause["sizes"][-1]["after"] <= len(used) <= cause["sizes"][-1]["after"]
    assert min(used) >= cause["from"]


def test_the_new_product_disappoints_those_who_ask_for_advice(house):
    cause = house.causes["new-product"]
    other, new = (f"{during(cause)} and product {sign} '{cause['product']}'" for sign in ("<>", "="))
    assert difference(house, "csat", "product-advice", other, new) < -4


@pytest.mark.parametrize("mechanism", ["phone-line", "live-chat"])
@pytest.mark.parametrize("column", ["wait_time", "abandoned"])
def test_mondays_are_worse_in_every_quarter_and_other_days_are_alike(house, mechanism, column):
    weekday = 'isodow("at")'
    for quarter in (1, 2, 3, 4):
        where = f'quarter("at") = {quarter}'
        monday, rest = f"{where} and {weekday} = 1", f"{where} and {weekday} > 1"
        assert difference(house, column, mechanism, rest, monday) > 3
    early, late = f"{weekday} in (2, 3)", f"{weekday} in (4, 5)"
    assert abs(difference(house, column, mechanism, early, late)) < 3.5


def test_callbacks_drift_downwards_step_by_step(house):
    cause = house.causes["slow-drift"]
    quarter = (
        f"floor(4 * epoch(\"at\" - timestamp '{cause['from']}') "
        f"/ epoch(timestamp '{cause['to']}' - timestamp '{cause['from']}'))"
    )
    parts = query(
        house,
        "select avg(callback_kept::int) from interactions where mechanism = 'callback' "
        f"and {during(cause)} group by {quarter} order by {quarter}",
    )
    shares = [share for (share,) in parts]
    assert shares == sorted(shares, reverse=True)
    assert shares[0] - shares[-1] > 0.06


def test_the_handling_target_shortens_calls_and_buys_nothing(house):
    cause = house.causes["handling-target"]
    changes = {
        column: difference(house, column, "phone-line", before(cause), during(cause))
        for column in ("handling_time", "transfers", "repeat_contact", "csat")
    }
    assert changes["handling_time"] < -10
    assert changes["transfers"] > 10
    assert changes["repeat_contact"] > 8
    assert abs(changes["csat"]) < 3.5


def test_calls_are_handed_on_just_before_the_limit(house):
    cause = house.causes["handling-target"]
    near, nearer = (
        query(
            house,
            "select count(*), avg((transfers > 0)::int) from interactions where mechanism = 'phone-line' "
            f"and {during(cause)} and handling_time between {low} and {high}",
        )[0]
        for low, high in ((421, 450), (451, 480))
    )
    assert nearer[0] > 1.5 * near[0]
    assert nearer[1] > 2 * near[1]


def test_the_backlog_is_one_day_of_many_old_cases(house):
    day, count, hours = query(
        house,
        'select "at"::date::varchar, count(*), avg(time_to_resolve) from interactions '
        "where mechanism = 'mail-desk' group by 1 order by 2 desc limit 1",
    )[0]
    usual = query(
        house,
        "select count(*) / count(distinct \"at\"::date) from interactions where mechanism = 'mail-desk'",
    )
    assert day == house.causes["backlog-day"]["from"][:10]
    assert count > 3 * usual[0][0]
    assert hours > 200


def test_complaints_of_missing_parcels_rise_while_the_chart_is_calm(house):
    cause = house.causes["marked-delivered"]
    not_december = f'{before(cause)} and month("at") not in (11, 12)'
    change = difference(house, "delivered_on_day", "home-delivery", not_december, during(cause))
    assert abs(change) < 3.5
    words = ("delivered", "zugestellt", "entregado", "livré", "bezorgd")
    told = [s["at"] for s in house.table("signals") if any(word in s["text"].lower() for word in words)]
    early, late = sum(at < cause["from"] for at in told), sum(at >= cause["from"] for at in told)
    assert late > 2 * early


def test_one_caller_is_far_ahead_of_all_other_customers(house):
    cause = house.causes["one-caller"]
    count = contacts(house, cause["customer"])
    most = query(house, "select count(*) from interactions group by customer order by 1 desc limit 2")
    assert count == cause["sizes"][0]["after"] == 86 == most[0][0]
    assert most[1][0] < 50


def test_the_caller_writes_nearly_the_same_each_time(house):
    cause = house.causes["one-caller"]
    texts = [s["text"] for s in house.table("signals") if s["customer"] == cause["customer"]]
    words = [frozenset(text.split()) for text in texts]
    alike = [len(a & b) / len(a | b) for a in words for b in words]
    assert len(texts) == cause["sizes"][1]["after"] >= 6
    assert min(alike) > 0.5


def test_survey_answers_begin_on_a_day(house):
    cause = house.causes["survey-starts"]
    asked = [signal["at"] for signal in house.table("signals") if signal["channel"] == "survey"]
    assert min(asked) >= cause["from"]
    assert len(asked) == cause["sizes"][0]["after"] > 100


def test_december_is_busy_every_year(house):
    cause = house.causes["december-peak"]
    usual, peak = (
        query(house, f'select count(*) / count(distinct "at"::date) from interactions where {where}')[0][0]
        for where in (f"not ({during(cause)})", during(cause))
    )
    assert peak > 1.15 * usual


def residuals(files):
    """By worker: settled at once less what is usual in the same mechanism and team, in standard errors."""
    return dict(
        query(
            files,
            """with usual as (select mechanism, team, avg(resolved_first::int) as share from interactions
                              where worker is not null group by all)
               select worker, sum(resolved_first::int - share) / sqrt(sum(share * (1 - share)))
               from interactions join usual using (mechanism, team) where worker is not null group by 1""",
        )
    )


def test_nobody_is_as_far_below_the_others_as_the_weak_person(house):
    found = residuals(house)
    assert min(found, key=found.get) == house.causes["weak-person"]["worker"]


def test_the_good_person_looks_poor_until_compared_within_the_mechanism(house):
    cause = house.causes["good-person-hard-work"]
    own, team = f"worker = {cause['worker']}", f"team = '{cause['team']}' and worker <> {cause['worker']}"
    raw = {
        name: query(house, f"select avg(resolved_first::int) from interactions where {where}")[0][0]
        for name, where in (("own", own), ("team", team))
    }
    assert raw["own"] < raw["team"] - 0.01
    assert difference(house, "resolved_first", "complaint-desk", team, own) > 1.5


def test_the_silent_team_has_most_complaints_and_no_escalation(house):
    served = dict(query(house, "select team, count(*) from interactions group by 1"))
    totals = Counter(), Counter()
    for row in house.table("teams_monthly"):
        for total, column in zip(totals, ("complaints", "escalations"), strict=True):
            total[row["team"]] += int(row[column])
    complaints, escalations = totals
    silent = house.causes["silent-team"]["team"]
    phones = [team for team in served if team.startswith("Phone")]
    assert max(phones, key=lambda team: complaints[team] / served[team]) == silent
    assert escalations[silent] == 0
    assert all(escalations[team] > 0 for team in served if team != silent)


def test_engagement_goes_ahead_of_satisfaction_by_a_month(house):
    monthly = query(
        house,
        "select team, strftime(\"at\", '%Y-%m'), avg(csat) from interactions "
        "where worker is not null group by 1, 2",
    )
    csat = {(team, month): value for team, month, value in monthly}
    engaged = {(r["team"], r["month"]): float(r["engagement"]) for r in house.table("teams_monthly")
               if r["engagement"]}  # fmt: skip
    months = sorted({month for _, month in csat})
    ahead = lagged(engaged, csat, months, 1)
    assert ahead > 0.3
    assert ahead > lagged(engaged, csat, months, 0) + 0.15


def lagged(first, second, months, lag):
    """Correlation within teams of `first` with `second`, `lag` months later."""
    pairs = []
    for team in {team for team, _ in second}:
        found = [
            (first[team, a], second[team, b])
            for a, b in zip(months, months[lag:], strict=False)
            if (team, a) in first and (team, b) in second
        ]
        pairs.append(np.array(found) - np.mean(found, axis=0))
    return np.corrcoef(np.concatenate(pairs).T)[0, 1]
