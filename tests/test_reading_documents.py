"""Tables, workbooks, PDF, Word, mail and archives: what is guessed is said, what is broken or a trap is named, by member."""

import gzip
import io
import zipfile
from datetime import date, datetime
from email.message import EmailMessage

import docx
import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from events.reading import read_bytes
from events.reading.limits import MOST_LEVELS

QUAKE = "A quake shook the town of Sur on Monday, and nobody was hurt, the mayor said at noon. Schools stayed closed."
FLOOD = "A flood hit the port of Beira on Friday and swept nine boats away, the harbour master said on the radio."


def texts(result):
    return [story.text for story in result.stories]


def named(result):
    return [(problem.file, problem.line, problem.reason) for problem in result.problems]


def zipped(**members):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name.replace("__", "/").replace("_", "."), data)
    return buffer.getvalue()


def pdf(*pages):
    """A minimal PDF with the lines of each page in Helvetica."""
    bodies = []
    for number, lines in enumerate(pages):
        shown = "".join(f"({line}) Tj 0 -14 Td " for line in lines)
        stream = f"BT /F1 11 Tf 72 720 Td {shown}ET".encode("latin-1")
        bodies.append(b"<</Type/Page/Parent 2 0 R/Resources<</Font<</F1 3 0 R>>>>/Contents %d 0 R>>" % (5 + 2 * number))
        bodies.append(b"<</Length %d>>stream\n%s\nendstream" % (len(stream), stream))
    kids = b" ".join(b"%d 0 R" % (4 + 2 * number) for number in range(len(pages)))
    head = [b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Count %d/Kids[%s]>>" % (len(pages), kids)]
    found, offsets = b"%PDF-1.4\n", []
    for number, body in enumerate([*head, b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>", *bodies], 1):
        offsets.append(len(found))
        found += b"%d 0 obj%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    size = len(offsets) + 1
    return found + b"xref\n0 %d\n0000000000 65535 f \n%strailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (
        size, table, size, len(found),
    )  # fmt: skip


def word(*paragraphs):
    document, buffer = docx.Document(), io.BytesIO()
    for text, style in paragraphs:
        document.add_paragraph(text, style=style)
    document.save(buffer)
    return buffer.getvalue()


def workbook(*rows):
    book, buffer = openpyxl.Workbook(), io.BytesIO()
    for row in rows:
        book.active.append(row)
    book.save(buffer)
    return buffer.getvalue()


# ------------------------------------------------------------------ tables


def test_a_table_is_read_by_its_column_names_and_the_guess_is_said():
    data = f'Headline;Date;Body;Link;Views\nQuake;10/03/2025;"{QUAKE}";https://e.org/q;7\nFlood;25/03/2025;{FLOOD};;8\n'
    result = read_bytes(data.encode(), "week.txt")
    assert texts(result) == [QUAKE, FLOOD]
    assert [story.published for story in result.stories] == [date(2025, 3, 10), date(2025, 3, 25)]
    assert [note.said for note in result.notes] == [
        'a table of 2 stories: text is column "Body", title is column "Headline", published is column "Date", url is '
        'column "Link"; dates like 04/05/2025 are read day first; not used: "Views"'
    ]


def test_columns_without_known_names_are_told_by_their_content():
    rows = [f'1,Quake shakes Sur,2025-03-10,"{QUAKE}"', f'2,Flood hits Beira,2025-03-14,"{FLOOD}"']
    data = "\n".join(["Nr,Was,Wann,Wo", *rows])
    result = read_bytes(data.encode(), "x.csv")
    assert [(story.title, story.published) for story in result.stories] == [
        ("Quake shakes Sur", date(2025, 3, 10)), ("Flood hits Beira", date(2025, 3, 14)),
    ]  # fmt: skip
    assert 'text is column "Wo" (by its content)' in result.notes[0].said


def test_bad_rows_are_named_by_their_line_and_hold_up_no_others():
    rows = [f"A,{QUAKE[:15]},2025-03-10", "B,,2025-03-11", f'C,"{FLOOD}",04/05/2025', f"D,{FLOOD},2025-03-12"]
    data = "\n".join(["title,text,date", *rows])
    result = read_bytes(data.encode(), "x.csv")
    assert named(result) == [
        ("x.csv", 3, "has no text"),
        ("x.csv", 4, "has a date that can't be read, '04/05/2025'; the story is kept without it"),
        ("x.csv", 5, "has 4 cells where the table has 3 columns"),
    ]
    assert [story.title for story in result.stories] == ["A", "C"]


def test_a_table_without_a_text_says_which_columns_it_has():
    result = read_bytes(b"country,year\nOman,2025\nMali,2024\n", "x.csv")
    assert '(columns: "country", "year"): name one "text"' in result.problems[0].reason


def test_a_quotation_mark_that_nobody_closed_takes_no_more_with_it_than_a_cell_may_hold():
    data = f'title,text\nQuake,"{QUAKE}"\nOpen,"' + "a line\n" * 200_000
    result = read_bytes(data.encode(), "x.csv")
    assert result.stories[0].title == "Quake"
    assert result.problems[0].line == 3
    assert "a cell has more than 1,000,000 characters" in result.problems[0].reason


def test_a_workbook_is_read_by_what_its_cells_show():
    rows = (["Title", "Published", "Text"], ["Quake", datetime(2025, 3, 10, 9), QUAKE], ["=1+1", None, FLOOD])
    result = read_bytes(workbook(*rows), "no-ending")
    assert texts(result) == [QUAKE, FLOOD]
    assert [(story.title, story.published) for story in result.stories] == [("Quake", date(2025, 3, 10)), ("", None)]
    assert result.notes[0].said.startswith('a sheet of 2 stories: text is column "Text"')


# ------------------------------------------------------------------ documents


def test_a_pdf_is_read_without_what_every_page_repeats():
    head, foot = "Gulf Desk Weekly", "Page {} of 3"
    pages = [
        [
            head,
            "Quake shakes Sur",
            "10 March 2025",
            "A quake shook the town of Sur on Monday, and nobody was hurt, the",
            foot.format(1),
        ],
        [head, "mayor said at noon. Schools stayed closed on Tuesday while engineers", foot.format(2)],
        [head, "looked at their walls for cracks, the university of Muscat said.", foot.format(3)],
    ]
    (story,) = read_bytes(pdf(*pages), "week.pdf").stories
    assert (story.title, story.published) == ("Quake shakes Sur", date(2025, 3, 10))
    assert story.text == (
        "A quake shook the town of Sur on Monday, and nobody was hurt, the mayor said at noon. Schools stayed closed on "
        "Tuesday while engineers looked at their walls for cracks, the university of Muscat said."
    )


def test_a_pdf_of_pictures_a_broken_one_and_a_cut_one_say_so():
    assert "its pages are pictures" in read_bytes(pdf([]), "scan.pdf").problems[0].reason
    assert "is a damaged PDF" in read_bytes(b"%PDF-1.7\n%\xe2\xe3", "x").problems[0].reason
    assert read_bytes(pdf(["It shook."])[:200], "x").problems


def test_a_word_document_is_read_by_its_styles():
    data = word(
        ("Quake shakes Sur", "Title"),
        ("Date: 10 March 2025", None),
        (QUAKE, None),
        ("Walls in Sur with cracks", "Caption"),
    )
    (story,) = read_bytes(data, "x").stories
    assert (story.title, story.published) == ("Quake shakes Sur", date(2025, 3, 10))
    assert story.text == QUAKE + "\n\nWalls in Sur with cracks"
    assert [story.text[start:end] for start, end in story.captions] == ["Walls in Sur with cracks"]


def test_an_office_document_that_declares_entities_is_refused():
    bomb = b'<!DOCTYPE a [<!ENTITY b "bbbb">]><a>&b;</a>'
    for name in ("word__document_xml", "xl__workbook_xml"):
        result = read_bytes(zipped(**{name: bomb}), "trap.docx")
        assert "declares entities" in result.problems[0].reason


# ------------------------------------------------------------------ mail


def mail(body, *attachments, html=None):
    message = EmailMessage()
    message["Subject"], message["From"] = "Fwd: Quake shakes Sur", "Gulf Desk <desk@example.org>"
    message["Date"], message["Message-ID"] = "Mon, 10 Mar 2025 23:50:00 -0500", "<1@example.org>"
    message.set_content(body)
    if html:
        message.add_alternative(html, subtype="html")
    for name, data in attachments:
        message.add_attachment(data, maintype="application", subtype="octet-stream", filename=name)
    return message.as_bytes()


def test_a_mail_is_a_story_with_what_its_header_says():
    (story,) = read_bytes(mail(QUAKE + "\n\n-- \nGulf Desk, Muscat\n"), "x").stories
    assert (story.title, story.text, story.source) == ("Quake shakes Sur", QUAKE, "Gulf Desk")
    assert (story.published, story.published_basis) == (date(2025, 3, 10), "header")


def test_what_is_attached_is_read_and_the_cover_note_left_out():
    data = mail("See attached.", ("quake.docx", word((QUAKE, None))), ("bad.pdf", b"%PDF-1.4 nothing"))
    result = read_bytes(data, "desk.eml")
    assert texts(result) == [QUAKE]
    assert [problem.file for problem in result.problems] == ["desk.eml > bad.pdf"]
    assert "cover note" in result.notes[0].said


def test_a_mail_of_html_alone_is_read_as_what_it_shows():
    message = EmailMessage()
    message["Subject"], message["Message-ID"] = "Quake", "<2@example.org>"
    message.set_content(f"<p>{QUAKE}</p><p>{FLOOD}</p><p><a href=x>Unsubscribe</a></p>", subtype="html")
    assert texts(read_bytes(message.as_bytes(), "x")) == [f"{QUAKE}\n\n{FLOOD}"]


# ------------------------------------------------------------------ archives


def test_a_zip_and_a_gzip_are_what_is_in_them_and_a_bad_member_is_named():
    inner = gzip.compress(FLOOD.encode())
    result = read_bytes(zipped(a_txt=QUAKE, b_txt_gz=inner, c_png=b"\x89PNG\r\n\x1a\n"), "week.zip")
    assert texts(result) == [QUAKE, FLOOD]
    assert named(result) == [("week.zip > c.png", None, "is no text but a picture")]


def test_a_gzip_that_is_cut_off_gives_what_there_is_and_says_so():
    whole = gzip.compress("\n".join(f'{{"text": "It shook {n} times."}}' for n in range(5000)).encode())
    result = read_bytes(whole[: len(whole) // 2], "wire.jsonl.gz")
    assert len(result.stories) > 1000
    assert ("wire.jsonl.gz", None, "is cut off; what there is of it is read") in named(result)


def test_bombs_are_left_packed_and_what_is_beside_them_is_read():
    zeros = b"0" * (40 << 20)
    assert "as only a bomb does" in read_bytes(gzip.compress(zeros), "x.gz").problems[0].reason
    result = read_bytes(zipped(a_txt=QUAKE, b_txt=zeros), "x.zip")
    assert texts(result) == [QUAKE]
    assert [(file, "as only a bomb does" in reason) for file, _, reason in named(result)] == [("x.zip > b.txt", True)]


def test_archives_in_archives_are_opened_to_a_depth_and_no_further():
    data = QUAKE.encode()
    for _ in range(MOST_LEVELS):
        data = gzip.compress(data)
    assert texts(read_bytes(data, "x.gz")) == [QUAKE]
    assert "levels deep" in read_bytes(gzip.compress(data), "x.gz").problems[0].reason


def test_a_hostile_name_in_an_archive_is_shown_as_plain_characters():
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("../\x1b[31m\u202egnp.txt", b"\x89PNG")
    assert named(read_bytes(buffer.getvalue(), "x.zip"))[0][0] == "x.zip > ../?[31m?gnp.txt"


@pytest.mark.parametrize(
    ("data", "what"), [(b"BZh91AY", "a bzip2 archive"), (b"7z\xbc\xaf\x27\x1c", "a 7-Zip archive")]
)
def test_other_archives_are_named_as_what_they_are(data, what):
    assert read_bytes(data, "x").problems[0].reason == f"is no text but {what}"


SEEDS = [
    zipped(a_txt=QUAKE, b_html=f"<p>{FLOOD}</p>"), gzip.compress(QUAKE.encode()), pdf(["It shook in Sur.", "It rained."]),
    word((QUAKE, None)), workbook(["title", "text"], ["Quake", QUAKE]), mail(QUAKE, ("a.txt", FLOOD.encode())),
    f"title,text\nQuake,{QUAKE!r}\n".encode(),
]  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(SEEDS), st.integers(0, 4000), st.integers(0, 40), st.binary(max_size=30))
def test_a_mutated_document_is_read_or_refused_and_never_raises(seed, at, length, inserted):
    result = read_bytes(seed[:at] + inserted + seed[at + length :], "mutated")
    assert result.stories or result.problems


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cf", "Zl", "Zp"]), min_size=100),
        min_size=1,
        max_size=4,
        unique=True,
    )
)
def test_what_is_written_as_csv_is_read_back(found):
    rows = [text.strip() for text in found if len(text.strip()) > 90 and "<" not in text]
    data = "title,text\n" + "".join(f'"T{n}","{text.replace(chr(34), chr(34) * 2)}"\n' for n, text in enumerate(rows))
    assert texts(read_bytes(data.encode(), "x.csv")) == rows
