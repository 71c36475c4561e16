"""Suggestions learned from what people have assigned."""

import pytest

from andon.mechanisms.models import Mechanism
from andon.signals.models import Signal
from andon.signals.suggesting import suggest
from tests.signals.conftest import NOW, row

pytestmark = pytest.mark.django_db


@pytest.fixture
def sorted_signals(brought):
    Mechanism.objects.create(slug="labels", name="Labels")
    Mechanism.objects.create(slug="refunds", name="Refunds")
    torn = [row(f"The label on parcel {i} was torn off", mechanism="labels") for i in range(30)]
    unpaid = [row(f"My refund of {i} euros has not been paid", mechanism="refunds") for i in range(30)]
    unknown = [row("The label of my parcel was torn", mechanism=""), row("zzz", mechanism="")]
    mapping = {"text": "comment", "received_at": "date", "mechanism": "mechanism"}
    return brought([*torn, *unpaid, *unknown], mapping=mapping)


def test_a_signal_is_suggested_the_mechanism_of_those_like_it(sorted_signals):
    suggest(NOW)
    signal = Signal.objects.get(text="The label of my parcel was torn")
    assert signal.mechanism is None
    assert signal.suggested.slug == "labels"
    assert 0.5 <= signal.suggested_p <= 1


def test_those_that_have_a_mechanism_are_suggested_none(sorted_signals):
    suggest(NOW)
    assert not Signal.objects.exclude(mechanism=None).exclude(suggested=None).exists()


def test_a_file_may_say_which_mechanism_and_that_is_recorded(sorted_signals):
    assert Signal.objects.filter(mechanism__slug="labels").count() == 30
    assert set(
        Signal.objects.get(text__contains="parcel 7 ").assignments.values_list("basis", flat=True)
    ) == {"file"}


def test_too_few_examples_suggest_nothing(brought):
    brought([row("a"), row("b")])
    assert suggest(NOW) == 0
