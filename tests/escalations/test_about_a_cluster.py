"""A question about a cluster: who may ask it, who answers, and that the same is asked once."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied

from andon.escalations.actions import close, name_mechanism, raise_escalation
from andon.escalations.models import Escalation
from andon.watch.models import Cluster
from tests.web.heard import clustered

pytestmark = pytest.mark.django_db


@pytest.fixture
def torn(cast):
    """A cluster about labels; Phones and Fulfilment read its signals."""
    return clustered([cast.torn], cast.now, cast.labels)


@pytest.fixture
def lost(cast):
    """A cluster whose mechanism nobody knows."""
    return clustered([cast.lost], cast.now)


def ask(cast, by=None, **about):
    return raise_escalation(by=by or cast.alice, now=cast.now, **about)


def test_it_goes_to_the_owner_of_the_mechanism(cast, torn):
    asked = ask(cast, cluster=torn)
    assert (asked.mechanism, asked.to_person, asked.to_team) == (cast.labels, cast.olga, cast.fulfilment)


def test_without_a_mechanism_it_goes_to_triage(cast, lost):
    assert ask(cast, by=cast.lena, cluster=lost).addressee == "Triage"


def test_its_title_is_the_sentence_of_the_cluster(cast, torn):
    assert ask(cast, cluster=torn).title.startswith("12 customers wrote about “descaling light”")


def test_the_customers_clock_began_when_the_first_of_them_told_us(cast, torn):
    assert ask(cast, cluster=torn).customer_since == torn.starts


def test_a_cluster_that_began_in_the_future_does_not_put_the_clock_off(cast, torn):
    torn.starts = cast.now + timedelta(days=3)
    assert ask(cast, cluster=torn).customer_since == cast.now


def test_asking_about_the_same_cluster_joins_the_open_question(cast, torn):
    first = ask(cast, cluster=torn)
    assert ask(cast, by=cast.bob, cluster=torn, note="Me too") == first
    assert first.entries.get().kind == "also_asked"


def test_after_closing_it_is_asked_anew(cast, torn):
    close(ask(cast, cluster=torn), "Explained", cast.olga, cast.now)
    assert ask(cast, cluster=torn).number == 2


def test_another_cluster_is_another_question(cast, torn):
    ask(cast, cluster=torn)
    assert ask(cast, cluster=clustered([cast.torn], cast.now, cast.labels)).number == 2


def test_a_signal_of_the_cluster_is_a_question_of_its_own(cast, torn):
    ask(cast, cluster=torn)
    assert ask(cast, signal=cast.torn).number == 2


@pytest.mark.parametrize("who", ["charlie", "mona", "hana"])
def test_a_cluster_out_of_reach_cannot_be_asked_about(cast, torn, who):
    with pytest.raises(PermissionDenied):
        ask(cast, by=getattr(cast, who), cluster=torn)


@pytest.mark.parametrize("who", ["alice", "bob", "martin", "olga", "lena", "ana", "adam"])
def test_who_may_read_a_signal_of_it_knows_of_it(cast, torn, who):
    assert list(Cluster.objects.visible_to(getattr(cast, who))) == [torn]


@pytest.mark.parametrize("who", ["charlie", "mona", "hana", "lea"])
def test_others_do_not(cast, torn, who):
    assert not Cluster.objects.visible_to(getattr(cast, who)).exists()


def test_who_is_asked_about_it_knows_of_it_but_reads_no_more_signals(cast, lost):
    asked = ask(cast, by=cast.lena, cluster=lost)
    name_mechanism(asked, cast.refunds, cast.lena, cast.now)
    assert list(Cluster.objects.visible_to(cast.mona)) == [lost]
    assert not type(cast.lost).objects.visible_to(cast.mona).filter(clusters=lost).exists()


def test_the_inside_is_read_by_those_who_know_of_the_cluster(cast, torn):
    asked = ask(cast, cluster=torn, note="What happened?")
    readers = {who for who in ("bob", "martin", "ana") if _readable(cast, who, asked)}
    assert readers == {"bob", "martin", "ana"}
    assert not _readable(cast, "charlie", asked)


def _readable(cast, who: str, asked: Escalation) -> bool:
    return Escalation.objects.readable_by(getattr(cast, who)).filter(pk=asked.pk).exists()
