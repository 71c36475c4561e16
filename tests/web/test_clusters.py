"""Clusters as cards: what many say at once, who may know of it, and one click to ask."""

from datetime import timedelta

import pytest
from django.urls import reverse
from tests.web.charts import calm, charted, out_of_spec
from tests.web.heard import clustered, complained
from tests.web.test_voice_pages import hear

from andon.escalations.actions import raise_escalation
from andon.escalations.models import Escalation
from andon.mechanisms.models import Measure, Mechanism
from andon.signals.models import Signal

HTMX = {"HX-Request": "true"}
TEXT = "The label was torn and my parcel went to Mr Finch next door."
HIDDEN = "What these customers wrote is read by those whose mechanisms it concerns."


@pytest.fixture
def as_(cast, client):
    def sign_in(who: str):
        client.force_login(getattr(cast, who))
        return client

    return sign_in


@pytest.fixture
def torn(cast):
    return clustered([cast.torn], cast.now, cast.labels)


class TestCards:
    def test_a_card_says_what_many_say_with_their_words(self, as_, torn):
        page = as_("alice").get("/voice/clusters/").text
        assert "12 customers wrote about “descaling light”" in page
        assert TEXT in page
        assert "Kettle · “descaling light”" in page

    def test_what_else_it_could_be_is_said(self, cast, as_):
        clustered([cast.torn], cast.now, artefacts=["The channel “survey” is new since February."])
        assert "is new since February" in as_("lena").get("/voice/clusters/").text

    def test_out_of_reach_it_is_not_there(self, as_, torn):
        page = as_("charlie").get("/voice/clusters/").text
        assert "descaling" not in page
        assert "When more customers than usual write about the same thing" in page
        assert as_("charlie").get(f"/voice/clusters/{torn.pk}/").status_code == 404

    def test_only_signals_that_one_may_read_are_quoted(self, cast, as_):
        mixed = clustered([cast.torn, cast.unpaid], cast.now)
        page = as_("charlie").get(f"/voice/clusters/{mixed.pk}/").text
        assert "Where is my refund?" in page
        assert "torn" not in page
        stream = as_("charlie").get(f"/voice/?cluster={mixed.pk}").text
        assert "Where is my refund?" in stream
        assert "torn" not in stream

    def test_who_is_asked_without_reading_its_signals_sees_numbers_alone(self, cast, as_):
        lost = clustered([cast.lost], cast.now)
        raise_escalation(by=cast.lena, now=cast.now, cluster=lost, to_person=cast.charlie)
        page = as_("charlie").get(f"/voice/clusters/{lost.pk}/").text
        assert HIDDEN in page
        assert "three weeks" not in page

    def test_who_wrote_is_never_shown(self, as_, torn):
        client = as_("lena")
        pages = client.get("/voice/clusters/").text + client.get(f"/voice/clusters/{torn.pk}/").text
        assert "Fiona" not in pages
        assert "fiona@example.org" not in pages

    def test_what_is_over_stands_below_and_page_by_page(self, cast, as_):
        for i in range(14):
            clustered([cast.torn], cast.now - timedelta(days=30 + i), over_at=cast.now, terms=[f"word{i:02}"])
        client = as_("lena")
        first, second = (client.get("/voice/clusters/", {"page": n}).text for n in (1, 2))
        assert "word00" in first
        assert "word13" not in first
        assert "word13" in second

    def test_an_empty_page_says_how_to_start(self, cast, as_):
        page = as_("ana").get("/voice/clusters/").text
        assert "No cluster" in page
        assert reverse("data:bring") in page
        assert reverse("data:bring") not in as_("alice").get("/voice/clusters/").text

    def test_markup_in_words_stays_text(self, cast, as_):
        evil = clustered(
            [cast.torn], cast.now, terms=["<script>x"], sentence="<script>y", artefacts=["<script>z"]
        )
        client = as_("lena")
        for where in ("/voice/clusters/", f"/voice/clusters/{evil.pk}/", "/voice/", "/"):
            assert "<script>x" not in client.get(where).text
            assert "<script>y" not in client.get(where).text

    def test_a_cluster_without_a_curve_has_its_card(self, cast, as_):
        bare = clustered([cast.torn], cast.now, curve={}, ratio=None, expected=0.0)
        assert as_("lena").get(f"/voice/clusters/{bare.pk}/").status_code == 200
        assert as_("lena").get("/voice/clusters/").status_code == 200


