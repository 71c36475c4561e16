"""What a role looks for beside what somebody says: words, never a number."""

import re

from hypothesis import given
from hypothesis import strategies as st

from andon.growth.rules.careers import At, gap, summary

steps = st.integers(1, 7)
levels = st.builds(At, steps, st.sampled_from(["Showing", "Coaching"]), st.just("Asks first."))
gaps = st.lists(st.builds(gap, st.sampled_from(["Teaching", "Calm"]), levels, st.none() | levels))


@given(levels, st.none() | levels)
def test_every_case_has_one_state_and_words(wanted, said):
    found = gap("Teaching", wanted, said)
    expected = "unsaid" if said is None else "there" if said.step >= wanted.step else "next"
    assert found.state == expected
    assert wanted.word in found.words or found.state == "there"


@given(levels, st.none() | levels, steps)
def test_saying_more_never_takes_what_is_there_away(wanted, said, more):
    before = gap("Teaching", wanted, said)
    higher = At((said.step if said else 0) + more, "Coaching")
    assert not (before.state == "there" and gap("Teaching", wanted, higher).state != "there")


@given(gaps)
def test_the_summary_holds_no_number(found):
    assert not re.search(r"\d", summary(found))


@given(gaps)
def test_what_is_next_is_named(found):
    told = summary(found)
    assert all(one.skill in told for one in found if one.state != "there")


def test_who_confirmed_it_is_named():
    at = At(2, "Coaching")
    assert "Confirmed by Olga Owner." in gap("Teaching", at, at, ["Olga Owner"]).words
    assert "Nobody has confirmed it yet" in gap("Teaching", at, at).words
