"""What first: how the mechanism stands."""

from hypothesis import given
from hypothesis import strategies as st

from andon.growth.rules.process import MeasureFacts, standing

CALM = MeasureFacts("Arrived late", charted=True, sentence="In control.")
OUT = MeasureFacts("Days to refund", charted=True, out=True, sentence="Two weeks outside the limits.")
ANY = st.lists(
    st.builds(MeasureFacts, st.just("One"), st.booleans(), st.booleans(), st.text(max_size=9)), max_size=4
)


def test_a_calm_mechanism_without_an_open_question_runs_as_usual():
    assert standing([CALM], 0).in_control is True


def test_one_measure_out_of_spec_is_enough_to_look_at_the_process_first():
    found = standing([CALM, OUT], 0)
    assert found.in_control is False
    assert found.sentences == ["Days to refund: Two weeks outside the limits."]


def test_an_open_question_is_enough_too():
    assert standing([CALM], 1).in_control is False


def test_where_nothing_is_measured_nobody_can_tell():
    assert standing([MeasureFacts("New", charted=False)], 0).in_control is None


@given(ANY, st.integers(0, 5))
def test_it_is_said_to_be_in_control_only_when_all_that_is_known_is_calm(measures, questions):
    found = standing(measures, questions)
    calm = not questions and not any(one.charted and one.out for one in measures)
    assert (found.in_control is True) == (calm and any(one.charted for one in measures))
    assert found.headline
    assert found.sentences
