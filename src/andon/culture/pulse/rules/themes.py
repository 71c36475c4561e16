"""What comments have in common: groups by a word that several of them use. Plain, so that anybody can check it."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

FEWEST = 3  # comments that share a word before it is a theme
MOST = 6
SHORTEST = 4
WORD = re.compile(r"[^\W\d_]+")
SUFFIXES = ("ing", "ern", "en", "er", "es", "s", "e", "n")
IDLE_WORDS = """
about after again also always because been before being both cannot could does doing done down each
even ever every from getting going gets have having here into itself just like made make makes many
more most much must need needs never nobody nothing often once only other ours over people really
same should since some something still such than that their them then there these they thing things
this those though through time times under until very want wants well were what when where which
while whom whose will with without work working would year years your aber alle allem allen aller
alles also anders auch dann dass dein deine denn deren dessen dich diese diesem diesen dieser dieses
doch dort durch eigentlich eine einem einen einer eines einfach einige etwas euch euer ganz gibt
haben hatte hatten hier ihnen ihre ihrem ihren ihrer immer jede jedem jeden jeder jedes jetzt kann
kein keine können könnte machen man manche mehr mein meine meinem meinen mich mit muss müssen nach
nicht nichts noch oder ohne schon sehr sein seine selbst sich sind sollte soll über unser unsere
viel viele vielleicht wann warum weil weiter welche wenn werden wieder will wird wurde würde wäre
zwischen arbeit leute zeit
"""
IDLE = frozenset(IDLE_WORDS.split())


@dataclass(frozen=True, slots=True)
class Theme:
    """Comments that share `word`; the last theme has none, and holds the others."""

    word: str
    comments: tuple[str, ...]


def themes(comments: Sequence[str]) -> tuple[Theme, ...]:
    """The commonest first; each comment once."""
    left = list(comments)
    found: list[Theme] = []
    while len(found) < MOST and (theme := _commonest(left)):
        found.append(theme)
        left = [one for one in left if one not in theme.comments]
    return (*found, Theme("", tuple(left))) if left else tuple(found)


def _commonest(comments: Sequence[str]) -> Theme | None:
    stems = [stems_of(one) for one in comments]
    often = Counter(stem for one in stems for stem in one)
    if not often:
        return None
    stem, many = min(often.items(), key=lambda pair: (-pair[1], pair[0]))
    if many < FEWEST:
        return None
    theirs = tuple(one for one, has in zip(comments, stems, strict=True) if stem in has)
    words = Counter(has[stem] for has in stems if stem in has)
    return Theme(min(words.items(), key=lambda pair: (-pair[1], pair[0]))[0], theirs)


def stems_of(comment: str) -> dict[str, str]:
    """Word stems that say something, each with the word it was found in."""
    words = (word.casefold() for word in WORD.findall(comment))
    return {_stem(word): word for word in words if len(word) >= SHORTEST and word not in IDLE}


def _stem(word: str) -> str:
    """Without its endings, one after the other: rosters, roster."""
    fits = (one for one in SUFFIXES if word.endswith(one) and len(word) - len(one) >= SHORTEST)
    ending = next(fits, "")
    return _stem(word.removesuffix(ending)) if ending else word
