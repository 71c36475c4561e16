"""What the database itself refuses to change of the ledger and of the rows that repeat it."""

from andon.people.guarding import Guard

REFUSAL = "The ledger is only added to"

ONLY_ADDED = {
    "evidence_entry": ("seq", "hash", "about, nth"),
    "evidence_pseudonym": ("id", "person_id", "name"),
    "evidence_seal": ("number", "seq"),
    "evidence_sight": ("id", "item_id"),
    "evidence_acceptance": ("id", "item_id", "entry_id"),
}
"""Tables whose rows are added and never touched again, with what is unique in them."""

CONTENT_GONE = "EXISTS (SELECT 1 FROM evidence_content c WHERE c.entry_id = OLD.entry_id AND c.body IS NULL)"
"""The words of a row's entry were erased, so that its own may go as well."""

ERASABLE = {
    "evidence_content": (
        ("entry_id",),
        "NEW.entry_id = OLD.entry_id AND NEW.body IS NULL AND NEW.salt IS NULL AND OLD.body IS NOT NULL"
        " AND EXISTS (SELECT 1 FROM evidence_entry e, evidence_entry o WHERE e.seq = NEW.erased_by_id"
        " AND o.seq = OLD.entry_id AND e.what = 'content.erased' AND o.what <> 'content.erased'"
        " AND e.seq > o.seq AND e.about = o.about)",
    ),
    "evidence_item": (
        ("id", "entry_id"),
        "NEW.id = OLD.id AND NEW.entry_id = OLD.entry_id AND NEW.person_id = OLD.person_id AND NEW.at = OLD.at"
        " AND NEW.title = '' AND NEW.text = '' AND NEW.situation = '' AND NEW.effect = '' AND NEW.source = ''"
        f" AND {CONTENT_GONE}",
    ),
    "evidence_reply": (
        ("id", "entry_id"),
        "NEW.id = OLD.id AND NEW.entry_id = OLD.entry_id AND NEW.item_id = OLD.item_id AND NEW.at = OLD.at"
        f" AND NEW.text = '' AND {CONTENT_GONE}",
    ),
    "evidence_answer": (
        ("id", "entry_id", "reply_id"),
        "NEW.id = OLD.id AND NEW.entry_id = OLD.entry_id AND NEW.reply_id = OLD.reply_id AND NEW.at = OLD.at"
        f" AND NEW.text = '' AND {CONTENT_GONE}",
    ),
}
"""Tables whose rows may change in one way: what is unique in them, and the only change that is let through."""

GUARDS = (
    *(Guard(table, unique, REFUSAL) for table, unique in ONLY_ADDED.items()),
    *(Guard(table, unique, REFUSAL, unless=unless) for table, (unique, unless) in ERASABLE.items()),
)
