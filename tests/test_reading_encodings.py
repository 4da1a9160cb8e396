"""Files as they come: encodings, what is no text, folders, files that can't be opened."""

import os

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from events.model import StoryError
from events.reading import read_bytes, read_path
from events.reading.encodings import decode

ENGLISH = "The café in São Paulo – “burned down”, said Mr Müller’s aide. It cost £3 million…\n" * 3


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252", "mac_roman"]
)
def test_english_with_accents_and_curly_quotes_is_read_in_every_common_encoding(encoding):
    assert decode(ENGLISH.encode(encoding)).text == ENGLISH


@pytest.mark.parametrize(
    ("encoding", "text"),
    [
        ("cp1251", "Президент прибыл в Москву в пятницу, сообщили в Кремле. Переговоры пройдут утром."),
        ("gb18030", "总统星期五抵达莫斯科，双方将签署伙伴关系协定，克里姆林宫星期一宣布了这一消息。"),
        ("shift_jis", "大統領は金曜日にモスクワに到着し、両国は協定に署名する予定であると発表した。"),
        ("cp1250", "The mayor of Łódź, Wałęsa's friend, met people from Gdańsk and Świnoujście in Poznań."),
    ],
)
def test_other_scripts_are_recognised(encoding, text):
    assert decode(text.encode(encoding)).text == text


def test_utf_8_with_a_damaged_line_is_still_utf_8_and_the_line_is_known():
    decoded = decode("São Paulo\nLódź\n".encode() + b"Caf\xe9 Noir\n" + "Müller été\n".encode())
    assert decoded.text == "São Paulo\nLódź\nCafé Noir\nMüller été\n"
    assert decoded.damaged_line == 3


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"%PDF-1.7\n%\xe2\xe3", "a PDF document"),
        (b"PK\x03\x04\x14\x00", "a zip archive"),
        (b"\x89PNG\r\n\x1a\n\x00", "a picture"),
        (b"\xff\xd8\xff\xe0", "a picture"),
        (bytes(range(256)) * 20, "control characters"),
        (b"\x00" * 5000, "control characters"),
    ],
)
def test_what_is_no_text_is_refused_with_what_it_is(data, reason):
    with pytest.raises(StoryError, match=reason):
        decode(data)


@pytest.mark.parametrize("data", [b"", b" \n\t\r\n", b"\xef\xbb\xbf", b"\xff\xfe"])
def test_an_empty_file_is_named(data):
    result = read_bytes(data, "empty.txt")
    assert [(problem.file, problem.reason) for problem in result.problems] == [("empty.txt", "is empty")]


def test_a_stray_nul_in_a_text_is_left_out():
    assert (
        read_bytes(b"A quake shook Muscat\x00 on Monday." + b" It was dark." * 20, "x")
        .stories[0]
        .text.startswith("A quake shook Muscat on Monday.")
    )


def test_a_web_page_is_read_as_one_whatever_its_file_is_called():
    result = read_bytes(b"<!DOCTYPE html><html><p>A quake shook Muscat.</p></html>", "x.txt")
    assert [story.text for story in result.stories] == ["A quake shook Muscat."]


def test_a_folder_is_read_in_order_and_bad_files_hold_up_no_others(tmp_path):
    (tmp_path / "b").mkdir()
    (tmp_path / ".hidden").mkdir()
    (tmp_path / ".hidden" / "x.txt").write_text("Hidden words are passed over.")
    (tmp_path / ".DS_Store").write_bytes(b"\x00\x01")
    (tmp_path / "b" / "two.txt").write_text("Flood hits Beira\n\nA flood hit Beira.")
    (tmp_path / "a.txt").write_text("Quake shakes Muscat\n\nA quake shook Muscat.")
    (tmp_path / "picture.txt").write_bytes(b"\x89PNG\r\n\x1a\n")
    (tmp_path / "empty.jsonl").write_bytes(b"")
    result = read_path(tmp_path)
    assert [story.title for story in result.stories] == ["Quake shakes Muscat", "Flood hits Beira"]
    assert [problem.file for problem in result.problems] == [
        str(tmp_path / "empty.jsonl"),
        str(tmp_path / "picture.txt"),
    ]


def test_a_file_that_is_not_there_or_not_ours_is_a_problem(tmp_path):
    missing = read_path(tmp_path / "missing.txt")
    assert "can't be opened: No such file" in missing.problems[0].reason
    locked = tmp_path / "locked.txt"
    locked.write_text("A quake shook Muscat.")
    locked.chmod(0)
    if os.access(locked, os.R_OK):
        return  # this user may read everything
    assert "Permission denied" in read_path(locked).problems[0].reason


@settings(max_examples=300, deadline=None)
@given(st.binary(max_size=400))
def test_no_bytes_raise(data):
    result = read_bytes(data, "any")
    assert result.stories or result.problems
