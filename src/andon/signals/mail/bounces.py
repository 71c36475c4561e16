"""Mail that came back: by its report, by its empty return path, or by what known mail servers write."""

import email
import email.policy
import re

from flufl.bounce import scan_message

from andon.signals.mail.forwards.subjects import prefix_of
from andon.signals.mail.headers import Headers
from andon.signals.mail.parts import Part

LARGEST = 500_000  # bytes that are searched for what mail servers write
_DAEMON = re.compile(
    r"(?i)mailer-daemon|postmaster@|mail ?delivery (?:sub)?system|mail administrator"
    r"|mail system|maildelivery"
)
_SUBJECT = re.compile(
    r"(?i)undeliver|delivery (?:status notification|failure|has failed|delayed)"
    r"|returned mail|mail delivery (?:failed|failure)|failure notice"
    r"|could not (?:be delivered|send message)|unzustellbar|non remis|no se puede entregar"
    r"|impossible de (?:remettre|distribuer)"
    r"|mancato recapito|niet (?:af)?bezorg|не доставлено|недоставлен"
    r"|não foi possível entregar|returned to sender|配信不能|delivery failed|onbestelbaar|olever"
    r"|kan inte levereras|ikke leveres|toimittamat|niedostarcz|nie dostarczon|nedoruč|kézbesíthetetlen"
    r"|mancata consegna|não entregue|退信|无法投递|無法傳遞|전송되지"
)


def returned(root: Part, subject: str) -> str:
    """Why this is a returned mail, in a sentence; "" for what is none."""
    report = _report(root)
    if report:
        return report
    if root.headers.raw("x-failed-recipients"):
        return "It names the addresses that it could not reach (X-Failed-Recipients)."
    if not _suspect(root.headers, subject):
        return ""
    if _SUBJECT.search(subject):
        return "A mail server wrote it, and its subject says that a mail came back."
    return "A mail server says which addresses it could not reach." if _scanned(root) else ""


def _report(root: Part) -> str:
    if root.media_type != "multipart/report":
        return ""
    kind = root.content_type.parameters.get("report-type", "").lower()
    if kind in ("", "delivery-status") and any(
        part.media_type == "message/delivery-status" for part in root.walk()
    ):
        return "It is a delivery report (multipart/report)."
    return ""


def _suspect(headers: Headers, subject: str) -> bool:
    """Only mail that looks like a server's is searched: a customer who quotes a bounce is no bounce."""
    if prefix_of(subject):
        return False
    empty = headers.raw("return-path").strip() == "<>"
    return empty or bool(_DAEMON.search(headers.raw("from")))


def _scanned(root: Part) -> bool:
    try:
        plain = root.raw[:LARGEST].decode(
            "ascii", "replace"
        )  # its detectors expect fields to be plain strings
        message = email.message_from_string(plain, policy=email.policy.compat32)
        return bool(scan_message(message))
    except Exception:  # a library's mistake with a strange mail is no verdict on the mail
        return False
