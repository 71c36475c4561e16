"""What the columns of a file may be, in our words: which are needed, and names that files give them."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True)
class Word:
    """One thing that a column may hold."""

    name: str
    label: str | Promise
    help: str | Promise = ""
    needed: bool = False
    aliases: tuple[str, ...] = ()


INTERACTIONS = (
    Word(
        "at",
        _("When it happened"),
        _("A day, a moment or a month."),
        True,
        (
            "at",
            "when",
            "date",
            "time",
            "timestamp",
            "datetime",
            "created at",
            "created",
            "opened at",
            "opened",
            "occurred at",
            "happened at",
            "started at",
            "date received",
            "month",
            "day",
            "week",
            "period",
        ),
    ),
    Word(
        "mechanism",
        _("Mechanism"),
        _("What the customer was served by: its name or its short name."),
        True,
        (
            "mechanism",
            "process",
            "service",
            "system",
            "queue",
            "category",
            "product",
            "department",
            "procedure",
            "assignment group",
            "organisation",
            "organization",
            "company",
            "name",
            "code",
            "type",
        ),
    ),
    Word(
        "customer",
        _("Customer"),
        _("Whom it happened to, to count customers, not contacts. Kept as a pseudonym."),
        False,
        (
            "customer",
            "customer id",
            "customer number",
            "client",
            "client id",
            "account",
            "account id",
            "user id",
            "caller id",
            "caller",
            "patient",
        ),
    ),
    Word(
        "worker",
        _("Person who served"),
        _("A staff number. Never shown beside a chart."),
        False,
        (
            "worker",
            "agent",
            "agent id",
            "employee",
            "employee id",
            "staff number",
            "served by",
            "resolver",
            "handler",
            "assigned to",
            "resolved by",
        ),
    ),
    Word("team", _("Team"), "", False, ("team", "team name", "site")),
)
SIGNALS = (
    Word("text", _("What the customer said"), _("The words, as they came."), False, (
        "text", "comment", "comments", "message", "body", "feedback", "review", "narrative", "verbatim",
        "answer", "complaint", "description", "content", "what the customer said", "response", "text1",
    )),
    Word("received_at", _("When it was received"), "", True, (
        "received at", "received", "at", "date", "created", "created at", "timestamp", "time", "submitted",
        "date received", "posted", "when", "sent", "review date", "month", "datetime",
    )),
    Word("rating", _("Rating"), _("A number: satisfaction, would recommend, effort or stars."), False, (
        "rating", "score", "stars", "csat", "nps", "ces", "satisfaction", "effort", "grade",
    )),
    Word("rating_kind", _("Kind of rating"), _("csat, nps, ces or stars on each row."), False, (
        "rating kind", "rating type", "survey", "score type", "survey type", "kind of rating",
    )),
    Word("channel", _("Channel"), "", False, ("channel", "source", "medium", "submitted via", "via", "origin")),
    Word("language", _("Language"), "", False, ("language", "lang", "locale")),
    Word("product", _("Product"), "", False, ("product", "item", "service", "sub product", "product name")),
    Word("region", _("Region"), "", False, ("region", "country", "state", "site", "area", "market", "location")),
    Word("mechanism", _("Mechanism"), _("What it is about. Otherwise it is suggested later."), False, (
        "mechanism", "process", "topic", "category", "mechanism slug",
    )),
    Word("reference", _("Reference"), _("The number of the case or the order."), False, (
        "reference", "ref", "case", "case id", "ticket", "ticket id", "id", "complaint id", "order",
        "order number", "key", "signal",
    )),
    Word("customer", _("Customer"), _("A number or an address. Kept as a pseudonym."), False, (
        "customer", "customer id", "customer number", "client", "client id", "account", "user id",
        "account id",
    )),
    Word("contact_name", _("Name of the customer"), _("Seen only by those who answer customers."), False, (
        "contact name", "customer name", "name", "from name", "sender name",
    )),
    Word("contact", _("Address of the customer"), _("Mail or telephone. Seen only by those who answer."), False, (
        "contact", "email", "e mail", "mail", "phone", "from", "sender", "customer email", "address",
    )),
)  # fmt: skip
WORDS: dict[str, tuple[Word, ...]] = {
    "interactions": INTERACTIONS,
    "signals": SIGNALS,
    "people": (),
    "mechanisms": (),
}
