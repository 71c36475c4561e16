"""Where to go from My work."""

from dataclasses import dataclass

from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _


@dataclass(frozen=True, slots=True)
class Way:
    """One page of one's own, with a line on what it is for."""

    name: str
    label: str
    text: str
    icon: str
    url: str = ""


def ways() -> list[Way]:
    """Those pages that there are."""
    found = []
    for way in _every():
        try:
            url = reverse(way.name)
        except NoReverseMatch:
            continue
        found.append(Way(way.name, way.label, way.text, way.icon, url))
    return found


def _every() -> list[Way]:
    return [
        Way("record:mine", _("My record"), _("Every item about you, who read it, and your replies"), "book-open"),
        Way("plans:mine", _("My plan"), _("If there is one: why, and which help comes"), "map"),
        Way("coaching:mine", _("Coaching"), _("What was said, and the help promised to you"), "handshake"),
        Way("coaching:one_to_ones", _("One-to-ones"), _("What to talk about, what was agreed"), "messages-square"),
        Way("me:accomplishments", _("Accomplishments"), _("What you did that customers are better off for"), "star"),
        Way("me:feedback", _("Feedback"), _("Ask for it, give it, read it"), "message-circle"),
        Way("me:recognition", _("Recognition"), _("Thanks that you received and gave"), "heart-handshake"),
        Way("me:training", _("Training"), _("What you learn, and what for"), "graduation-cap"),
        Way("me:mentoring", _("Mentoring"), _("Find a mentor, or be one"), "users-round"),
        Way("me:careers", _("Careers and skills"), _("Where you can go from here, up and sideways"), "route"),
        Way("me:development", _("Development plan"), _("Yours alone to share, and never evidence"), "sprout"),
        Way("notices:list", _("What I was told"), _("And how: by mail at once, once a day, or not"), "bell"),
        Way("me:assessments", _("Self-assessment"), _("Your own look back, yours until you share it"), "notebook-pen"),
        Way("me:estimates", _("How my numbers read"), _("What was computed of you, with its uncertainty"), "scale"),
    ]  # fmt: skip
