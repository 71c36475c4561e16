"""Writing in the register: by who may, with clear errors; for everybody else these pages do not exist."""

from datetime import date

import pytest
from django.urls import reverse
from tests.web.charts import calm, charted

from andon.mechanisms.models import Measure, Mechanism, Phase
from andon.people.models import Deed
from andon.watch.models import Chart

pytestmark = pytest.mark.django_db
MECHANISM = {"name": "Pack a parcel", "kind": "checklist", "purpose": "The right item in the right parcel."}
MEASURE = {
    "name": "Wrong item", "kind": "proportion", "outcome": "wrong", "unit": "share", "good": "low",
    "every": "week", "rules": "nelson", "spec_upper": "5 %",
}  # fmt: skip
PAGES = [
    ("revise", ["labels"]),
    ("retire", ["labels"]),
    ("add_measure", ["labels"]),
    ("revise_measure", ["labels", "late"]),
    ("retire_measure", ["labels", "late"]),
    ("begin_phase", ["labels", "late"]),
]


def url(name: str, *args: str) -> str:
    return reverse(f"mechanisms:{name}", args=args)


@pytest.mark.parametrize(("name", "args"), PAGES)
@pytest.mark.parametrize("who", ["alice", "charlie", "mona", "hana"])
def test_who_does_not_own_a_mechanism_finds_no_page_to_change_it(client, cast, who, name, args):
    client.force_login(getattr(cast, who))
    assert client.get(url(name, *args)).status_code == 404
    assert client.post(url(name, *args), MECHANISM).status_code == 404


@pytest.mark.parametrize(("name", "args"), PAGES)
@pytest.mark.parametrize("who", ["olga", "ana", "adam"])
def test_owners_analysts_and_administrators_find_every_page(client, cast, who, name, args):
    client.force_login(getattr(cast, who))
    assert client.get(url(name, *args)).status_code == 200


def test_buttons_are_shown_to_who_may_use_them_only(client, cast):
    for who, shown in (("olga", True), ("alice", False)):
        client.force_login(getattr(cast, who))
        assert ("+revise" in client.get(url("show", "labels")).content.decode()) is shown


def test_an_agent_cannot_register_a_mechanism(client, cast):
    client.force_login(cast.alice)
    assert client.get(url("new")).status_code == 404
    assert client.post(url("new"), MECHANISM).status_code == 404


def test_registering_leads_on_to_its_first_measure(client, cast):
    client.force_login(cast.adam)
    response = client.post(
        url("new"), MECHANISM | {"owner_team": cast.chat.pk, "consumers": [cast.phones.pk], "owner": "20"}
    )
    made = Mechanism.objects.get(name="Pack a parcel")
    assert response.url == url("add_measure", made.slug)
    assert (made.owner, made.owner_team, list(made.consumers.all())) == (cast.mona, cast.chat, [cast.phones])
    assert made.versions.get().by == cast.adam


def test_a_mechanism_needs_a_name(client, cast):
    client.force_login(cast.adam)
    response = client.post(url("new"), MECHANISM | {"name": " "})
    assert response.status_code == 422
    assert not Mechanism.objects.filter(purpose=MECHANISM["purpose"]).exists()


def test_an_owner_nobody_knows_is_refused_at_the_field(client, cast):
    client.force_login(cast.adam)
    response = client.post(url("new"), MECHANISM | {"owner": "lea@example.com"})
    assert "Nobody at work has the e-mail address or staff number" in response.content.decode()


def test_a_revision_is_a_new_version_with_its_reason(client, cast):
    client.force_login(cast.olga)
    fields = {"name": "Address labels", "kind": "it_system", "owner_team": cast.fulfilment.pk, "owner": "30"}
    client.post(
        url("revise", "labels"), fields | {"purpose": "Parcels arrive.", "what_changed": "A purpose."}
    )
    labels = Mechanism.objects.get(slug="labels")
    assert (labels.version, labels.purpose) == (2, "Parcels arrive.")
    assert labels.versions.get(number=2).what_changed == "A purpose."


def test_a_revision_in_which_nothing_differs_is_said_and_its_words_are_kept(client, cast):
    client.force_login(cast.olga)
    labels = Mechanism.objects.get(slug="labels")
    fields = {
        name: getattr(labels, name)
        for name in ("name", "kind", "purpose", "inputs", "outputs", "specification", "inspection")
    }
    owner = {
        "owner_team": labels.owner_team_id,
        "owner": "30",
        "consumers": [t.pk for t in labels.consumers.all()],
    }
    response = client.post(url("revise", "labels"), fields | owner | {"what_changed": "Two people check."})
    assert response.status_code == 422
    assert "Nothing differs from version 1 yet." in response.content.decode()
    assert "Two people check." in response.content.decode()
    assert Mechanism.objects.get(slug="labels").version == 1


