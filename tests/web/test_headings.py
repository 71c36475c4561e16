"""What a customer wrote heads a question only for those who may read it; others are told what it is about."""

import pytest

from andon.escalations.actions import raise_escalation

pytestmark = pytest.mark.django_db
WORDS = "My sister's surgery"
PLACES = [
    "/escalations/",
    "/escalations/1/",
    "/",
    "/mechanisms/labels/",
    "/api/escalations",
    "/api/escalations/1",
]


@pytest.fixture
def as_(cast, client):
    def sign_in(who):
        client.force_login(getattr(cast, who))
        return client

    return sign_in


@pytest.fixture
def asked(cast):
    cast.torn.text = f"{WORDS} had to wait for the label that tore."
    cast.torn.save()
    return raise_escalation(by=cast.alice, now=cast.now, signal=cast.torn)


@pytest.mark.parametrize("where", PLACES)
@pytest.mark.parametrize("who", ["mona", "charlie", "hana"])
def test_a_bystander_meets_no_word_of_it(asked, as_, who, where):
    assert WORDS not in as_(who).get(where).content.decode().replace("&#x27;", "'")


@pytest.mark.parametrize("who", ["alice", "olga", "lena"])
def test_whoever_may_read_it_has_it_in_the_heading(asked, as_, who):
    for where in ("/escalations/", "/escalations/1/", "/api/escalations"):
        assert WORDS in as_(who).get(where).content.decode().replace("&#x27;", "'")


def test_others_are_told_what_it_is_about(asked, cast, as_):
    assert (
        f"What a customer wrote about {cast.labels.name}"
        in as_("charlie").get("/escalations/").content.decode()
    )


def test_a_note_of_a_colleague_heads_a_question_for_everybody(cast, as_):
    raise_escalation(by=cast.alice, now=cast.now, note="Who sorts the post?", mechanism=cast.labels)
    assert "Who sorts the post?" in as_("charlie").get("/escalations/").content.decode()
