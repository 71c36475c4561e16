"""What somebody wrote now, and the note on top of a forward."""

import pytest

from andon.signals.mail import read
from tests.signals.mail.samples import BY_HAND, mail


@pytest.mark.parametrize("program", BY_HAND)
@pytest.mark.parametrize(
    "above",
    [
        "?",
        "??",
        "？",
        " ? ",
        "?\n\nJeff",
        "?\n\n-- \nLena Leader\nCEO, Shop",
        "?\n\nSent from my iPhone",
        "?\n\nVon meinem iPad gesendet",
        "?\n\nBest regards,\nLena\n\nThis message is confidential. If you are not the addressee, delete it.",
        "?\nMit freundlichen Grüßen\nLena Leader",
    ],
)
def test_a_question_mark_alone_is_known_whoever_signed(program, above):
    letter = read(mail(f"{above}\n\n{BY_HAND[program]}", "FW: x"))
    assert (letter.note, letter.is_question) == ("?", True)


@pytest.mark.parametrize(
    "above", ["? Why again", "?\n\nPlease look at the labels first.", "What is this?", "!"]
)
def test_a_note_with_words_is_taken_whole(above):
    letter = read(mail(f"{above}\n\n{BY_HAND['gmail']}", "FW: x"))
    assert (letter.note, letter.is_question) == (above, False)


def test_no_word_at_all_is_a_question_too():
    assert read(mail(BY_HAND["gmail"], "FW: x")).is_question


def test_a_question_mark_to_somebody_is_no_forward():
    letter = read(mail("?", "parcel"))
    assert (letter.note, letter.is_question) == ("?", False)


@pytest.mark.parametrize(
    "introduction",
    [
        "On Tue, 2011-03-01 at 18:02 +0530, Ada Byron wrote:",
        "On Dec 16, 2011, at 12:47 PM, Ada\n<ada@home.example>\nwrote:",
        "Am 28.10.2021 um 12:46 schrieb Ada Byron <ada@home.example>:",
        "Le 28/10/2021 12:46, « Ada Byron » <ada@home.example> a écrit :",
        "El 28/10/2021 12:46, Ada <ada@home.example> escribió:",
        "Op 28/10/2021 12:46 heeft Ada <ada@home.example> geschreven:",
        "Ada Byron <ada@home.example> kirjoitti 28/10/2021 12.46:",
        "2021年10月28日(木) 12:46 Ada <ada@home.example>さんが書きました:",
    ],
)
def test_what_is_quoted_is_not_new(introduction):
    letter = read(mail(f"It came.\n\n{introduction}\n> Did it come?\n", "Re: x"))
    assert (letter.new_text, letter.is_forward) == ("It came.", False)


def test_a_signature_is_not_new():
    assert read(mail("It is late.\n\n-- \nAda\n+44 20")).new_text == "It is late."


def test_two_strokes_inside_a_line_are_no_signature():
    assert read(mail("It is -- still -- late.")).new_text == "It is -- still -- late."


def test_a_sentence_about_a_phone_is_no_signature():
    said = "It broke.\n\nSent from my desk, it reached the shop, and nobody answered."
    assert read(mail(said)).new_text == said


def test_the_whole_text_is_kept_beside():
    text = "It is late.\n\nOn 3 May 2021 Lena wrote:\n> We are sorry.\n\n-- \nAda"
    assert read(mail(text)).text == text


def test_a_text_that_is_all_quoted_without_saying_of_whom_is_the_sender_s():
    assert read(mail("> It is late.\n> Very.")).new_text == "It is late.\nVery."
