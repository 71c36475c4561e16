"""Whether a person wrote, or a machine: an automatic answer, a returned mail, a list.

Nothing is dropped for its kind. A mail is only called automatic on the word of its own head, and an answer
by a person whose desk marks everything as automatic stays a person's.
"""

import re

from andon.signals.mail.bounces import returned
from andon.signals.mail.forwards.subjects import prefix_of
from andon.signals.mail.headers import Headers
from andon.signals.mail.letter import Kind
from andon.signals.mail.parts import Part

AWAY = re.compile(
    r"out of (?:the )?office|out-of-office|automatic reply|auto(?:matic)?[- ]?(?:reply"
    r"|response|antwort)|autoreply|automatische antwort"
    r"|abwesenheit|abwesend|nicht im (?:büro|haus)|réponse automatique|absence du bureau"
    r"|absent du bureau|respuesta automática"
    r"|fuera de (?:la )?oficina|resposta automática|ausência temporária|fora do escritório"
    r"|risposta automatica|fuori ufficio"
    r"|automatisch antwoord|afwezig|autosvar|automatiskt svar|frånvaro|fravær"
    r"|automatisk svar|automaattinen vastaus|poissaolo"
    r"|autoodpowiedź|automatyczna odpowiedź|poza biurem|automatická odpověď"
    r"|automatická odpoveď|mimo kancelář|automatikus válasz"
    r"|răspuns automat|automatski odgovor|автоматический ответ|автоответ|вне офиса"
    r"|автоматична відповідь|otomatik yanıt|自動応答"
    r"|自動返信|不在通知|自动回复|自動回覆|자동 회신|부재중|תשובה אוטומטית|on (?:annual |parental )?leave until"
    r"|vacation reply",
    re.IGNORECASE,
)
ACKNOWLEDGED = re.compile(
    r"(?:we(?:'ve| have)? received your|your (?:request|ticket|message|email) (?:has been"
    r"|was) received|ticket (?:created|received)|do not reply"
    r"|haben ihre (?:anfrage|nachricht|e-?mail) erhalten|eingangsbestätigung"
    r"|bitte (?:antworten sie )?nicht|avons bien reçu|hemos recibido"
    r"|automatisch (?:erstellt|generiert)|automatically generated|auto-generated)",
    re.IGNORECASE,
)
MACHINES = re.compile(r"^(?:mailer-daemon|no-?reply|do-?not-?reply|noreply-.*|postmaster|bounces?)(?:[+@]|$)")
BEFORE_AWAY = {
    "",
    "i am",
    "i'm",
    "i am currently",
    "currently",
    "ich bin",
    "bin",
    "je suis",
    "estoy",
    "sono",
    "jag är",
}
_POST = re.compile(r"(?i)<mailto:([^<>?]{3,250})")
AUTO_MARKS = (
    "x-autoreply",
    "x-autorespond",
    "x-autoresponder",
    "x-auto-reply",
    "x-mail-autoreply",
    "auto-reply",
)


def kind_of(root: Part, subject: str, own: str, *, quotes: bool, ours: frozenset[str]) -> tuple[Kind, str]:
    """(kind, why in a sentence; "" for a person's).

    :param own: what the sender wrote now.
    :param quotes: whether an earlier message is quoted below, as people answering do.
    :param ours: our addresses: a list that is one of them only hands on what customers write.
    """
    headers = root.headers
    bounced = returned(root, subject)
    if bounced:
        return "bounce", bounced
    automatic = _automatic(root, subject)
    if automatic:
        by_hand = _answered_by_hand(headers, subject, own, quotes)
        return ("human", f"{automatic} But a person answered.") if by_hand else ("auto", automatic)
    listed = _listed(headers, ours)
    return ("list", listed) if listed else ("human", "")


def answerable(headers: Headers, ours: frozenset[str]) -> bool:
    """Whether an automatic answer may go back: never to a machine, a list or who asks for none."""
    if headers.raw("return-path").strip() == "<>" or _marked(headers) or _listed(headers, ours):
        return False
    if "list-unsubscribe" in headers and not _is_our_list(headers, ours):
        return False
    suppressed = headers.raw("x-auto-response-suppress").lower()
    return not any(word in suppressed for word in ("all", "autoreply", "oof", "dr"))


def _automatic(root: Part, subject: str) -> str:
    marked = _marked(root.headers)
    if marked:
        return marked
    if root.media_type == "multipart/report":
        return "It is a report by a machine, such as a receipt (multipart/report)."
    if _says_away(subject):
        return "Its subject says that nobody is there."
    if root.headers.raw("return-path").strip() == "<>":
        return "It has no return path, as what machines send."
    return ""


def _says_away(subject: str) -> bool:
    """Whether a subject begins with it: one about somebody's automatic answer is a person's."""
    found = AWAY.search(subject[:300])
    return bool(
        found and not prefix_of(subject) and subject[: found.start()].strip(" [(").lower() in BEFORE_AWAY
    )


def _marked(headers: Headers) -> str:
    said = re.split(r"[;\s(]", headers.raw("auto-submitted").lower(), maxsplit=1)[0]
    if said and said != "no":
        return f"It says of itself: Auto-Submitted: {said[:40]}."
    precedence = headers.raw("precedence").lower()
    if precedence in ("auto_reply", "auto-reply", "junk"):
        return f"It says of itself: Precedence: {precedence}."
    mark = next(
        (mark for mark in AUTO_MARKS if mark in headers and headers.raw(mark).lower() not in ("no", "")), ""
    )
    return f"It says of itself: {mark}." if mark else ""


def _answered_by_hand(headers: Headers, subject: str, own: str, quotes: bool) -> bool:
    """Whether, for all its marks, a person wrote: it answers or passes on, quotes, and has words of its own."""
    prefix = prefix_of(subject)
    answers = prefix == "forward" or (prefix == "reply" and bool(headers.raw("in-reply-to")))
    said = own.strip()
    if not (answers and quotes and said):
        return False
    sender = headers.raw("from").lower()
    machine = MACHINES.search(sender.rsplit("<", 1)[-1].strip("> "))
    return not (
        machine or AWAY.search(subject) or AWAY.search(said[:2000]) or ACKNOWLEDGED.search(said[:2000])
    )


def _listed(headers: Headers, ours: frozenset[str]) -> str:
    if _is_our_list(headers, ours):
        return ""
    for name in ("list-id", "list-post", "x-mailing-list", "list-help"):
        if headers.raw(name):
            return f"It came through a list ({name.title()}: {headers.raw(name)[:80]})."
    precedence = headers.raw("precedence").lower()
    return f"It was sent to many (Precedence: {precedence})." if precedence in ("bulk", "list") else ""


def _is_our_list(headers: Headers, ours: frozenset[str]) -> bool:
    """Whether the list is an address of ours, as where complaints@ is a group that all who answer belong to."""
    name = headers.raw("list-id").rpartition("<")[2].strip("> ").lower()
    posts = {post.lower() for post in _POST.findall(headers.raw("list-post"))}
    return bool(posts & ours) or any(
        name == address.replace("@", ".") for address in ours if "@" in address[1:]
    )
