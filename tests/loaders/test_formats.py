"""Every format gives its text, or one clear sentence why not."""

import io
import zipfile

import docx
import pypdf
import pytest

from loaders.errors import Damaged, EmptyDocument, Encrypted, UnknownFormat, UnusableSource
from loaders.formats import RdfContent, TextContent, extract
from loaders.reading.facts import PartialDate
from loaders.reading.paragraphs import paragraphs
from tests.loaders.making import pdf


def text_of(data: bytes, name: str, media_type: str | None = None) -> TextContent:
    content = extract(data, name, media_type)
    assert isinstance(content, TextContent)
    return content


def quads_of(data: bytes, name: str, media_type: str | None = None) -> RdfContent:
    content = extract(data, name, media_type)
    assert isinstance(content, RdfContent)
    return content


# Markdown


def test_markdown_gives_its_text_without_marks() -> None:
    content = text_of("# Учение «Щит»\n\n**Казахстан** и [Россия](http://x.y)\nпровели *учение*.\n".encode(), "a.md")
    assert content.text == "Учение «Щит»\n\nКазахстан и Россия провели учение."
    assert content.title == "Учение «Щит»"


def test_markdown_lists_and_tables_are_lines() -> None:
    content = text_of(
        "Команды:\n\n- первая\n- вторая\n\n| Место | Кто |\n|--|--|\n| 1 | Казахстан |\n".encode(), "a.md"
    )
    assert content.text == "Команды:\n\nпервая\nвторая\n\nМесто | Кто\n1 | Казахстан"


def test_markdown_front_matter_gives_title_and_date() -> None:
    content = text_of('---\ntitle: "Итоги"\ndate: 2023-05-06\n---\nТекст.\n'.encode(), "a.md")
    assert (content.text, content.title, content.issued) == ("Текст.", "Итоги", PartialDate(2023, 5, 6))


# HTML

PAGE = """<!DOCTYPE html><html lang="ru"><head><title>Учение прошло — Газета</title>
<meta property="article:published_time" content="2023-10-05T10:00:00+06:00"></head><body>
<nav><ul><li><a href="/">Главная</a></li><li><a href="/n">Новости</a></li></ul></nav>
<article><h1>Учение прошло</h1><p>Казахстан и Россия провели учение «Щит» на полигоне. В нём участвовали две роты.</p>
<p>Второй абзац с подробностями о том, как всё было и что сказали те, кто это видел.</p></article>
<script>var secret = 1;</script><footer>© Редакция. Все права защищены.</footer></body></html>"""


def test_html_gives_the_article_its_title_and_its_date() -> None:
    content = text_of(PAGE.encode(), "https://example.org/7", "text/html; charset=utf-8")
    assert content.text.startswith("Учение прошло\n\nКазахстан и Россия провели учение «Щит» на полигоне.")
    assert (content.title, content.issued) == ("Учение прошло", PartialDate(2023, 10, 5))
    assert not any(boilerplate in content.text for boilerplate in ("Новости", "права защищены", "secret"))


def test_html_is_known_by_its_beginning_whatever_its_name() -> None:
    assert text_of(PAGE.encode(), "page.txt").media_type == "text/html"


def test_html_in_the_encoding_that_it_declares() -> None:
    page = PAGE.replace("<head>", '<head><meta charset="windows-1251">')
    assert "провели учение «Щит»" in text_of(page.encode("cp1251"), "a.html").text


def test_a_table_that_only_arranges_a_page_is_no_row_of_a_table() -> None:
    page = """<html><body><table><tr><td>Home | Sport</td></tr><tr><td>
      <p>Kazakhstan and Serbia held the exercise Tulpar-2025 at Otar.</p>
      <p>Five states were there, as the ministry said in a statement on Friday:</p>
      <table><tr><th>State</th><th>Soldiers</th></tr><tr><td>Serbia</td><td>120</td></tr></table>
      <p>The next edition will be held in Serbia, according to the plan of both ministries.</p></td>
      <td>Subscribe!</td></tr></table></body></html>"""
    lines = text_of(page.encode(), "page.html").text.split("\n")
    assert "Kazakhstan and Serbia held the exercise Tulpar-2025 at Otar." in lines
    assert [line for line in lines if line.startswith("|") and "Serbia" in line and "120" in line]


def test_a_table_of_figures_stays_one() -> None:
    rows = "".join(f"<tr><td>State {n}</td><td>{n}00</td></tr>" for n in range(1, 4))
    page = (
        f"<html><body><p>What the states sent to the mission in the last year.</p><table>{rows}</table></body></html>"
    )
    assert "| State 2 | 200 |" in text_of(page.encode(), "page.html").text


