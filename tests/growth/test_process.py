"""How the mechanism of somebody's work stood, today and on an earlier day."""

from datetime import timedelta

import pytest

from andon.escalations.actions import close, raise_escalation
from andon.growth.queries.process import mechanism_of, standing_of
from tests.growth.made import standard
from tests.web.charts import START, calm, charted, out_of_spec


def week(n: int):
    return START + timedelta(weeks=n)


def test_out_of_spec_now_is_said_with_the_sentence_of_the_chart(cast):
    chart = charted(cast.late, out_of_spec())
    found = standing_of(cast.labels, chart.computed_at)
    assert found.in_control is False
    assert found.sentences[0].startswith("Arrived late: ")


def test_what_came_later_is_not_held_against_an_earlier_day(cast):
    charted(cast.late, out_of_spec(weeks=40, last=2))
    assert standing_of(cast.labels, week(30)).in_control is True


def test_an_exception_that_is_over_was_one_then(cast):
    charted(cast.late, [*calm(20), 0.09, *calm(19)])
    assert standing_of(cast.labels, week(22)).in_control is False
    assert standing_of(cast.labels, week(35)).in_control is True


def test_the_week_that_is_not_over_yet_is_not_known_yet(cast):
    charted(cast.late, [*calm(20), 0.09, *calm(19)])
    assert standing_of(cast.labels, week(20) + timedelta(days=3)).in_control is True


def test_before_the_first_data_nobody_could_tell(cast):
    charted(cast.late, calm())
    assert standing_of(cast.labels, START - timedelta(days=1)).in_control is None


def test_a_mechanism_without_data_cannot_be_told_from_the_person(cast):
    assert standing_of(cast.labels, cast.now).in_control is None


def test_a_question_counts_from_asking_to_closing(cast):
    chart = charted(cast.late, calm())
    asked = chart.computed_at + timedelta(days=1)
    question = raise_escalation(by=cast.lena, now=asked, mechanism=cast.labels, note="?")
    close(question, "A twin.", by=cast.lena, now=asked + timedelta(days=1))
    days = [standing_of(cast.labels, asked + timedelta(days=n)).in_control for n in (-1, 0, 2)]
    assert days == [True, False, True]


@pytest.mark.parametrize("field", ["measure", "outcome_measure"])
def test_the_mechanism_of_a_standard_is_that_of_its_measure_or_of_the_outcome_it_serves(cast, field):
    wanted = standard(cast)
    wanted.measure = wanted.outcome_measure = None
    setattr(wanted, field, cast.refund_days)
    assert mechanism_of(wanted) == cast.refunds


def test_a_standard_of_behaviour_alone_has_none(cast):
    wanted = standard(cast)
    wanted.measure = None
    assert mechanism_of(wanted) is None
    assert mechanism_of(None) is None
