"""How mail programs label the fields of a message they copy into a text, in the languages they speak."""

import re

LABELS = {
    "from": (
        "from|von|absender|de|exp|expéditeur|da|mittente|van|afzender|från|fra|avsender"
        "|avsändare|lähettäjä|od|nadawca"
        "|odesílatel|odosielateľ|feladó|küldő|expeditorul|expeditor|de la|šalje|pošiljatelj"
        "|pošiljalac|от|отправитель"
        "|від|від кого|gönderen|kimden|από|αποστολέας|saatja|kellelt|nuo|no|sūtītājs|siuntėjas"
        "|差出人|送信元|送信者|发件人"
        "|寄件者|寄件人|보낸 사람|보낸사람|발신|מאת|من|daripada|dari|từ|người gửi|จาก|remitente|remetente|de part de"
    ),
    "to": (
        "to|an|empfänger|à|a|pour|para|destinataire|destinatario|destinatário|aan|till|til"
        "|vastaanottaja|komu|do|adresat"
        "|címzett|către|destinatarul|destinatar|prima|primatelj|za|кому|получатель|до|kime"
        "|alıcı|προς|kellele|saaja|kam|"
        "宛先|送信先|收件人|收件者|받는 사람|받는사람|수신|אל|إلى|kepada|đến|tới|người nhận|ถึง|pre|per"
    ),
    "cc": (
        "cc|kopie|kopie (cc)|copie à|copie|kopia|kopi|kopio|dw|udw|másolat|másolatot kap"
        "|copia|cópia|копия|копія|bilgi"
        "|κοιν|κοινοποίηση|koopia|kópia|kopija|抄送|副本|참조|עותק|נسخة|bcc|blind copy|salinan|สำเนา"
    ),
    "subject": (
        "subject|betreff|betr|objet|sujet|asunto|oggetto|onderwerp|ämne|emne|aihe|temat|předmět"
        "|predmet|tárgy|subiect"
        "|subiectul|naslov|тема|konu|θέμα|teema|tēma|tema|件名|主题|主題|主旨|제목|נושא|الموضوع|subjek"
        "|chủ đề|tiêu đề"
        "|เรื่อง|assunto"
        "|assumpte|zadeva"
    ),
    "date": (
        "date|sent|datum|gesendet|gesendet am|envoyé|envoyé le|date d'envoi|fecha|enviado"
        "|enviado el|enviada em|enviado em"
        "|enviada|data|inviato|data invio|verzonden|verzonden op|skickat|sendt|dato|päivämäärä"
        "|päiväys|lähetetty|wysłano|odesláno"
        "|odoslané|dátum|elküldve|küldve|trimis|trimis la|dată|poslano|poslato|дата|отправлено"
        "|дата отправки|надіслано"
        "|відправлено|tarih|gönderilen|gönderildi|gönderme tarihi|ημερομηνία|στάλθηκε|kuupäev"
        "|saadetud|nosūtīts|išsiųsta|日時|日付"
        "|送信日時|日期|发送时间|发送日期|時間|时间|寄件日期"
        "|날짜|보낸 날짜|보낸날짜|תאריך|נשלח|التاريخ|تم الإرسال|تاريخ الإرسال|tarikh|tanggal|ngày|gửi"
        "|วันที่|poslal"
    ),
    "reply-to": (
        "reply-to|reply to|antwort an|antworten an|répondre à|responder a|responder para"
        "|rispondi a|antwoord aan|svar til"
        "|svara till|vastaus|odpověď na|odpowiedź-do|odpovedať-pre|válaszcím|răspuns către"
        "|odgovori na|ответ-кому"
        "|кому відповісти|yanıt adresi|返信先|回复|回覆"
    ),
    "other": (
        "importance|priority|wichtigkeit|priorität|attachments|anlagen|anhänge|pièces jointes"
        "|adjuntos|datos adjuntos|allegati"
        "|priorità|bijlagen|bilagor|vedhæftede filer|liitteet|załączniki|přílohy|prílohy"
        "|mellékletek|message-id|organization"
        "|organisation|signed by|mailed-by|thread-topic|resent-from|envelope-to|return-path"
        "|sender|on behalf of"
        "|添付ファイル|附件|sensitivity|categories"
    ),
}
ROLES = {label.casefold(): role for role, labels in LABELS.items() for label in labels.split("|") if label}

_LABEL = re.compile(
    r"^\W{0,4}?[*_]{0,2}\s{0,8}([^\W\d_][^:：\n]{0,24}?)\s{0,8}[*_]{0,2}\s?[:：]\s{0,8}[*_]{0,2}\s{0,8}(.*)$"
)
_WORDS = sorted(
    (label[:1].upper() + label[1:] for labels in LABELS.values() for label in labels.split("|")),
    key=len,
    reverse=True,
)
_SUBJECTS = "|".join(re.escape(word) for word in _WORDS if ROLES[word.casefold()] == "subject")
_RUN_ON = re.compile(
    rf"(?:(?<![^\W\d_])({'|'.join(map(re.escape, _WORDS))}|CC|DW)|(?<=[A-ZČ]{{2}})({_SUBJECTS}))\s?[:：]\s?"
)
_BARE_RUN_ON = re.compile(r"(?<=[>;])(Dw|DW|Cc|CC) (?=\S)|(?<=[A-Z]{2})(Assunto) (?=\S)")


def labelled(line: str) -> tuple[str, str] | None:
    """(role, value) of a line such as "*Von:* Ada <ada@example.com>"; None for any other line."""
    found = _LABEL.match(line)
    role = ROLES.get(" ".join(found[1].split()).casefold()) if found else None
    return (role, found[2].strip()) if found and role else None


def unmarked(line: str) -> tuple[str, str] | None:
    """(role, value) of a line whose label has no colon: `From "Ada" <ada@example.com>`, as eM Client writes it."""
    words = line.split()
    for count in (1, 2):
        role = ROLES.get(" ".join(words[:count]).casefold())
        if role and len(words) > count:
            return role, " ".join(words[count:])
    return None


def any_label(line: str) -> tuple[str, str] | None:
    """(label, value) of any "word: value", for languages that are not listed."""
    found = _LABEL.match(line)
    return (found[1].casefold(), found[2].strip()) if found else None


def run_on(line: str) -> list[str]:
    """The fields of a line that lost its line breaks, as Yahoo's forwards do."""
    line = _BARE_RUN_ON.sub(lambda bare: f"{bare[1] or bare[2]}: ", line)
    return [
        piece
        for piece in _RUN_ON.sub(lambda label: f"\n{label[1] or label[2]}: ", line).split("\n")
        if piece.strip()
    ]
