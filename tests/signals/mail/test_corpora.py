"""Real mail of many programs, languages and decades. Needs ../shared/data/mail; nothing of it is copied here."""

import json
import re
from pathlib import Path

import pytest

from andon.signals.mail import Letter, read
from tests.signals.mail.samples import OURS, corpus, mail
from tests.signals.mail.test_never_fails import sound

FORWARDS = "crisp-forward"
FOLDERS = ["mikel-mail", "stalwart", "zapier-reply", FORWARDS]
MARKS = ["Fwd: x", "WG: x", "TR: x", "RV: x"]
SUBJECTS = [*MARKS, "The labels again"]


def squeezed(text: str) -> str:
    return re.sub(r"[\s\0\ufeff\u200b]+", "", text)


@pytest.mark.parametrize("folder", FOLDERS)
def test_no_mail_of_any_corpus_fails(folder):
    for path in corpus(folder, "*.*"):
        letter = read(path.read_bytes(), ours=OURS)
        assert sound(letter), path.name
        for file in letter.attachments:
            file.read()


@pytest.fixture(scope="module")
def bodies() -> dict[str, str]:
    return {path.stem: path.read_text(encoding="utf-8") for path in corpus(FORWARDS, "*body*.txt")}


def credits_john(letter: Letter) -> bool:
    """One program leaves the address out."""
    who = letter.original.sender if letter.original else None
    return (
        letter.basis == "parsed"
        and who is not None
        and "john.doe@acme.com" in (who.address or "john.doe@acme.com")
    )


class TestForwards:
    """The fixtures copy one message of John Doe's; those named variant_4 are answers."""

    @pytest.mark.parametrize("subject", SUBJECTS)
    @pytest.mark.parametrize("kind", ["text/plain", "text/html"])
    def test_the_sender_is_found_in_95_of_100(self, bodies, subject, kind):
        forwards = [body for name, body in bodies.items() if "variant_4" not in name]
        if kind == "text/html":
            forwards = [body.replace("<", "&lt;").replace("\n", "<br>\n") for body in forwards]
        letters = [
            read(mail(body, subject, content_type=f"{kind}; charset=utf-8"), ours=OURS) for body in forwards
        ]
        found = sum(map(credits_john, letters))
        assert len(forwards) > 150
        assert found >= 0.99 * len(forwards)

    def test_the_text_and_subject_are_the_original_s(self, bodies):
        for name, body in bodies.items():
            letter = read(mail(body, "Fwd: x"))
            if "variant_4" not in name:
                assert letter.original.subject in ("Integer consequat non purus", ""), name
                assert letter.original.text.startswith("Aenean quis diam urna."), name

    def test_what_stands_above_is_the_forwarder_s(self, bodies):
        for name, body in bodies.items():
            if body.startswith("Praesent suscipit") and "variant_4" not in name:
                letter = read(mail(body, "Fwd: x"))
                assert letter.note.split() == [
                    "Praesent",
                    "suscipit",
                    "egestas",
                    "hendrerit.",
                    "Aliquam",
                    "eget",
                    "dui",
                    "dui.",
                ], name

    def test_answers_are_no_forwards(self, bodies):
        answers = [body for name, body in bodies.items() if re.search(r"variant_4$", name)]
        assert answers
        assert not any(read(mail(body, "Re: x")).is_forward for body in answers)


def plain_mails() -> list[Letter]:
    """Every mail that is no forward by its subject and has no message attached."""
    answers = [path.read_text(encoding="utf-8") for path in corpus("zapier-reply", "*.txt")]
    letters = [read(mail(text, "Re: x")) for text in answers]
    letters += [
        read(path.read_bytes()) for folder in ("mikel-mail", "stalwart") for path in corpus(folder, "*.eml")
    ]
    return [
        one for one in letters if "fwd" not in one.subject.lower() and "message/rfc822" not in attached(one)
    ]


def attached(letter: Letter) -> set[str]:
    return {file.media_type for file in letter.attachments}


def test_fewer_than_2_of_100_that_are_no_forwards_are_called_one():
    letters = plain_mails()
    assert len(letters) > 100
    assert sum(one.original is not None for one in letters) < 0.02 * len(letters)


def expected() -> list[tuple[Path, dict]]:
    return [
        (path.with_suffix(".eml"), json.loads(path.read_text()))
        for path in corpus("stalwart", "*.json")
        if path.with_suffix(".eml").exists()
    ]


def test_the_text_another_reader_finds_is_found():
    """Where a part's end is torn, the other reader takes the heads of parts for text; those few are let go."""
    missed = total = 0
    for path, answer in expected():
        ours = squeezed(read(path.read_bytes()).text)
        bodies = (answer["parts"][index]["body"] for index in answer["text_body"])
        texts = [squeezed(body["Text"]) for body in bodies if isinstance(body, dict) and "Text" in body]
        total += len(texts)
        missed += sum(text not in ours for text in texts)
    assert total > 30
    assert missed <= 0.05 * total


def test_the_sender_another_reader_finds_is_found():
    for path, answer in expected():
        fields = {
            field["name"]: field["value"]
            for field in answer["parts"][0]["headers"]
            if field["name"] == "from"
        }
        listed = (fields.get("from") or {}).get("Address", {}).get("List", [{}])[0]
        if listed.get("address") and "@" in listed["address"]:
            assert read(path.read_bytes()).sender.address == listed["address"].lower(), path.name
