"""The fixed words of a dossier, for the pages to set."""

from django.utils.translation import gettext_lazy as _

LABELS = {
    "contents": _("Contents"),
    "asked": _("What was asked, and what was promised"),
    "what": _("What"),
    "stood": _("Stood at"),
    "wanted": _("Asked for"),
    "source": _("Told from"),
    "by": _("By"),
    "help": _("Help that was promised:"),
    "digest": _("SHA-256 of this version:"),
    "gate": _("The gate"),
    "met": _("met."),
    "not_met": _("not met."),
    "exceptions": _("Exceptions"),
    "no_exceptions": _("None were made."),
    "evidence": _("Evidence, with the replies"),
    "coaching": _("Coaching before it"),
    "no_coaching": _("None is on record."),
    "situation": _("Situation:"),
    "behaviour": _("What was seen:"),
    "impact": _("What it did:"),
    "agreed": _("What was agreed:"),
    "view": _("The person says:"),
    "followed": _("Looked back at"),
    "support": _("Support, and whether it came"),
    "no_support": _("Nothing was handed over yet, so nothing is owed."),
    "checkpoints": _("Checkpoints"),
    "no_checkpoints": _("None yet."),
    "held": _("held."),
    "not_held": _("not held."),
    "outcome": _("Whether it moved for customers"),
    "no_outcome": _("Nothing was computed."),
    "story": _("What happened: steps, decision, appeal"),
    "readings": _("Who read it"),
    "no_readings": _("Nobody but the person."),
    "when": _("When"),
    "who": _("Who"),
    "basis": _("As"),
    "times": _("Times"),
    "hashes": _("Hashes"),
    "hashes_why": _(
        "Every entry of the ledger about this, with its hash. The ledger’s part is attached as ledger.json, with a "
        "proof that nothing about this person was left out. “andon verify” checks both, without a network and without "
        "a database."
    ),
    "entry": _("Entry"),
    "hash": _("Hash"),
}


def labels() -> dict[str, str]:
    """In the language that is active."""
    return {name: str(words) for name, words in LABELS.items()}
