"""What is asked at first. Every house may change it; the sources are named where the words are theirs.

The engagement questions are the five of the Employee Engagement Index, and most others are of the same survey: the
Civil Service People Survey of the Cabinet Office, which is Crown copyright under the Open Government Licence v3.0,
free to use and to adapt with the source named. The name of the organisation is left out. German by us.
"""

from andon.culture.pulse.models import Dimension, Question

SURVEY = "Adapted from the Civil Service People Survey, Cabinet Office; Open Government Licence v3.0."
INDEX = "Employee Engagement Index. " + SURVEY
OURS = "Andon"

QUESTIONS: tuple[tuple[str, Dimension, str, str, str], ...] = (
    ("proud", Dimension.ENGAGEMENT, INDEX,
     "I am proud when I tell others where I work.",
     "Ich bin stolz, wenn ich anderen sage, wo ich arbeite."),
    ("recommend", Dimension.ENGAGEMENT, INDEX,
     "I would recommend this organisation as a great place to work.",
     "Ich würde diese Organisation als sehr guten Arbeitsplatz empfehlen."),
    ("attached", Dimension.ENGAGEMENT, INDEX,
     "I feel a strong personal attachment to this organisation.",
     "Ich fühle mich dieser Organisation persönlich stark verbunden."),
    ("inspired", Dimension.ENGAGEMENT, INDEX,
     "This organisation inspires me to do the best in my job.",
     "Diese Organisation spornt mich an, mein Bestes zu geben."),
    ("motivated", Dimension.ENGAGEMENT, INDEX,
     "This organisation motivates me to help it achieve its objectives.",
     "Diese Organisation motiviert mich, zu ihren Zielen beizutragen."),
    ("workload", Dimension.STRESS, SURVEY,
     "I have an acceptable workload.",
     "Meine Arbeitsmenge ist zu bewältigen."),
    ("balance", Dimension.STRESS, SURVEY,
     "I achieve a good balance between my work life and my private life.",
     "Beruf und Privatleben stehen bei mir in einem guten Verhältnis."),
    ("challenge", Dimension.VOICE, SURVEY,
     "I think it is safe to challenge the way things are done here.",
     "Ich kann hier ohne Sorge infrage stellen, wie etwas gemacht wird."),
    ("open", Dimension.VOICE, SURVEY,
     "My manager is open to my ideas.",
     "Meine Führungskraft ist offen für meine Ideen."),
    ("fair", Dimension.FAIRNESS, SURVEY,
     "I am treated fairly at work.",
     "Ich werde bei der Arbeit fair behandelt."),
    ("respect", Dimension.FAIRNESS, SURVEY,
     "I am treated with respect by the people I work with.",
     "Die Menschen, mit denen ich arbeite, behandeln mich mit Respekt."),
    ("relied", Dimension.SUPPORT, SURVEY,
     "The people in my team can be relied upon to help when things get difficult in my job.",
     "Wenn es schwierig wird, kann ich mich auf die Hilfe meines Teams verlassen."),
    ("help", Dimension.SUPPORT, OURS,
     "When I need help from my manager, I get it.",
     "Wenn ich die Hilfe meiner Führungskraft brauche, bekomme ich sie."),
    ("interested", Dimension.MEANING, SURVEY,
     "I am interested in my work.",
     "Meine Arbeit interessiert mich."),
    ("accomplishment", Dimension.MEANING, SURVEY,
     "My work gives me a sense of personal accomplishment.",
     "Meine Arbeit gibt mir das Gefühl, etwas erreicht zu haben."),
)  # fmt: skip


ANCHORS = (
    {"en": "Strongly disagree", "de": "Stimme gar nicht zu"},
    {"en": "Disagree", "de": "Stimme nicht zu"},
    {"en": "Neither", "de": "Weder noch"},
    {"en": "Agree", "de": "Stimme zu"},
    {"en": "Strongly agree", "de": "Stimme voll zu"},
)
"""Every point of the scale has its words, in the languages of the questions."""


def lay_out() -> None:
    """Puts them there where nothing is asked yet; whatever was edited stays."""
    if Question.objects.exists():
        return
    Question.objects.bulk_create(
        Question(key=key, place=place, dimension=dimension, texts={"en": en, "de": de}, source=source)
        for place, (key, dimension, source, en, de) in enumerate(QUESTIONS, start=1)
    )
