"""The fixed words of an audit."""

from django.utils.translation import gettext_lazy as _

PROCESSES = {
    "coached": _("Coaching talks"),
    "evidence": _("Put on record by others"),
    "promised": _("Promised support"),
    "delivered": _("Promised support came"),
    "examined": _("Gate to a plan examined"),
    "planned": _("Plan proposed"),
    "overridden": _("Gate passed by an exception of HR"),
    "decided": _("Plan came to a decision"),
    "met": _("Plan decided as met"),
    "appealed": _("Appealed"),
    "upheld": _("Appeal led to a change"),
    "calibrated": _("Case changed after a calibration"),
    "training": _("Training begun"),
    "trained": _("Training finished"),
    "mentored": _("Has a mentor"),
    "moved": _("Moved to another role"),
    "promoted": _("Moved up"),
    "recognised": _("Thanked for what they did"),
}
AMONG = {
    "promised": _("of those who were promised support"),
    "examined": _("of those for whom the gate was examined"),
    "planned": _("of those with a plan"),
    "decided": _("of those whose plan was decided"),
    "appealed": _("of those who appealed"),
    "training": _("of those who began a training"),
}
WAITS = {
    "delivery": _("From a promise of support to its coming"),
    "doubt": _("From a doubt about support to an answer"),
    "reply": _("From asking for a correction of the record to an answer"),
    "issue": _("From proposing a plan to handing it over"),
    "appeal": _("From an appeal to its hearing"),
    "follow_up": _("From coaching to looking back together"),
}
STATES = {
    "differs": _("differs"),
    "adverse": _("adverse"),
    "favourable": _("favourable"),
    "mixed": _("mix of roles"),
    "alone": _("role or group"),
    "masked": _("hidden by roles"),
    "none": _("no sign"),
    "few": _("too few to tell"),
}
ENDS = {
    "none": _("no plan came of it"),
    "open": _("plan still open"),
    "met": _("met"),
    "partly met": _("partly met"),
    "not met": _("not met"),
    "withdrawn": _("withdrawn"),
    "transferred": _("transferred"),
    "left": _("left"),
}
