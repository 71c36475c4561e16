"""What a self-assessment asks."""

from django.utils.translation import gettext_lazy as _

PROMPTS = {
    "customers": _("What did I do that customers are better off for? How do I know?"),
    "hard": _("What made my work hard: which step, which system, what was missing?"),
    "learnt": _("What have I learnt, and from whom?"),
    "better": _("What would I do differently now?"),
    "help": _("Which help would make the biggest difference?"),
    "next": _("What do I want to be able to do next?"),
}
