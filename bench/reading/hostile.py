"""Documents that nobody would write: real texts with signs of other scripts, marks without width, cut and broken files.

Everything is drawn from a random generator, so that a seed names a document.
"""

import io
import zipfile
from collections.abc import Callable, Sequence
from random import Random

import docx

SIGNS = (
    "\u00ad", "\u200b", "\u200c", "\u200d", "\u2060", "\ufeff", "\u200e", "\u200f",
    "\u202a", "\u202b", "\u202e", "\u2066", "\u2067", "\u2069", "\u0301", "\u0308",
    "\u0338\u0338\u0338", "\ufe0f", "\u00a0", "\u2009", "\u3000", "\u2028", "\u2029",
    "\u0085", "\x0b", "\x0c", "\x1c", "\x00", "\ufffd", "\ud7ff", "\U0001f600",
    "\U0001f469\u200d\U0001f680", "\U0001f1f0\U0001f1ff", "\U000e0041", "İ", "ß",
    "ŉ", "ﬁ", "Ǆ", "ẞ", "ς", "Ё", "ё", "й", "и\u0306", "مناورات", "תרגיל", "演習",
    "훈련", "การ", "Ῥ", "𝐀𝐛", "①", "²", "½", "٣", "१२", "Ⅻ", "«", "»", "“", "„", '"',
    "'", "(", ")", "[", "{", "|", "\t", "\n", "\n\n", "\r", "\r\n", ".", "...", ",",
    ";", ":", "—", "–", "-", "_", "/", "\\", "%", "$", "№", "0",
    "31 февраля 2024 года", "99.99.2024", "в 0000 году", "10" * 40, "1/0",
    "пять миллионов миллиардов", "с 5 по 3 мая 2020 года",
)  # fmt: skip

Change = Callable[[Random, str], str]


def text(random: Random, sources: Sequence[str]) -> str:
    """A real text, changed in up to four ways."""
    made = random.choice(sources)
    for _ in range(random.randint(1, 4)):
        made = random.choice(CHANGES)(random, made)
    return made[:60_000]


def file(random: Random, sources: Sequence[str]) -> tuple[str, bytes]:
    """Name and bytes of a hostile file of some format."""
    return random.choice(FILES)(random, text(random, sources))


# ------------------------------------------------------------------ texts


def _strewn(random: Random, made: str) -> str:
    """Strange signs put in anywhere, inside of words too."""
    letters = list(made)
    for _ in range(random.randint(1, 60)):
        letters.insert(random.randint(0, len(letters)), random.choice(SIGNS))
    return "".join(letters)


def _one_sign_between_all(random: Random, made: str) -> str:
    return random.choice(SIGNS).join(made[:3000])


def _shuffled_words(random: Random, made: str) -> str:
    words = made.split(" ")
    random.shuffle(words)
    return " ".join(words)


def _one_line(_: Random, made: str) -> str:
    return " ".join(made.split())


def _glued(random: Random, made: str) -> str:
    return "".join(made.split()) if random.random() < 0.3 else made.replace(" ", random.choice(SIGNS))


def _repeated(random: Random, made: str) -> str:
    begin = random.randint(0, max(0, len(made) - 2))
    return made[: begin + 1] + made[begin : begin + random.randint(1, 40)] * random.randint(2, 400) + made[begin:]


def _cut(random: Random, made: str) -> str:
    begin = random.randint(0, len(made))
    return made[begin : begin + random.randint(0, 2000)]


def _case(random: Random, made: str) -> str:
    return random.choice((str.upper, str.lower, str.title, str.swapcase))(made)


def _mixed_scripts(_: Random, made: str) -> str:
    return made.translate(str.maketrans("аеорсухАВЕКМНОРСТХ", "aeopcyxABEKMHOPCTX"))


def _reversed(_: Random, made: str) -> str:
    return made[::-1]


def _noise(random: Random, made: str) -> str:
    return made[:500] + "".join(chr(random.choice((random.randint(32, 0x3000), random.randint(32, 0xD7FF))))
                                for _ in range(random.randint(1, 2000)))  # fmt: skip


CHANGES: tuple[Change, ...] = (
    _strewn, _strewn, _one_sign_between_all, _shuffled_words, _one_line, _glued, _repeated, _cut, _case,
    _mixed_scripts, _reversed, _noise,
)  # fmt: skip


# ------------------------------------------------------------------ files


def _plain(random: Random, made: str) -> tuple[str, bytes]:
    if random.random() < 0.5:
        return "a.txt", made.encode("utf-8", "replace")
    encoding = random.choice(("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-32", "cp1251", "koi8-r", "cp866"))
    return "a.txt", _broken(random, made.encode(encoding, "replace"))


def _markdown(random: Random, made: str) -> tuple[str, bytes]:
    return "a.md", _broken(random, f"---\ntitle: {made[:40]}\n---\n# {made}\n> - **{made[:200]}**\n| a | b |".encode())


def _html(random: Random, made: str) -> tuple[str, bytes]:
    tags = ("<p>", "</div>", "<table><tr><td>", "<script>", "<!--", "]]>", "<b", "&nbsp;", "&#x0;", "&#1114112;",
            "<svg>", "<p style='", "<title>", "</html>", "<body>", "<meta charset=utf-7>", "<br/>")  # fmt: skip
    parts = made.split("\n")
    for _ in range(random.randint(1, 30)):
        parts.insert(random.randint(0, len(parts)), random.choice(tags) * random.choice((1, 1, 1, 300)))
    return "a.html", _broken(random, ("<html><body>" + "\n".join(parts)).encode("utf-8", "replace"))


def _docx(random: Random, made: str) -> tuple[str, bytes]:
    document, out = docx.Document(), io.BytesIO()
    for line in made.split("\n")[:40]:
        document.add_paragraph("".join(c for c in line if c.isprintable())[:2000])
    document.save(out)
    return "a.docx", _broken(random, out.getvalue())


def _zip_bomb(random: Random, _: str) -> tuple[str, bytes]:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", b"<Types/>")
        archive.writestr("word/document.xml", b" " * random.choice((10_000, 20_000_000, 310_000_000)))
    return "bomb.docx", out.getvalue()


def _pdf(random: Random, made: str) -> tuple[str, bytes]:
    letters = "".join(c for c in made[:300] if c.isascii() and c.isalnum()) or "a"
    stream = f"BT /F1 12 Tf ({letters}) Tj ET".encode()
    body = (
        b"%%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
        b"3 0 obj<</Type/Page/Parent 2 0 R/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>endobj\n"
        b"5 0 obj<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>endobj\n"
        b"4 0 obj<</Length %d>>stream\n%s\nendstream endobj\n" % (len(stream), stream)
    )
    secret = b"/Encrypt<</Filter/Standard/V 1/R 2/O(x)/U(y)/P -1>>" if random.random() < 0.3 else b""
    return "a.pdf", _broken(random, body + b"trailer<</Root 1 0 R/Size 6%s>>\nstartxref\n0\n%%%%EOF" % secret)


def _broken(random: Random, data: bytes) -> bytes:
    """The same bytes, in three of four cases cut off or with some of them changed."""
    kind = random.randint(0, 3)
    if kind == 0 or not data:
        return data
    if kind == 1:
        return data[: random.randint(0, len(data))]
    changed = bytearray(data)
    for _ in range(random.randint(1, 30)):
        changed[random.randrange(len(changed))] = random.randrange(256)
    return bytes(changed)


FILES = (_plain, _plain, _markdown, _html, _html, _docx, _pdf, _zip_bomb)