class TestOneCluster:
    def test_the_numbers_behind_the_curve_are_there(self, as_, torn):
        page = as_("alice").get(f"/voice/clusters/{torn.pk}/").text
        assert "The numbers behind it" in page
        assert "in the cluster" in page
        assert "7 times the usual" in page
        assert "1 in 2,500" in page

    def test_all_its_signals_are_a_filter_of_the_stream(self, cast, as_, torn):
        client = as_("lena")
        assert f"/voice/?cluster={torn.pk}" in client.get(f"/voice/clusters/{torn.pk}/").text
        page = client.get(f"/voice/?cluster={torn.pk}").text
        assert TEXT in page
        assert "Where is my refund?" not in page
        assert f"cluster {torn.pk}" in page

    @pytest.mark.parametrize("cluster", ["x", "99", "9" * 40, "²", "-1"])
    def test_a_cluster_that_does_not_exist_has_no_signals(self, as_, torn, cluster):
        answer = as_("lena").get("/voice/", {"cluster": cluster})
        assert answer.status_code == 200
        assert "No signal matches" in answer.text

    def test_mechanisms_of_its_signals_are_counted(self, cast, as_):
        mixed = clustered([cast.torn, cast.unpaid], cast.now)
        page = as_("lena").get(f"/voice/clusters/{mixed.pk}/").text
        assert "Address labels" in page
        assert "Refunds" in page


class TestAsking:
    def test_one_click_asks_and_says_the_number(self, cast, as_, torn):
        answer = as_("alice").post("/escalations/raise/", {"cluster": torn.pk}, headers=HTMX)
        asked = Escalation.objects.get()
        assert (asked.cluster, asked.to_person) == (torn, cast.olga)
        assert f"question {asked.number}" in answer.text

    def test_without_javascript_it_leads_to_the_question(self, cast, as_, torn):
        answer = as_("alice").post("/escalations/raise/", {"cluster": torn.pk})
        assert answer.url == "/escalations/1/"
        page = as_("olga").get("/escalations/1/").text
        assert TEXT in page
        assert "Kettle · “descaling light”" in page
        assert "The first of these customers told us" in page

    def test_the_card_leads_to_the_question_that_is_open(self, cast, as_, torn):
        raise_escalation(by=cast.bob, now=cast.now, cluster=torn)
        assert "asked: question 1" in as_("alice").get("/voice/clusters/").text

    @pytest.mark.parametrize("who", ["charlie", "hana"])
    def test_out_of_reach_it_cannot_be_asked_about(self, as_, torn, who):
        client = as_(who)
        assert client.get(f"/escalations/raise/?cluster={torn.pk}").status_code == 404
        assert client.post("/escalations/raise/", {"cluster": torn.pk}).status_code == 404

    @pytest.mark.parametrize("cluster", ["x", "9" * 30, "²"])
    def test_an_address_that_means_nothing_is_not_found(self, as_, torn, cluster):
        assert as_("lena").get("/escalations/raise/", {"cluster": cluster}).status_code == 404

    def test_the_question_hides_the_cluster_from_those_who_may_not_know_of_it(self, cast, as_, torn):
        raise_escalation(by=cast.alice, now=cast.now, cluster=torn)
        page = as_("charlie").get("/escalations/1/").text
        assert "/voice/clusters/" not in page
        assert TEXT not in page

    def test_a_note_may_be_begun_by_the_address(self, as_):
        page = as_("lena").get("/escalations/raise/?mechanism=labels&note=Is the measure itself wrong?").text
        assert "Is the measure itself wrong?</textarea>" in page


