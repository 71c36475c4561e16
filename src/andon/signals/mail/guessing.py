"""Which charset bytes are in that name none: by how much of the text is above 127, and which letters come out."""

LETTERS = {
    "gb18030": "的一是了我不在人有他这们为你好请贵公司客户订单收到没问题快递退款谢",
    "big5": "的一是了我不在人有他這們為你好請貴公司客戶訂單收到沒問題退款謝",
    "cp932": "のにはをたがでてとしるますいからないこれ注文届様",
    "euc_jp": "のにはをたがでてとしるますいからないこれ注文届様",
    "cp949": "이다는을가에의하고니습로지기사주문배송안녕요",
    "koi8-r": "оеаинтсрвлкмдпуяыь",
    "cp1251": "оеаинтсрвлкмдпуяыь",
    "iso8859-5": "оеаинтсрвлкмдпуяыь",
    "cp1253": "αοιετσνηυρπκμλς",
    "cp1255": "יוהלאתרמבשנ",
    "cp1256": "ايلمنترهوبع",
    "cp874": "านรอกเงมยล",
}
SAMPLE = 4000  # bytes: enough to know a language by


def guess(data: bytes) -> str:
    """The likeliest charset of bytes that are not UTF-8: windows-1252 unless most letters are above 127."""
    sample = bytes(data[:SAMPLE])
    high = sum(byte > 127 for byte in sample)
    letters = high + sum(chr(byte).isalpha() for byte in sample if byte < 128)
    if high < 8 or high * 10 < letters * 4:
        return "cp1252"
    name, share = max(((name, _share(sample, name)) for name in LETTERS), key=lambda found: found[1])
    return name if share >= 0.2 and _fits(data, name) else "cp1252"


def _share(sample: bytes, name: str) -> float:
    """How many of the letters are of the commonest in that language, weighing what could not be read."""
    text = sample.decode(name, "replace")
    foreign = [letter for letter in text if letter > "\x7f"]
    common = sum(letter in LETTERS[name] for letter in foreign)
    return (common - 5 * text[:-2].count("\ufffd")) / max(len(foreign), 1)


def _fits(data: bytes, name: str) -> bool:
    try:
        data.decode(name)
    except UnicodeError:
        return False
    return True
