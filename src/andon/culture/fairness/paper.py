"""An audit as a signed PDF: `andon verify` says whether anything in it was altered."""

import json
import logging
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

import typst
from django.conf import settings
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from andon.culture.fairness import telling, telling_others
from andon.culture.fairness.auditing import managers_named
from andon.culture.fairness.models import FairnessAudit
from andon.evidence.extracts import enclose
from andon.people import saying
from andon.people.models import Person
from andon.people.trail import record

logger = logging.getLogger(__name__)
STANDARDS = ["a-3a", "ua-1"]  # for the archive with an attachment, and for screen readers


def paper(audit: FairnessAudit, *, by: Person, now: datetime) -> bytes:
    """Its pages, with the ledger's entry of the audit attached, signed over every byte."""
    record(by, "took a fairness audit as PDF", f"fairness audit {audit.pk}", now)
    return enclose(pages(told(audit, by, now)), None, now=now, contents={audit.entry_id})


@cache
def template() -> bytes:
    return Path(__file__).with_name("audit.typ").read_bytes()


def pages(data: dict[str, Any]) -> bytes:
    """A PDF/A-3a, PDF/UA-1. Where a letter is in no font at hand, the same pages without that promise."""
    given = {"data": json.dumps(data, ensure_ascii=False)}
    try:
        return typst.compile(template(), format="pdf", sys_inputs=given, pdf_standards=STANDARDS)
    except typst.TypstError as error:
        logger.warning("a fairness audit is no PDF/A: %s", error)
        return typst.compile(template(), format="pdf", sys_inputs=given)


def told(audit: FairnessAudit, by: Person, now: datetime) -> dict[str, Any]:
    """Plain texts in plain lists, in the reader's language."""
    kept = audit.content
    parts = [telling.part(one) for one in kept["attributes"]]
    return {
        "labels": _labels(), "language": (get_language() or "en")[:2], "organisation": settings.ORGANISATION or "Andon",
        "title": _("Fairness audit %(number)s") % {"number": audit.pk}, "head": _head(audit, by, now),
        "headline": telling.headline(audit, parts), "counted": counted(audit),
        "named": [f"{one.name}. {name}, {row.group}: {row.sentence}" for one in parts for name, row in one.named],
        "parts": [_part(one) for one in parts],
        "managers": [
            {"name": one.name, "sentence": one.sentence, "outside": [f"{m.name}: {m.sentence}" for m in one.outside]}
            for one in telling_others.strict(kept["managers"], managers_named(audit))
        ],
        "overrides": [list(map(str, row)) for row in telling_others.overrides(kept["overrides"])],
        "alike": [list(map(str, row)) for row in telling_others.alike(kept["alike"])],
        "hashes": [
            [_("Inputs"), audit.inputs], [_("Result"), audit.digest],
            [_("Ledger entry %(seq)s") % {"seq": audit.entry_id}, audit.entry.hash if audit.entry else ""],
        ],
    }  # fmt: skip


def _head(audit: FairnessAudit, by: Person, now: datetime) -> str:
    head = _(
        "%(since)s to %(until)s (without that day) · computed %(at)s for %(asked)s · printed %(now)s by %(by)s"
    )
    return head % {
        "since": saying.day(audit.since), "until": saying.day(audit.until),
        "at": saying.moment(audit.finished_at or audit.at), "asked": audit.by.name, "now": saying.moment(now),
        "by": by.name,
    }  # fmt: skip


def counted(audit: FairnessAudit) -> str:
    people = ngettext("%(n)s person was at work.", "%(n)s people were at work.", audit.content["people"])
    compared = ngettext(
        "%(n)s comparison was made, and all are counted in the corrected p.",
        "%(n)s comparisons were made, and all are counted in the corrected p.",
        audit.content["comparisons"],
    )
    told = [(people, audit.content["people"]), (compared, audit.content["comparisons"])]
    return " ".join(words % {"n": saying.thousands(n)} for words, n in told)


def _part(one: telling.Part) -> dict[str, Any]:
    return {
        "name": one.name, "why": one.why, "left_out": one.left_out, "purpose": one.purpose, "basis": one.basis,
        "groups": [[g["name"], saying.thousands(g["n"]), saying.thousands(g["years"])] for g in one.groups],
        "tables": [_table(table) for table in one.full], "waits": [_table(table) for table in one.waits],
        "empty": [f"{table.name}: {table.why}" for table in one.empty],
    }  # fmt: skip


def _table(one: telling.Table) -> dict[str, Any]:
    return {
        "name": f"{one.name} ({one.among})" if one.among else one.name, "why": one.why,
        "rows": [
            {"group": row.group, "counts": f"{row.counts}\n{row.rate}".strip(), "others": row.others,
             "ratio": row.ratio, "state": row.state, "sentence": row.sentence,
             "facts": "; ".join(f"{name}: {figure}" for name, figure in row.facts),
             "halves": "; ".join(f"{span}: {ratio}" for span, _counts, ratio in row.halves)}
            for row in one.rows
        ],
    }  # fmt: skip


def _labels() -> dict[str, str]:
    return {
        "stands_out": _("What stands out"), "nothing": _("Nothing."), "group": _("Group"), "people": _("People"),
        "years": _("Years at work"), "happened": _("Happened to"), "others": _("Others"), "ratio": _("Ratio"),
        "state": _("Says"), "purpose": _("What it is for:"), "basis": _("By which right:"), "waits": _("Waiting"),
        "wait": _("Median"), "longer": _("Longer by days"), "managers": _("Managers"),
        "managers_why": _("How much managers differ in what they decide. Nobody is ranked."),
        "overrides": _("Exceptions at the gate, made by HR partners"), "condition": _("Condition left out"),
        "times": _("Times"), "ends": _("What came of it"), "alike": _("Like cases"), "standard": _("Standard"),
        "holders": _("Hold the role"), "strong": _("Evidence as strong"), "done": _("What was done"),
        "none": _("None."), "not_shown": _("Not shown"), "over_time": _("By half year:"), "hashes": _("Hashes"),
        "hashes_why": _(
            "The ledger’s entry of this audit is attached as ledger.json. “andon verify” checks both, without a "
            "network and without a database."
        ),
    }  # fmt: skip
