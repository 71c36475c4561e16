"""What may be shared, and with whom."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from andon.growth.rules.sharing import Wish, problem_sharing
from andon.growth.rules.words import problem_links

wishes = st.builds(Wish, *[st.booleans()] * 6)


@given(wishes)
def test_only_the_person_shares_what_is_theirs(wish):
    assert problem_sharing(replace(wish, own=False))


@given(wishes)
def test_nothing_is_shared_that_the_person_cannot_read(wish):
    assert problem_sharing(replace(wish, readable=False))


@given(wishes)
def test_nothing_goes_to_somebody_who_left(wish):
    assert problem_sharing(replace(wish, to_at_work=False))


@given(wishes)
def test_what_is_for_the_line_goes_to_nobody_else(wish):
    assert problem_sharing(replace(wish, line_only=True, to_above=False))


@given(st.booleans())
def test_a_development_plan_goes_to_anybody_at_work(above):
    assert problem_sharing(Wish(own=True, to_above=above, line_only=False)) == ""


def test_a_link_is_the_address_of_a_page():
    assert problem_links(["https://example.com/a"]) == ""
    for link in (
        "javascript:alert(1)",
        "data:text/html,x",
        "/etc/passwd",
        "https://",
        "http://[",
        "https://a b",
    ):
        assert problem_links([link])