def test_lines_that_breaks_wrap_are_lines_of_one_paragraph_and_two_breaks_part_paragraphs() -> None:
    page = """<html><head><title>Учение прошло</title></head><body><article><p>В Казахстане прошло учение,<br>
      в котором участвовали подразделения и штабы войск Казахстана,<br/>России и <b>Кыргызстана</b>.
      <br><br>Министр обороны встретился<BR class="x">
      с коллегой.</p><p>г. Астана<br>5 мая 2021 года</p></article></body></html>"""
    content = text_of(page.encode(), "page.html")
    assert content.text.split("\n\n") == [
        "Учение прошло",
        "В Казахстане прошло учение,\nв котором участвовали подразделения и штабы войск Казахстана,\n"
        "России и Кыргызстана.",
        "Министр обороны встретился\nс коллегой.",
        "г. Астана\n5 мая 2021 года",
    ]
    read = [content.text[begin:end] for begin, end in paragraphs(content.text)]
    assert read[1:3] == content.text.split("\n\n")[1:3]
    assert read[3:] == ["г. Астана", "5 мая 2021 года"]


def test_single_breaks_between_long_lines_part_paragraphs() -> None:
    lines = [f"{word} прошло учение, о котором рассказали {'и журналисты, ' * 6}и военные" for word in ("Там", "Тут")]
    page = f"<html><body><article><p>{'<br>'.join(lines)}</p></article></body></html>"
    assert text_of(page.encode(), "page.html").text.split("\n\n") == lines


def test_breaks_within_a_row_and_an_item_do_not_divide_them() -> None:
    page = """<html><body><article><p>Сколько послали государства в миссию за прошлый год, сказано ниже.</p><table>
      <tr><th>Государство</th><th>Число</th></tr><tr><td>Россия</td><td>20<br>человек</td></tr></table>
      <ul><li>Россия<br>– 18</li><li>Казахстан – 20</li></ul></article></body></html>"""
    text = text_of(page.encode(), "page.html").text
    assert "| Россия | 20 человек |" in text
    assert "- Россия – 18\n- Казахстан – 20" in text


# PDF


def test_pdf_gives_its_paragraphs_with_lines_joined_and_blanks_single() -> None:
    long = "Казахстан  и  Россия  провели  учение  на  полигоне,  в  котором  участвовали  военно-"
    content = text_of(pdf([long, "служащие двух стран.", "Следующее пройдёт летом."]), "a.pdf")
    assert content.text == (
        "Казахстан и Россия провели учение на полигоне, в котором участвовали военнослужащие двух стран.\n"
        "Следующее пройдёт летом."
    )


def test_pdf_pages_are_paragraphs() -> None:
    assert text_of(pdf(["Первая."], ["Вторая."]), "a.pdf").text == "Первая.\n\nВторая."


def test_pdf_without_text_is_refused() -> None:
    writer, out = pypdf.PdfWriter(), io.BytesIO()
    writer.add_blank_page(100, 100)
    writer.write(out)
    with pytest.raises(EmptyDocument, match=r"scan\.pdf: is a PDF file without text; its pages are pictures"):
        extract(out.getvalue(), "scan.pdf")


def test_pdf_with_a_password_is_refused() -> None:
    writer, out = pypdf.PdfWriter(pypdf.PdfReader(io.BytesIO(pdf(["Тайна."])))), io.BytesIO()
    writer.encrypt("secret", algorithm="RC4-128")
    writer.write(out)
    with pytest.raises(Encrypted, match=r"secret\.pdf: is encrypted"):
        extract(out.getvalue(), "secret.pdf")


def test_pdf_encrypted_in_a_way_that_is_not_known_is_refused_as_encrypted() -> None:
    writer = pypdf.PdfWriter()
    writer.add_blank_page(100, 100)
    writer.encrypt("secret", algorithm="RC4-128")
    out = io.BytesIO()
    writer.write(out)
    assert b"/Standard" in out.getvalue()
    with pytest.raises(Encrypted, match=r"secret\.pdf: is encrypted"):
        extract(out.getvalue().replace(b"/Standard", b"/Anothers"), "secret.pdf")


@pytest.mark.parametrize(
    "data",
    [b"%PDF-1.4\nno more", pdf(["Текст."])[:200], b"not a PDF at all"],
    ids=["only the beginning", "cut off", "something else"],
)
def test_broken_pdf_is_refused(data: bytes) -> None:
    with pytest.raises(UnusableSource, match=r"^a\.pdf: is "):
        extract(data, "a.pdf")


def test_a_broken_pdf_is_told_once_and_not_by_its_library_too(caplog: pytest.LogCaptureFixture) -> None:
    with pytest.raises(Damaged):
        extract(pdf(["Текст."])[:200], "a.pdf")
    assert caplog.records == []


# DOCX


def docx_file(**core: str) -> bytes:
    document, out = docx.Document(), io.BytesIO()
    document.add_heading("Учение", 1)
    document.add_paragraph("Казахстан провёл учение.")
    table = document.add_table(rows=2, cols=2)
    for row, (left, right) in zip(table.rows, [("Страна", "Людей"), ("Россия", "100")], strict=True):
        row.cells[0].text, row.cells[1].text = left, right
    document.add_paragraph("Конец.")
    document.core_properties.title = core.get("title", "")
    document.save(out)
    return out.getvalue()


def test_docx_gives_paragraphs_and_tables_in_their_order() -> None:
    content = text_of(docx_file(), "a.docx")
    assert content.text == "Учение\n\nКазахстан провёл учение.\n\nСтрана | Людей\nРоссия | 100\n\nКонец."
    assert content.title == "Учение"


