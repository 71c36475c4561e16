"""The register and the page of one mechanism: the picture, the numbers behind it, and what customers said."""

import csv
import io
import json
import re
from datetime import timedelta

import pytest
from django.urls import reverse
from tests.web.charts import START, calm, charted, out_of_spec

from andon.escalations.actions import raise_escalation
from andon.escalations.models import Escalation
from andon.mechanisms.models import Measure, Mechanism, Phase, Version
from andon.signals.models import Signal

pytestmark = pytest.mark.django_db
LAST = START + timedelta(weeks=39)  # the start of the last week of a chart of forty


@pytest.fixture
def measured(cast):
    """Address labels out of spec in the last two weeks."""
    charted(cast.late, out_of_spec(), customers=2140)
    return cast


def read(client, name: str, *args, query: str = "") -> str:
    response = client.get(reverse(f"mechanisms:{name}", args=args) + query)
    assert response.status_code == 200
    return response.content.decode()


def say(mechanism: Mechanism, text: str, at) -> Signal:
    return Signal.objects.create(
        text=text, mechanism=mechanism, received_at=at, digest=text[:64].ljust(64, "."), channel="mail"
    )


def test_the_register_lists_what_each_mechanism_is_and_how_it_stands(client, measured):
    client.force_login(measured.alice)
    page = read(client, "list")
    assert "Address labels" in page
    assert "1 out of spec" in page
    assert "no data yet" in page


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("?q=label", ["labels"]),
        ("?q=arrived", ["labels"]),
        ("?q=chat", ["refunds"]),
        ("?team=fulfilment", ["labels"]),
        ("?kind=procedure", ["refunds"]),
        ("?out=1", ["labels"]),
        ("?retired=1", []),
        ("?q=%00%25_'\"&team=%00&kind=%00&page=x", []),
    ],
)
def test_the_register_is_searched(client, measured, query, found):
    client.force_login(measured.alice)
    assert (
        re.findall(r'<th scope="row"><a href="/mechanisms/([^/]+)/"', read(client, "list", query=query))
        == found
    )


def test_the_register_counts_open_questions(client, measured):
    raise_escalation(by=measured.alice, now=measured.now, mechanism=measured.refunds, note="?")
    client.force_login(measured.alice)
    assert "one open question" in read(client, "list")


@pytest.mark.parametrize("mechanisms", [3, 60])
def test_queries_of_the_register_do_not_grow(client, measured, mechanisms, django_assert_max_num_queries):
    for i in range(mechanisms):
        mechanism = Mechanism.objects.create(slug=f"m{i}", name=f"M{i}", owner_team=measured.chat)
        Measure.objects.create(mechanism=mechanism, slug="x", name="X")
    client.force_login(measured.alice)
    with django_assert_max_num_queries(10):
        read(client, "list")


def test_an_empty_register_says_how_to_start(client, cast):
    Mechanism.objects.all().update(retired_at=cast.now)
    client.force_login(cast.adam)
    assert "The register is empty." in read(client, "list")


def test_a_mechanism_shows_first_the_measure_that_is_out(client, measured):
    extra = Measure.objects.create(mechanism=measured.labels, slug="aaa", name="A calm one", good="low")
    charted(extra, calm())
    client.force_login(measured.alice)
    page = read(client, "show", "labels")
    assert re.search(r'href="/mechanisms/labels/late/" aria-current="page"', page)


def test_the_chart_comes_drawn_with_the_page(client, measured):
    client.force_login(measured.alice)
    page = read(client, "measure", "labels", "late")
    assert re.search(r'<div class="chart-picture"><svg', page)
    assert 'data-chart="/mechanisms/labels/late/chart.json"' in page


def test_the_chart_can_be_drawn_in_the_browser(client, measured):
    client.force_login(measured.alice)
    spec = json.loads(client.get(reverse("mechanisms:chart", args=["labels", "late"])).content)
    assert "vega-lite" in spec["$schema"]


def test_a_new_question_shows_on_the_chart(client, measured):
    client.force_login(measured.alice)
    read(client, "measure", "labels", "late")
    asked = raise_escalation(
        by=measured.alice, now=measured.now, measure=measured.late, point_at=LAST, note="?"
    )
    assert f"question {asked.number}" in read(client, "measure", "labels", "late")


def test_each_point_leads_to_its_signals_and_to_a_question(client, measured):
    client.force_login(measured.alice)
    page = read(client, "measure", "labels", "late")
    day, last_day = LAST.date(), (LAST + timedelta(days=6)).date()
    assert f"/voice/?mechanism=labels&amp;since={day}&amp;until={last_day}" in page
    assert f"/escalations/raise/?measure={measured.late.pk}&amp;at={day}T00%3A00%3A00%2B00%3A00" in page


def test_every_way_on_from_a_point_opens(client, measured):
    client.force_login(measured.alice)
    page = read(client, "measure", "labels", "late").replace("&amp;", "&")
    ways = set(re.findall(r'href="(/(?:voice|escalations/raise)/[^"]*)"', page))
    assert len(ways) > 80
    for way in sorted(ways)[:3] + sorted(ways)[-3:]:
        assert client.get(way).status_code == 200, way


