"""The wall: what is out of spec first, at a glance, for everybody at work."""

import re

import pytest
from django.urls import reverse
from tests.web.charts import calm, charted, out_of_spec

from andon.mechanisms.models import Measure, Mechanism

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}


@pytest.fixture
def walled(cast):
    """Address labels out of spec and refunds calm."""
    charted(cast.late, out_of_spec(), customers=2140)
    charted(cast.refund_days, calm())
    return cast


def order(page: str) -> list[str]:
    return re.findall(r'<h2><a href="[^"]+">([^<]+)</a>', page)


def text(response) -> str:
    return response.content.decode()


def test_a_stranger_is_asked_to_sign_in(client):
    assert client.get(reverse("wall")).status_code == 302


def test_it_says_in_a_sentence_how_it_stands(client, walled):
    client.force_login(walled.alice)
    assert "One of 2 measures is out of spec. About 2,140 customers touched" in text(
        client.get(reverse("wall"))
    )


def test_what_is_out_of_spec_comes_first(client, walled):
    client.force_login(walled.alice)
    assert order(text(client.get(reverse("wall")))) == ["Arrived late", "Days to refund"]


def test_more_customers_touched_come_before_fewer(client, walled):
    charted(walled.refund_days, out_of_spec(), customers=5000)
    client.force_login(walled.alice)
    assert order(text(client.get(reverse("wall"))))[0] == "Days to refund"


def test_a_tile_leads_to_its_measure(client, walled):
    client.force_login(walled.alice)
    assert 'href="/mechanisms/labels/late/"' in text(client.get(reverse("wall")))


def test_a_tile_out_of_spec_offers_to_ask_where_it_began(client, walled):
    client.force_login(walled.alice)
    ask = f"{reverse('escalations:raise')}?measure={walled.late.pk}&amp;at="
    assert ask in text(client.get(reverse("wall")))


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ("team=chat", ["Days to refund"]),
        ("out=1", ["Arrived late"]),
        ("q=refund", ["Days to refund"]),
        ("q=LABELS+late", ["Arrived late"]),
        ("every=month", []),
        ("every=nonsense", []),
    ],
)
def test_the_wall_can_be_narrowed(client, walled, query, shown):
    client.force_login(walled.alice)
    assert order(text(client.get(f"{reverse('wall')}?{query}"))) == shown


def test_strange_searches_do_no_harm(client, walled):
    client.force_login(walled.alice)
    for query in (
        "q=%00",
        "q=%25_%27",
        "team=%00",
        "page=zero",
        "page=-1",
        "page=99999999999999999999",
        "q=" + "a" * 5000,
    ):
        assert client.get(f"{reverse('wall')}?{query}").status_code == 200


def test_htmx_gets_only_the_tiles(client, walled):
    client.force_login(walled.alice)
    page = text(client.get(reverse("wall"), headers=HTMX))
    assert 'id="wall"' in page
    assert "<html" not in page


def test_the_wall_screen_has_no_rail_and_refreshes_itself(client, walled):
    client.force_login(walled.alice)
    page = text(client.get(f"{reverse('wall')}?screen=1&team=fulfilment"))
    assert 'class="rail"' not in page
    assert 'hx-trigger="every 60s"' in page
    assert "team=fulfilment" in re.search(r'hx-get="([^"]+)"', page)[1]


def test_the_refreshed_wall_screen_keeps_refreshing(client, walled):
    client.force_login(walled.alice)
    page = text(client.get(f"{reverse('wall')}?screen=1", headers=HTMX))
    assert page.strip().startswith('<div id="screen"')
    assert 'hx-trigger="every 60s"' in page


def test_retired_measures_leave_the_wall(client, walled):
    Measure.objects.filter(pk=walled.late.pk).update(retired_at=walled.now)
    client.force_login(walled.alice)
    assert order(text(client.get(reverse("wall")))) == ["Days to refund"]


def test_a_measure_without_data_says_so(client, cast):
    client.force_login(cast.alice)
    assert "No data yet." in text(client.get(reverse("wall")))


def test_an_empty_wall_says_how_to_start(client, cast):
    Mechanism.objects.all().update(retired_at=cast.now)
    client.force_login(cast.alice)
    page = text(client.get(reverse("wall")))
    assert "Here hangs one small chart for every measure." in page
    assert reverse("mechanisms:list") in page


def test_names_are_shown_as_text_never_as_markup(client, walled):
    Measure.objects.filter(pk=walled.late.pk).update(name="<script>alert(1)</script>")
    client.force_login(walled.alice)
    assert "<script>alert(1)" not in text(client.get(reverse("wall")))


@pytest.mark.parametrize("measures", [5, 120])
def test_queries_do_not_grow_with_measures(client, walled, measures, django_assert_max_num_queries):
    for i in range(measures):
        measure = Measure.objects.create(
            mechanism=walled.labels, slug=f"m{i}", name=f"Measure {i}", good="low"
        )
        charted(measure, out_of_spec() if i % 5 == 0 else calm())
    client.force_login(walled.alice)
    with django_assert_max_num_queries(10):
        assert client.get(reverse("wall")).status_code == 200


def test_a_very_large_register_is_paged(client, walled):
    many = [Measure(mechanism=walled.labels, slug=f"m{i}", name=f"Measure {i:03}") for i in range(300)]
    Measure.objects.bulk_create(many)
    client.force_login(walled.alice)
    first, second = (order(text(client.get(f"{reverse('wall')}?page={n}"))) for n in (1, 2))
    assert (len(first), len(second)) == (240, 62)
    assert not set(first) & set(second)


def test_somebody_who_left_sees_nothing(client, walled):
    client.force_login(walled.lea)
    assert client.get(reverse("wall")).status_code == 302


def test_the_time_of_computing_is_exact_on_hover(client, walled):
    client.force_login(walled.alice)
    computed = walled.late.chart.computed_at
    assert f'datetime="{computed.isoformat()}"' in text(client.get(reverse("wall")))
