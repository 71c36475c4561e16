"""The lines that mail programs write above what they copy: "Forwarded message", "Original message", "Ada wrote:"."""

import re

from andon.signals.mail.addresses import ADDRESS

FORWARDED = re.compile(
    r"forwarded|przesłan|fwd\.? ?msg|weitergeleitet|weiterleitung|transféré|transmis|réexpédié"
    r"|reenvia|reencaminhad|encaminhad"
    r"|inoltrat|doorgestuurd|vidarebefordra|videresend|välitet|edelleenlähet|przekaz|přepos"
    r"|prepos|továbbít|redirecționat"
    r"|proslijeđen|prosleđen|posredovan|переадрес|пересыла|пересла|перенаправ|пересила"
    r"|ileti başlangıc|iletil|yönlendir"
    r"|προωθη|edastatud|edasi saadetud|pārsūtīt|persiųst|転送|转发|轉寄|轉發|전달|הועבר|מועבר"
    r"|معاد توجيه|diteruskan"
    r"|chuyển tiếp|ส่งต่อ|препрат|reenviat",
    re.IGNORECASE,
)
ORIGINAL = re.compile(
    r"^original$|ursprungsnachricht|original message|original appointment|ursprüngliche nachricht|original ?nachricht"
    r"|message d'origine|message original"
    r"|mensaje original|mensagem original|messaggio originale|oorspronkelijk bericht"
    r"|ursprungligt meddelande"
    r"|originalmeddelande|oprindelig meddelelse|opprinnelig melding|alkuperäinen viesti"
    r"|oryginalna wiadomość"
    r"|wiadomość oryginalna|původní zpráva|pôvodná správa|eredeti üzenet|mesaj original"
    r"|izvorna poruka|originalna poruka"
    r"|исходное сообщение|оригинальное сообщение|вихідне повідомлення|orijinal ileti"
    r"|özgün ileti|αρχικό μήνυμα"
    r"|original e-?mail|元のメッセージ|原始邮件|原始郵件|原邮件|원본 메시지|originalbericht|izvirno sporočilo",
    re.IGNORECASE,
)
WROTE = re.compile(
    r"wrote|schrieb|geschrieben|a écrit|escribió|escreveu|ha scritto|scrisse|schreef"
    r"|geschreven|skrev|kirjoitti"
    r"|napsal|napísal|napisał|írta|a scris|napisao|napisala|je napisa|написа|пише|пишет"
    r"|писал|yazdı|έγραψε|kirjutas"
    r"|rakstīja|rašė|写道|寫道|写了|書きました|のメッセージ|작성|כתב|كتب|va escriure|menulis|đã viết|เขียน|skrifaði",
    re.IGNORECASE,
)
_DASHED = re.compile(r"^\W{0,3}[-=_*~]{3,200}\s{0,8}([^\W_].{1,80}?)\s{0,8}[-=_*~]{3,200}(.*)$")
_SPLIT_DASHES = re.compile(r"^-{3,} .{2,60} -{3,} .{2,60} -{3,}\s*$")
_RULE = re.compile(r"^\s*[_\-=—–*]{8,}\s*$")
COLONS = (":", "：")
LONGEST = 300  # characters of a line that introduces something


def dashed(line: str) -> tuple[str, str] | None:
    """(phrase, what follows on the line) of "---- Forwarded message ----"; None for any other line."""
    if len(line) > 3000 or not ("--" in line or "==" in line or "__" in line or "**" in line):
        return None
    if _SPLIT_DASHES.match(line):
        return line.strip("- "), ""
    found = _DASHED.match(line[:3000])
    return (found[1].strip(), found[2].strip()) if found else None


def is_rule(line: str) -> bool:
    """A line of nothing but strokes."""
    return len(line) < 200 and bool(_RULE.match(line))


def announces_forward(line: str) -> bool:
    """ "Begin forwarded message:", undashed, alone on its line."""
    return 5 < len(line) < 90 and line.endswith(COLONS) and bool(FORWARDED.search(line))


def introduces_quote(line: str, quoted: bool) -> bool:
    """ "On Monday Ada <ada@example.com> wrote:": a verb of writing, ending in a colon, and an address.

    :param quoted: whether quoted lines follow; then a date does for an address.
    """
    text = line.strip()
    if not 8 < len(text) <= LONGEST or not text.endswith(COLONS) or not WROTE.search(text):
        return False
    return bool(ADDRESS.search(text)) or (quoted and any(sign.isdigit() for sign in text))
