"""A gentle hint where a text speaks of character instead of behaviour. It never stops anybody."""

import re
from dataclasses import dataclass

from django.utils.functional import Promise as Lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

LONGEST = 20_000  # characters that are looked at
MOST = 4  # hints at once: more would be a lecture

CHARACTER = gettext_lazy("says what somebody is. What did they do, and who would have seen it?")
ATTITUDE = gettext_lazy("is a conclusion. Which words or acts led you to it?")
ALWAYS = gettext_lazy("is rarely so. When was it, and how often?")
MIND = gettext_lazy("guesses what goes on in somebody. What did you see or hear?")
HEARSAY = gettext_lazy("leans on people who are not here. What did you see yourself?")
COMPARED = gettext_lazy("compares with colleagues. What does the standard ask?")

PATTERNS: tuple[tuple[str, Lazy], ...] = (
    (
        r"lazy|laziness|stupid|dumb|incompetent|useless|hopeless|careless|sloppy|arrogant|rude|difficult person"
        r"|immature|unprofessional|unreliable|untrustworthy|disorgani[sz]ed|aggressive|over-?sensitive|too sensitive"
        r"|too emotional|hysterical|bossy|abrasive|passive|toxic|troublemaker|loser|slacker|weak performer"
        r"|poor performer|low performer|under-?performer|not a team player|not cut out for|not a fit|no culture fit"
        r"|faul|dumm|unfähig|schlampig|unzuverlässig|rechthaberisch|zickig|unprofessionell"
        r"|überempfindlich|kein Teamplayer",
        CHARACTER,
    ),
    (
        r"(?:bad|poor|negative|wrong|terrible) (?:attitude|mindset)|attitude problem|attitude issues?"
        r"|lack of (?:commitment|motivation|interest|drive|ownership|passion|respect)|unmotivated|negativity"
        r"|(?:schlechte|falsche|negative) Einstellung|mangelnde[rn]? (?:Motivation|Einsatz)"
        r"|unmotiviert|kein Engagement",
        ATTITUDE,
    ),
    (
        r"always|never|constantly|every single time|all the time|everything (?:he|she|they) do(?:es)?"
        r"|immer|nie|niemals|ständig|dauernd",
        ALWAYS,
    ),
    (
        r"(?:does not|doesn['’]t|do not|don['’]t|did not|didn['’]t) (?:care|try|want to)|can['’]?t be bothered"
        r"|could not care less|couldn['’]t care less|on purpose|deliberately|wants to annoy"
        r"|ist (?:ihm|ihr|ihnen) egal|absichtlich|will (?:einfach|gar) nicht",
        MIND,
    ),
    (
        r"everybody says|everyone says|people say|they all say|as everybody knows|everyone knows"
        r"|alle sagen|jeder weiß|man sagt",
        HEARSAY,
    ),
    (
        r"(?:worse|slower|weaker) than (?:everybody|everyone|the others|all others|(?:his|her|their) colleagues)"
        r"|the (?:worst|slowest|weakest) (?:in|of) the team"
        r"|(?:langsamer|schlechter|schwächer) als alle|(?:der|die) (?:Langsamste|Schlechteste|Schwächste)",
        COMPARED,
    ),
)
COMPILED = tuple((re.compile(rf"\b(?:{words})\b", re.IGNORECASE), why) for words, why in PATTERNS)


@dataclass(frozen=True, slots=True)
class Hint:
    """What was written, and what to ask oneself about it."""

    said: str
    why: str

    @property
    def sentence(self) -> str:
        return _("“{said}” {why}").format(said=self.said, why=self.why)


def hints(*texts: str) -> list[Hint]:
    """At most four, in the order of the text, each wording once."""
    text = "\n".join(texts)[:LONGEST]
    found = [(match.start(), match.group(), why) for words, why in COMPILED for match in words.finditer(text)]
    once = {
        said.casefold(): Hint(said, str(why)) for _at, said, why in sorted(found, key=lambda one: -one[0])
    }
    return list(once.values())[::-1][:MOST]