def test_the_revision_form_starts_with_what_stands_there(client, cast):
    client.force_login(cast.olga)
    page = client.get(url("revise", "labels")).content.decode()
    assert 'value="Address labels"' in page
    assert 'value="olga@example.com"' in page


def test_per_cent_decimal_comma_and_decimal_point_are_the_same(client, cast):
    client.force_login(cast.olga)
    for i, typed in enumerate(("5 %", "0,05", "0.05", "5%")):
        client.post(url("add_measure", "labels"), MEASURE | {"name": f"M{i}", "spec_upper": typed})
    assert {m.spec_upper for m in Measure.objects.filter(name__startswith="M")} == {0.05}


def test_a_limit_that_is_no_number_is_refused_kindly(client, cast):
    client.force_login(cast.olga)
    response = client.post(url("add_measure", "labels"), MEASURE | {"spec_upper": "a bit"})
    assert response.status_code == 422
    assert "Please write a number, such as 0.05, 5 % or 12." in response.content.decode()


@pytest.mark.parametrize("typed", ["nan", "inf", "-inf", "1e999"])
def test_a_limit_beyond_all_numbers_is_refused(client, cast, typed):
    client.force_login(cast.olga)
    assert client.post(url("add_measure", "labels"), MEASURE | {"spec_upper": typed}).status_code == 422
    assert not Measure.objects.filter(name="Wrong item").exists()


def test_an_error_of_the_action_shows_at_its_field(client, cast):
    client.force_login(cast.olga)
    page = client.post(url("add_measure", "labels"), MEASURE | {"spec_lower": "0.9"}).content.decode()
    assert "is not below the upper one" in page


def test_a_measure_is_revised_and_it_is_on_record_by_whom(client, cast):
    client.force_login(cast.olga)
    client.post(
        url("revise_measure", "labels", "late"),
        MEASURE | {"name": "Arrived late", "outcome": "late", "spec_upper": "4 %"},
    )
    cast.late.refresh_from_db()
    assert cast.late.spec_upper == 0.04
    assert Deed.objects.filter(verb="revised a measure", by=cast.olga).exists()


def test_what_is_seldom_needed_unfolds_when_something_stands_there(client, cast):
    Measure.objects.filter(pk=cast.late.pk).update(baseline_from=date(2026, 1, 5))
    client.force_login(cast.olga)
    page = client.get(url("revise_measure", "labels", "late")).content.decode()
    assert '<details class="more" open>' in page
    assert 'value="2026-01-05"' in page


def test_a_phase_begins_with_a_reason(client, cast):
    client.force_login(cast.olga)
    assert (
        client.post(url("begin_phase", "labels", "late"), {"starts": "2026-01-05", "reason": ""}).status_code
        == 422
    )
    client.post(url("begin_phase", "labels", "late"), {"starts": "2026-01-05", "reason": "Second scan"})
    phase = Phase.objects.get()
    assert (phase.starts.isoformat(), phase.reason, phase.by) == (
        "2026-01-05T00:00:00+00:00",
        "Second scan",
        cast.olga,
    )


def test_a_phase_cannot_begin_in_the_future(client, cast):
    client.force_login(cast.olga)
    response = client.post(url("begin_phase", "labels", "late"), {"starts": "2999-01-01", "reason": "Hope"})
    assert "not in the future" in response.content.decode()
    assert not Phase.objects.exists()


def test_retiring_asks_first(client, cast):
    client.force_login(cast.olga)
    client.get(url("retire", "labels"))
    assert Mechanism.objects.in_use().filter(slug="labels").exists()
    client.post(url("retire", "labels"))
    assert not Mechanism.objects.in_use().filter(slug="labels").exists()


def test_a_retired_measure_is_no_longer_edited(client, cast):
    client.force_login(cast.olga)
    client.post(url("retire_measure", "labels", "late"))
    assert client.get(url("revise_measure", "labels", "late")).status_code == 404


def test_columns_of_the_lake_are_offered(client, cast, settings):
    from andon.signals.models import Dataset

    Dataset.objects.create(
        name="a.csv", holds="interactions", state="done", file="a", columns=["late", "days"]
    )
    client.force_login(cast.olga)
    assert '<option value="days"></option>' in client.get(url("add_measure", "labels")).content.decode()


def test_the_page_waits_for_the_limits_of_a_new_phase_and_then_rests(client, cast):
    client.force_login(cast.olga)
    late = Measure.objects.get(slug="late")
    chart = charted(late, calm())
    page = url("measure", "labels", "late")
    assert "New limits are being drawn" not in client.get(page).content.decode()
    phase = Phase.objects.create(measure=late, starts=chart.computed_at, reason="New printer")
    assert "New limits are being drawn" in client.get(page).content.decode()
    Chart.objects.filter(pk=chart.pk).update(computed_at=phase.at)
    assert "New limits are being drawn" not in client.get(page).content.decode()
