"""Pages of the fairness audit: Hana audits, as Adam named her and she accepted; Ana was named and has not yet."""

from datetime import date

from andon.culture.fairness import actions, auditing
from andon.culture.fairness.models import FairnessAudit, FairnessAuditor
from tests.house.permissions.rule import Rule

AUDITS, NAMES = frozenset({"hana"}), frozenset({"hana", "adam"})
ENTERS = NAMES | {"ana"}
AUDIT, LIST, WAITING = {"pk": "fairness_audit"}, {"pk": "group_list"}, {"pk": "named_auditor"}
PURPOSE = {"purpose": "To see that all are treated alike.", "legal_basis": "Works agreement 7"}


def things(cast) -> dict:
    actions.name_auditor(cast.hana, "Yearly audit", by=cast.adam, now=cast.now)
    actions.accept(by=cast.hana, now=cast.now)
    waiting = actions.name_auditor(cast.ana, "Yearly audit", by=cast.hana, now=cast.now)
    brought = [_brought(cast, name) for name in ("gender", "age band")]
    actions.apply(brought[0], by=cast.hana, now=cast.now)
    audit = FairnessAudit.objects.create(
        since=date(2025, 9, 1), until=date(2026, 3, 1), by=cast.hana, at=cast.now
    )
    auditing.make(audit.pk, cast.now)
    assert FairnessAuditor.objects.in_force().count() == 1
    return {"fairness_audit": audit.pk, "group_list": brought[1].pk, "named_auditor": waiting.pk}


def _brought(cast, name: str):
    raw = f"number,attribute,value\n11,{name},A1\n12,{name},B2\n".encode()
    return actions.bring(raw, **PURPOSE, by=cast.hana, now=cast.now)


RULES: dict[str, Rule] = {
    "fairness:home": Rule(look=ENTERS),
    "fairness:name": Rule(act=NAMES, sends={"why": "Yearly audit"}),
    "fairness:accept": Rule(act=frozenset({"ana"})),
    "fairness:end": Rule(act=ENTERS, things=WAITING),  # whoever was named may also say no
    "fairness:bring": Rule(look=AUDITS, act=AUDITS, sends=PURPOSE),
    "fairness:preview": Rule(look=AUDITS, act=AUDITS, things=LIST),
    "fairness:let_go": Rule(act=AUDITS, things=LIST),
    "fairness:forget": Rule(act=AUDITS, things={"slug": "gender"}),
    "fairness:ask": Rule(act=AUDITS, sends={"since": "2025-01-01", "until": "2026-01-01"}),
    "fairness:audit": Rule(look=AUDITS, things=AUDIT),
    "fairness:progress": Rule(look=AUDITS, things=AUDIT),
    "fairness:pdf": Rule(look=AUDITS, things=AUDIT),
    "fairness:own": Rule(look=frozenset({"martin", "mona", "lena"})),
}
