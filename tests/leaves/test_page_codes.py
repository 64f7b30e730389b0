"""The codes that name pages of paper: read back whole, or not at all."""

from __future__ import annotations

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from branchdesk.page_codes import PageCode, code_prefix, numbered_code, page_code, read_page_code
from branchdesk.uids import new_uid

UID = "0190f3a27c4e7d119d3c5a1b2c3d4e5f"
CODE = page_code("INS", UID, 2, 6)


def test_a_code_says_kind_record_and_page() -> None:
    assert CODE == "BD1:INS:0190F3A27C4E7D119D3C5A1B2C3D4E5F:2/6:44CB"
    assert read_page_code(CODE) == PageCode("INS", UID, 2, 6)
    assert numbered_code(code_prefix("INS", UID), 2, 6) == CODE


@given(
    uid=st.text("0123456789abcdefghijklmnopqrstuvwxyz.-/", min_size=1, max_size=47).map(
        lambda end: "0" + end
    ),
    page=st.integers(1, 9999),
    more=st.integers(0, 9999),
)
def test_every_code_is_read_back(uid: str, page: int, more: int) -> None:
    pages = min(9999, page + more)
    assert read_page_code(page_code("BLANK", uid, page, pages)) == PageCode("BLANK", uid, page, pages)


def test_a_code_takes_only_signs_of_which_a_qr_code_holds_many() -> None:
    for uid in (new_uid(), "inspection.quarter/1"):
        assert set(page_code("BLANK", uid, 10, 12)) <= {*string.digits, *string.ascii_uppercase, *":/.-"}


def test_one_wrong_sign_anywhere_is_noticed() -> None:
    for place, sign in enumerate(CODE):
        for other in "0F:/7B":
            if other != sign:
                assert read_page_code(CODE[:place] + other + CODE[place + 1 :]) is None


@pytest.mark.parametrize(
    "text",
    [
        "",
        "https://example.org/BD1:INS",
        CODE.lower(),
        CODE + "\n",
        CODE.replace("BD1", "BD2"),
        numbered_code(code_prefix("INS", UID), 7, 6),  # a page behind the last
        numbered_code(code_prefix("INS", UID), 0, 6),
        numbered_code("BD1:INS:.A", 1, 1),  # no record is called so
        "BD1:INS:" + UID.upper() + ":２/6:D4B4",
    ],
)
def test_what_is_not_ours_says_nothing(text: str) -> None:
    assert read_page_code(text) is None


@pytest.mark.parametrize(
    ("kind", "uid"),
    [("ins", UID), ("I", UID), ("TOOLONGAKIND", UID), ("INS", ""), ("INS", "A"), ("INS", "王")],
)
def test_what_could_not_be_read_back_is_never_printed(kind: str, uid: str) -> None:
    with pytest.raises(ValueError, match="no code can name"):
        code_prefix(kind, uid)


def test_below_a_code_people_read_the_end_of_the_record_and_the_page() -> None:
    assert PageCode("INS", UID, 2, 6).short_number == "2C3D4E5F 2/6"
    assert PageCode("BLANK", "form.small/2", 1, 1).short_number == "FORM.SMALL/2 1/1"
