"""How a version of a standard reads."""

from django.utils.translation import gettext as _

from andon.people import saying
from andon.standards.models import StandardVersion
from andon.web.templatetags.andon import day


def level_words(version: StandardVersion) -> str:
    """“at least 85 %”, “at most 4 days”; nothing where a behaviour is expected."""
    if version.level is None:
        return ""
    amount = saying.value(version.level, version.unit).replace(" %", "\N{NO-BREAK SPACE}%")
    if version.good == StandardVersion.Good.HIGH:
        return _("at least %(amount)s") % {"amount": amount}
    return _("at most %(amount)s") % {"amount": amount}


def where_words(version: StandardVersion) -> str:
    """For whom it holds: one team, or everywhere."""
    return version.standard.team.name if version.standard.team else _("everywhere")


def basis_words(version: StandardVersion) -> str:
    """How it came to be agreed, where that was before Andon."""
    if version.basis != StandardVersion.Basis.BROUGHT_IN:
        return ""
    told = _("Brought in from before Andon: agreed on %(day)s. Where that stands: %(source)s.")
    return told % {"day": day(version.agreed_before), "source": version.source.rstrip(".")}
