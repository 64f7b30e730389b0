"""Which passwords will not do, and how strong one looks."""

from __future__ import annotations

import pytest

from branchdesk.domain.passwords import STRENGTHS, password_problem, password_strength

LEAST = 8


@pytest.mark.parametrize(
    ("password", "problem"),
    [
        ("", "口令至少要 8 位，现在是 0 位。"),
        ("abc1234", "口令至少要 8 位，现在是 7 位。"),
        ("党支部台账口令", "口令至少要 8 位，现在是 7 位。"),
        ("12345678", "这个口令太常见，别人一猜就中。"),
        ("１２３４５６７８", "这个口令太常见，别人一猜就中。"),
        ("PassWord", "这个口令太常见，别人一猜就中。"),
        ("Dangzhibu", "这个口令太常见，别人一猜就中。"),
        ("19210701", "这个口令太常见，别人一猜就中。"),
        ("aaaaaaaa", "这个口令里不同的字符太少。"),
        ("abababcab", "这个口令里不同的字符太少。"),
        ("        ", "这个口令里不同的字符太少。"),
        ("一二三一二三一二三", "这个口令里不同的字符太少。"),
        ("abcdabcd", ""),
        ("Zhibu-2026", ""),
        ("春风又绿江南岸上", ""),
        ("𬭎𰻞𬤊𬍛春风又绿", ""),
    ],
)
def test_a_password_that_anybody_guesses_is_refused_with_the_reason(password: str, problem: str) -> None:
    assert password_problem(password, LEAST) == problem
    assert (password_strength(password, LEAST) == 0) is bool(problem)


def test_the_least_length_is_that_of_the_rule() -> None:
    assert password_problem("abcdefgh", 9) == "口令至少要 9 位，现在是 8 位。"
    assert password_problem("abcd", 4) == ""


@pytest.mark.parametrize(
    ("password", "strength"),
    [
        ("12345678", 0),
        ("abcdabcd", 1),
        ("25081974", 1),
        ("abcd2508", 1),
        ("Abcd2508", 2),
        ("Abcd-2508", 3),
        ("Abcd-25081", 4),
        ("abcdefghij", 1),
        ("abcdefghijklmn", 2),
        ("abcd2508ef", 2),
        ("abcd2508efghij", 3),
        ("春风又绿江南岸上", 1),
        ("春风又绿江南岸上月照", 1),
        ("Abcd-2508-efgh-ij", 4),
    ],
)
def test_length_and_variety_make_a_password_look_stronger(password: str, strength: int) -> None:
    assert password_strength(password, LEAST) == strength
    assert 0 <= strength <= STRENGTHS


def test_more_of_the_same_never_makes_it_weaker() -> None:
    password = "Zhibu-2026"
    strengths = [password_strength(password + "x" * more, LEAST) for more in range(10)]
    assert strengths == sorted(strengths)
