"""Who owes a promise when people come and go. The company promised, so it is never nobody's."""

from django.utils.translation import gettext as _


def words(promised_by: str, owes: str | None, to_reader: bool = False) -> str:
    """Who owes it now, where that is not who promised it; empty where it is."""
    if owes is None:
        return _("{name} promised it and no longer can. The company owes it; it waits for a manager.").format(
            name=promised_by
        )
    if owes == promised_by:
        return ""
    if to_reader:
        return _("{name} promised it. The company owes it, now through you.").format(name=promised_by)
    return _("{name} promised it. The company owes it, now through {owes}.").format(
        name=promised_by, owes=owes
    )


def agreed(name: str) -> str:
    """A follow-up that somebody else had agreed."""
    return _("{name} agreed it and no longer can. It is yours now.").format(name=name)