def test_docx_is_known_without_its_ending() -> None:
    assert text_of(docx_file(title="Отчёт"), "attachment").title == "Отчёт"


@pytest.mark.parametrize(
    "data",
    [docx_file()[:3000], b"PK\x03\x04 but no more", b"text"],
    ids=["cut off", "only the beginning", "something else"],
)
def test_broken_docx_is_refused(data: bytes) -> None:
    with pytest.raises(Damaged, match=r"^a\.docx: is a broken DOCX file"):
        extract(data, "a.docx")


# RDF

SYNTAXES = {
    "a.ttl": "@prefix x: <https://x.org/> . x:a x:b x:c .",
    "a.nt": "<https://x.org/a> <https://x.org/b> <https://x.org/c> .",
    "a.nq": "<https://x.org/a> <https://x.org/b> <https://x.org/c> <https://x.org/g> .",
    "a.trig": "@prefix x: <https://x.org/> . x:g { x:a x:b x:c }",
    "a.rdf": '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:x="https://x.org/">'
    '<rdf:Description rdf:about="https://x.org/a"><x:b rdf:resource="https://x.org/c"/></rdf:Description></rdf:RDF>',
    "a.jsonld": '{"@id": "https://x.org/a", "https://x.org/b": {"@id": "https://x.org/c"}}',
    "a.n3": "@prefix x: <https://x.org/> . x:a x:b x:c .",
}


@pytest.mark.parametrize("name", SYNTAXES)
def test_rdf_in_any_syntax(name: str) -> None:
    (quad,) = quads_of(SYNTAXES[name].encode(), name).quads
    assert str(quad.triple) == "<https://x.org/a> <https://x.org/b> <https://x.org/c>"


def test_rdf_is_known_by_its_media_type_or_its_content() -> None:
    assert quads_of(SYNTAXES["a.ttl"].encode(), "https://x.org/data", "text/turtle").quads
    assert quads_of(SYNTAXES["a.jsonld"].encode(), "https://x.org/data", "application/octet-stream").quads
    assert quads_of(SYNTAXES["a.rdf"].encode(), "data.xml").quads
    assert quads_of(SYNTAXES["a.ttl"].encode(), "data").quads


def test_blank_nodes_have_the_same_names_each_time_and_others_in_another_file() -> None:
    one, other = b"[] <https://x.org/b> [] .", b"[] <https://x.org/b> [], 1 ."
    assert quads_of(one, "a.ttl").quads == quads_of(one, "b.ttl").quads
    assert quads_of(one, "a.ttl").quads[0].subject != quads_of(other, "a.ttl").quads[0].subject


def test_an_error_in_rdf_tells_its_place() -> None:
    with pytest.raises(Damaged, match=r"^a\.ttl: is not valid Turtle: .*line 2"):
        extract(b"@prefix x: <https://x.org/> .\nx:a x:b .", "a.ttl")


def test_a_remote_context_is_not_fetched() -> None:
    with pytest.raises(Damaged, match="names a remote JSON-LD context, which is not fetched"):
        extract(b'{"@context": "http://127.0.0.1:9/context", "@id": "https://x.org/a", "b": 1}', "a.jsonld")


# What is not read


def archive(*names: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as file:
        for name in names:
            file.writestr(name, "<x/>")
    return out.getvalue()


@pytest.mark.parametrize(
    ("name", "data", "kind", "message"),
    [
        ("a.txt", b"", EmptyDocument, "a.txt: is empty"),
        ("a.txt", b" \r\n\t", EmptyDocument, "a.txt: is empty"),
        ("a.txt", "\u200b\u00ad\n".encode(), EmptyDocument, "a.txt: holds no text"),
        ("a.html", b"<!DOCTYPE html><html><body></body></html>", EmptyDocument, "a.html: holds no text"),
        ("a.txt", b"text\x00with\x01bytes\x02", UnknownFormat, "a.txt: is not a text"),
        ("a.txt", bytes(range(256)), UnknownFormat, "a.txt: is not a text"),
        ("a.png", b"\x89PNG\r\n\x1a\n....", UnknownFormat, "a.png: is a PNG picture"),
        ("a.doc", b"\xd0\xcf\x11\xe0\xa1\xb1", UnknownFormat, "a.doc: is a file of an old Office"),
        ("a.xlsx", archive("xl/workbook.xml"), UnknownFormat, "a.xlsx: is an Excel file"),
        ("a.zip", archive("a.txt"), UnknownFormat, "a.zip: is a ZIP archive"),
        ("a.xyz", b"words", UnknownFormat, r"a.xyz: is of an unknown format \(.xyz\)"),
        ("a.csv", b"a;b\n1;2", UnknownFormat, r"a.csv: is of an unknown format \(.csv\)"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_is_not_read_is_refused_in_one_sentence(
    name: str, data: bytes, kind: type[UnusableSource], message: str
) -> None:
    with pytest.raises(kind, match=f"^{message}") as refusal:
        extract(data, name)
    assert "\n" not in str(refusal.value)
