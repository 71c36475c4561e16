"""Whether the sender is who they say, on the word of our own mail server alone (RFC 8601).

Anybody can write an Authentication-Results field into a mail. The topmost that names a server of ours counts,
and nothing below it is looked at: our server writes above what came in, so a forged field stands below.
"""

import re

from andon.signals.mail.headers import Headers
from andon.signals.mail.letter import Verdict

LONGEST = 20_000
_TOKEN = re.compile(r'"(?:[^"\\]|\\.)*"?|\\.|[();]|[^"();\\]+', re.DOTALL)
_RESULT = re.compile(r"^\s*(dmarc|dkim|spf|arc|auth)(?:/\d+)?\s*=\s*([a-z]+)", re.IGNORECASE)
_PROPERTY = re.compile(r"\b(header|smtp|policy)\s*\.\s*([\w-]+)\s*=\s*\"?([^\s\"]+)", re.IGNORECASE)


def authentication(headers: Headers, trusted: frozenset[str], sender: str) -> tuple[Verdict, str]:
    """(verdict, why in a sentence).

    "pass": DMARC passed; or, where it was not checked, DKIM or SPF passed for the domain of the sender.
    "fail": DMARC failed, or was not checked and what was checked failed. "none": nothing trusted says anything.
    """
    names = {server.lower() for server in trusted}
    for field in headers.every("authentication-results"):
        server, *results = _statements(field[:LONGEST])
        if _name(server) in names:
            return _verdict(results, sender.rpartition("@")[2])
    return "none", "None of our mail servers says whether the sender was checked."


def _name(server: str) -> str:
    """The authserv-id, without the version that may follow it."""
    return re.split(r"\s+", server.strip(), maxsplit=1)[0].strip('"').lower()


def _statements(field: str) -> list[str]:
    """The field's parts between semicolons, without comments; what is quoted is kept in one piece."""
    parts, depth = [""], 0
    for piece in _TOKEN.findall(field):
        if piece in "()":
            depth = max(depth + (1 if piece == "(" else -1), 0)
        elif depth:
            continue
        elif piece == ";":
            parts.append("")
        else:
            parts[-1] += piece
    return parts


def _verdict(results: list[str], domain: str) -> tuple[Verdict, str]:
    found = [
        (match[1].lower(), match[2].lower(), result) for result in results if (match := _RESULT.match(result))
    ]
    said = {method: outcome for method, outcome, _result in reversed(found)}
    dmarc = said.get("dmarc", "none")
    if dmarc == "pass":
        return "pass", "DMARC passed."
    if dmarc in ("fail", "permerror"):
        return "fail", f"DMARC: {dmarc}."
    return _without_dmarc(found, domain)


def _without_dmarc(found: list[tuple[str, str, str]], domain: str) -> tuple[Verdict, str]:
    checked = [(method, outcome, result) for method, outcome, result in found if method in ("dkim", "spf")]
    for method, outcome, result in checked:
        if outcome == "pass" and _aligned(result, domain):
            return "pass", f"{method.upper()} passed for {domain}."
    failed = [
        method
        for method, outcome, _result in checked
        if outcome in ("fail", "softfail", "permerror", "policy")
    ]
    passed = [method for method, outcome, _result in checked if outcome == "pass"]
    if failed:
        return "fail", f"{failed[0].upper()} failed."
    if passed:
        return "fail", f"{passed[0].upper()} passed, but for another domain than {domain}."
    return "none", "The server checked nothing that it could."


def _aligned(result: str, domain: str) -> bool:
    """Whether the domain that was checked is the sender's, or one above or below it."""
    for _kind, name, value in _PROPERTY.findall(result):
        if name.lower() in ("d", "i", "from", "mailfrom", "header", "b"):
            checked = value.rpartition("@")[2].strip(".<>;").lower()
            if "." in checked and domain and (
                domain == checked or domain.endswith("." + checked) or checked.endswith("." + domain)
            ):  # fmt: skip
                return True
    return False