def test_asking_about_a_point_reaches_its_owner(client, measured):
    client.force_login(measured.alice)
    page = read(client, "measure", "labels", "late").replace("&amp;", "&")
    form = client.get(re.search(r'class="button cord" href="([^"]+)"', page)[1]).content.decode()
    hidden = dict(re.findall(r'<input type="hidden" name="(measure|at)" value="([^"]+)"', form))
    client.post(reverse("escalations:raise"), hidden | {"note": "?"})
    asked = Escalation.objects.get()
    assert (asked.measure, asked.point_at, asked.to_team) == (measured.late, LAST, measured.fulfilment)


def test_a_marked_point_says_why(client, measured):
    client.force_login(measured.alice)
    rows = re.findall(r'<tr id="at-(\w+)" class="out">', read(client, "measure", "labels", "late"))
    assert rows == [f"{at:%Y%m%dT%H%M}" for at in (LAST, LAST - timedelta(weeks=1))]


def test_customers_are_quoted_from_the_marked_weeks_only(client, measured):
    say(measured.labels, "The box is blue again.", LAST + timedelta(days=2))
    say(measured.labels, "All was well in spring.", LAST - timedelta(weeks=20))
    client.force_login(measured.olga)
    page = read(client, "measure", "labels", "late")
    assert "The box is blue again." in page
    assert "All was well in spring." not in page


def test_somebody_of_another_team_reads_no_customer_of_theirs(client, measured):
    say(measured.labels, "The box is blue again.", LAST + timedelta(days=2))
    client.force_login(measured.charlie)
    assert "The box is blue again." not in read(client, "measure", "labels", "late")


def test_the_history_tells_versions_phases_exceptions_and_questions(client, measured):
    Version.objects.create(mechanism=measured.labels, number=2, since=LAST, what_changed="A second scan.")
    Phase.objects.create(
        measure=measured.late, starts=START + timedelta(weeks=9), reason="New scanner at table 4"
    )
    raise_escalation(by=measured.alice, now=measured.now, mechanism=measured.labels, note="How?")
    client.force_login(measured.alice)
    page = read(client, "show", "labels")
    for told in ("Version 2", "A second scan.", "New scanner at table 4", "two weeks marked", "Question 1"):
        assert told in page


def test_a_mechanism_without_measures_says_so(client, cast):
    Mechanism.objects.create(slug="bare", name="Bare")
    client.force_login(cast.alice)
    assert "Not measured yet." in read(client, "show", "bare")


def test_a_measure_without_data_says_so(client, cast):
    client.force_login(cast.alice)
    assert "No data yet." in read(client, "show", "labels")


def test_unknown_mechanisms_and_measures_are_not_there(client, measured):
    client.force_login(measured.adam)
    for path in (
        "nothing/",
        "labels/nothing/",
        "refunds/late/",
        "labels/nothing/chart.json",
        "refunds/days/points.csv",
    ):
        assert client.get(f"/mechanisms/{path}").status_code == 404


def test_a_retired_mechanism_stays_readable_but_offers_nothing(client, measured):
    Mechanism.objects.filter(slug="labels").update(retired_at=measured.now)
    client.force_login(measured.adam)
    page = read(client, "show", "labels")
    assert "stays for the record" in page
    assert "+revise" not in page
    assert "Ask the owner</a>" not in page


def test_the_points_come_as_a_file_with_every_number_in_full(client, measured):
    client.force_login(measured.alice)
    response = client.get(reverse("mechanisms:points", args=["labels", "late"]))
    rows = list(csv.DictReader(io.StringIO(response.content.decode())))
    assert response["Content-Disposition"] == 'attachment; filename="labels-late.csv"'
    assert len(rows) == 40
    assert list(rows[0])[:8] == ["mechanism", "measure", "at", "n", "value", "centre", "lower", "upper"]
    assert (rows[-1]["value"], rows[-1]["exception"]) == ("0.09", "yes")


def test_a_missing_point_is_an_empty_cell(client, measured):
    charted(measured.late, [*calm(30), float("nan"), *calm(9)])
    client.force_login(measured.alice)
    response = client.get(reverse("mechanisms:points", args=["labels", "late"]))
    assert list(csv.DictReader(io.StringIO(response.content.decode())))[30]["value"] == ""
    assert "–" in read(client, "measure", "labels", "late")


def test_a_name_is_no_formula_in_a_spreadsheet(client, measured):
    Measure.objects.filter(pk=measured.late.pk).update(name="=1+1")
    client.force_login(measured.alice)
    response = client.get(reverse("mechanisms:points", args=["labels", "late"]))
    assert next(csv.DictReader(io.StringIO(response.content.decode())))["measure"] == "'=1+1"


@pytest.mark.parametrize(("weeks", "signals"), [(20, 3), (200, 90)])
def test_queries_of_the_page_do_not_grow(client, measured, weeks, signals, django_assert_max_num_queries):
    charted(measured.late, out_of_spec(weeks))
    for i in range(signals):
        say(measured.labels, f"Signal {i}", START + timedelta(weeks=weeks - 1, hours=i % 24))
        Version.objects.create(mechanism=measured.labels, number=i + 2, since=START)
    client.force_login(measured.alice)
    read(client, "show", "labels")
    with django_assert_max_num_queries(16):
        read(client, "show", "labels")


def test_get_changes_nothing(client, measured):
    client.force_login(measured.adam)
    for name in ("revise", "retire", "add_measure"):
        read(client, name, "labels")
    assert Mechanism.objects.get(slug="labels").retired_at is None
    assert client.post(reverse("mechanisms:show", args=["labels"])).status_code == 405