class TestStrip:
    def test_the_strongest_stand_above_the_stream(self, as_, torn):
        assert "Many say the same" in as_("alice").get("/voice/").text

    @pytest.mark.parametrize("query", ["q=torn", "channel=mail"])
    def test_a_search_shows_the_stream_alone(self, as_, torn, query):
        assert "Many say the same" not in as_("alice").get(f"/voice/?{query}").text

    def test_what_is_over_is_not_there(self, cast, as_):
        clustered([cast.torn], cast.now, over_at=cast.now)
        assert "Many say the same" not in as_("alice").get("/voice/").text

    def test_the_page_of_a_mechanism_shows_what_is_about_it(self, cast, as_, torn):
        assert "Many say the same" in as_("alice").get("/mechanisms/labels/").text
        assert "Many say the same" not in as_("alice").get("/mechanisms/refunds/").text


class TestDisagreement:
    HEAD = "Complaints rise while the chart is calm"

    @pytest.fixture
    def calm_labels(self, cast):
        charted(cast.late, calm())
        charted(cast.refund_days, calm())
        complained(cast.labels, cast.now)
        complained(cast.refunds, cast.now, rising=False)
        return cast

    def test_everybody_sees_it_beside_the_clusters(self, as_, calm_labels):
        page = as_("charlie").get("/voice/clusters/").text
        assert self.HEAD in page
        assert "14 customers complained" in page
        assert "Arrived late" in page

    def test_the_mechanism_says_it_and_a_calm_one_does_not(self, as_, calm_labels):
        client = as_("alice")
        assert self.HEAD in client.get("/mechanisms/labels/").text
        assert self.HEAD not in client.get("/mechanisms/refunds/").text

    def test_a_chart_that_is_out_agrees_with_the_complaints(self, cast, as_, calm_labels):
        charted(cast.late, out_of_spec())
        client = as_("lena")
        for where in ("/voice/clusters/", "/mechanisms/labels/", "/"):
            assert self.HEAD not in client.get(where).text

    def test_today_tells_those_who_answer_for_it_and_leaders(self, as_, calm_labels):
        told = {who for who in ("olga", "lena", "alice", "charlie") if self.HEAD in as_(who).get("/").text}
        assert told == {"olga", "lena"}

    def test_the_question_is_ready_to_be_put(self, cast, as_, calm_labels):
        client = as_("olga")
        page = client.get("/mechanisms/labels/")
        one = page.context["disagreeing"][0]
        form = client.get(one.ask)
        assert "Is the measure itself wrong?</textarea>" in form.text
        assert form.context["question"].measure == cast.late

    def test_a_retired_mechanism_says_nothing(self, cast, as_, calm_labels):
        Mechanism.objects.filter(pk=cast.labels.pk).update(retired_at=cast.now)
        assert self.HEAD not in as_("lena").get("/mechanisms/labels/").text


class TestCost:
    @pytest.fixture(params=[1, 30])
    def many(self, cast, request):
        signals = hear(cast, 60)
        for i in range(request.param):
            clustered([cast.torn, *signals], cast.now, cast.labels, terms=[f"word{i}"])
            clustered([cast.torn, *signals], cast.now, over_at=cast.now)
            mechanism = Mechanism.objects.create(slug=f"m{i}", name=f"M{i}", owner=cast.olga)
            for name in ("a", "b"):
                charted(Measure.objects.create(mechanism=mechanism, slug=name, name=name, good="low"), calm())
            complained(mechanism, cast.now)
        charted(cast.late, calm())
        complained(cast.labels, cast.now)
        return cast

    @pytest.mark.parametrize("where", ["/voice/clusters/", "/voice/", "/", "/mechanisms/labels/"])
    @pytest.mark.parametrize("who", ["olga", "alice"])
    def test_pages_cost_a_fixed_number_of_queries(self, many, as_, where, who, django_assert_max_num_queries):
        client = as_(who)
        client.get(where)
        with django_assert_max_num_queries(16):
            assert client.get(where).status_code == 200

    @pytest.mark.parametrize("who", ["lena", "olga", "alice"])
    def test_so_does_one_cluster_and_a_question_about_it(self, many, as_, who, django_assert_max_num_queries):
        cluster = Signal.objects.get(pk=many.torn.pk).clusters.first()
        raise_escalation(by=many.lena, now=many.now, cluster=cluster)
        client = as_(who)
        for where in (f"/voice/clusters/{cluster.pk}/", "/escalations/1/", f"/voice/?cluster={cluster.pk}"):
            client.get(where)
            with django_assert_max_num_queries(18):
                assert client.get(where).status_code == 200
