"""How it could happen: written as a draft that is kept with every pause, posted as a version that stays."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from andon.escalations import access, drafts, rules, telling
from andon.escalations.actions.common import check, demand, locked, refuse, take_on_if_nobody_has
from andon.escalations.models import Entry, Escalation, Explanation, Review, WhyNode
from andon.escalations.rules import acts, explaining
from andon.people.models import Person
from andon.people.trail import record
from andon.people.words import tidy


@transaction.atomic
def begin_explanation(escalation: Escalation, by: Person, now: datetime) -> Explanation:
    """The draft, if there is one; else another, which begins as the last posted version ends."""
    one = _open_to(escalation, by, now)
    if draft := one.explanations.filter(posted_at=None).first():
        return draft
    draft = drafts.begun_after(one, by, now)
    record(by, "began an explanation", one, now, version=draft.number)
    return draft


@transaction.atomic
def write_sections(
    escalation: Escalation,
    values: Mapping[str, Any],
    by: Person,
    now: datetime,
    was: Mapping[str, str] | None = None,
) -> dict[str, ValidationError]:
    """Keeps what can be kept, each section by itself; why the others could not be, by name.

    `was` holds the marks of what the writer had before them (`drafts.mark`). What somebody else changed meanwhile
    is not overwritten: code "changed".
    """
    draft = _draft(_open_to(escalation, by, now))
    problems = {}
    for name, value in values.items():
        try:
            _keep(draft, name, value, (was or {}).get(name))
        except ValidationError as error:
            problems[name] = error
    drafts.touched(draft, by, now)
    return problems


def _keep(draft: Explanation, name: str, value: Any, was: str | None) -> None:
    if name not in explaining.SECTIONS:
        raise ValidationError(_("An explanation has no such part."))
    before = drafts.stored(draft, name)
    moved_on = was is not None and was != drafts.mark(draft, name)
    drafts.set_section(draft, name, value)
    if moved_on and not drafts.holds(drafts.stored(draft, name), before):
        drafts.put_back(draft, name, before)
        raise ValidationError(
            _("Somebody else changed this part meanwhile. Both are shown: keep what is right."),
            code="changed",
        )


@transaction.atomic
def add_why(
    escalation: Escalation, text: str, by: Person, now: datetime, under: WhyNode | None = None, **evidence
) -> WhyNode:
    """An answer to why, at the end under `under`, or a root. `evidence`: evidence, link, measure, signal_key."""
    draft = _draft(_open_to(escalation, by, now))
    refuse(rules.problem_text(tidy(text)))
    if draft.nodes.count() >= explaining.MOST_NODES:
        raise ValidationError(_("A tree of this size is read by nobody. Leave out what changes nothing."))
    parent = drafts.node(draft, under.pk) if under else None
    node = WhyNode(explanation=draft, parent=parent, by=by, at=now, text=tidy(text))
    drafts.rest_on(node, by, **evidence)
    drafts.append(draft, node)
    drafts.touched(draft, by, now)
    return node


@transaction.atomic
def change_why(node: WhyNode, text: str, by: Person, now: datetime, **evidence) -> WhyNode:
    """Says it better, or says what it rests on."""
    draft, node = _draft_of(node, by, now)
    refuse(rules.problem_text(tidy(text)))
    node.text = tidy(text)
    drafts.rest_on(node, by, **evidence)
    node.save()
    drafts.touched(draft, by, now)
    return node


@transaction.atomic
def move_why(node: WhyNode, where: str, by: Person, now: datetime) -> WhyNode:
    """Up, down, in or out by one step; at an end nothing changes."""
    draft, node = _draft_of(node, by, now)
    if where not in (explaining.UP, explaining.DOWN, explaining.IN, explaining.OUT):
        raise ValidationError(_("A why is moved up, down, in or out."))
    drafts.keep_places(explaining.moved(drafts.places(draft), node.pk, where))
    drafts.touched(draft, by, now)
    return drafts.node(draft, node.pk)


@transaction.atomic
def place_why(node: WhyNode, under: WhyNode | None, position: int, by: Person, now: datetime) -> WhyNode:
    """Puts it, with all under it, somewhere else in the tree."""
    draft, node = _draft_of(node, by, now)
    parent = drafts.node(draft, under.pk).pk if under else None
    try:
        drafts.keep_places(explaining.placed(drafts.places(draft), node.pk, parent, position))
    except ValueError as error:
        raise ValidationError(str(error)) from error
    drafts.touched(draft, by, now)
    return drafts.node(draft, node.pk)


@transaction.atomic
def remove_why(node: WhyNode, by: Person, now: datetime) -> None:
    """Takes it out, with all under it."""
    draft, node = _draft_of(node, by, now)
    node.delete()
    drafts.touched(draft, by, now)


@transaction.atomic
def drop_explanation(escalation: Escalation, by: Person, now: datetime) -> None:
    """Throws a draft away; posted versions stay."""
    one = _open_to(escalation, by, now)
    if draft := one.explanations.filter(posted_at=None).first():
        draft.delete()
        record(by, "dropped a draft", one, now, version=draft.number)


@transaction.atomic
def post_explanation(escalation: Escalation, by: Person, now: datetime) -> Explanation:
    """The draft becomes a version for all readers, which stays; the first stops the clock.

    ValidationError with a sentence for everything that is missing.
    """
    one = _open_to(escalation, by, now)
    draft = _draft(one)
    if problems := explaining.missing(drafts.content(draft)):
        raise ValidationError(problems)
    check(one, acts.Act("explain", by=f"person:{by.pk}"), now)
    take_on_if_nobody_has(one, by, now)
    draft.entry = Entry.objects.create(
        escalation=one, kind=Entry.Kind.EXPLAINED, text=draft.summary, by=by, at=now
    )
    draft.posted_by, draft.posted_at = by, now
    draft.save(update_fields=["entry", "posted_by", "posted_at"])
    record(by, "explained", one, now, version=draft.number)
    telling.happened(one, f"explained:{draft.pk}", lambda: _posted(draft), by, now)
    return draft


def _posted(draft: Explanation) -> str:
    return telling.paragraphs(_("How it could happen:"), draft.summary)


@transaction.atomic
def review(explanation: Explanation, text: str, by: Person, now: datetime) -> Review:
    """What a reader says of it, draft or posted. All readers see it; nothing waits for it."""
    one, text = explanation.escalation, tidy(text)
    demand(access.may_read(by, one), _("Reviewed by who may read the question."))
    refuse(rules.problem_text(text))
    said = Review.objects.create(explanation=explanation, text=text, by=by, at=now)
    record(by, "reviewed an explanation", one, now, version=explanation.number)
    told = {"name": by.name}
    telling.happened(
        one, f"review:{said.pk}",
        lambda: telling.paragraphs(_("%(name)s on the explanation:") % told, text), by, now,
    )  # fmt: skip
    return said


def _open_to(escalation: Escalation, by: Person, now: datetime) -> Escalation:
    one = locked(escalation)
    demand(access.may_own(by, one), _("Explained by whom it is put to, or by a leader."))
    check(one, acts.Act("explain"), now)
    return one


def _draft(one: Escalation) -> Explanation:
    draft = one.explanations.select_for_update().filter(posted_at=None).first()
    if draft is None:
        raise ValidationError(_("It was posted or thrown away meanwhile. Begin another version."))
    return draft


def _draft_of(node: WhyNode, by: Person, now: datetime) -> tuple[Explanation, WhyNode]:
    """The draft a node is in; nodes of a posted version are what they were."""
    draft = _draft(_open_to(node.explanation.escalation, by, now))
    return draft, drafts.node(draft, node.pk)
