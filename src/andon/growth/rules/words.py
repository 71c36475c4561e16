"""Texts and addresses that people write into growth."""

from datetime import date
from urllib.parse import urlsplit

from django.utils.translation import gettext as _

LONGEST = 10_000
MOST_LINKS = 10


def problem_text(text: str, blank: str, longest: int = LONGEST) -> str:
    """Why a text cannot be taken; `blank` is what to say when there is none."""
    if not text.strip():
        return blank
    if len(text) > longest:
        return _("Longer than %(longest)s characters.") % {"longest": f"{longest:,}"}
    return ""


def problem_day_done(on: date, today: date) -> str:
    return _("That day has not come yet.") if on > today else ""


def problem_links(links: list[str]) -> str:
    """Only addresses of pages, so that a link on a page is never anything else."""
    if len(links) > MOST_LINKS:
        return _("At most ten links.")
    wrong = next((link for link in links if not _is_page(link)), "")
    if not wrong:
        return ""
    return _("“%(link)s” is not the address of a page; it begins with https://.") % {"link": wrong[:80]}


def _is_page(link: str) -> bool:
    try:
        parts = urlsplit(link)
    except ValueError:
        return False
    return parts.scheme in {"http", "https"} and bool(parts.netloc) and len(link) <= 400 and " " not in link
