"""Citizen identity numbers (GB 11643-1999) and unified social credit codes (GB 32100-2015)."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date

from branchdesk.i18n import _

_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECKS = "10X98765432"
_SHAPE = re.compile(r"\d{17}[\dX]", re.ASCII)
_OLD_SHAPE = re.compile(r"\d{15}", re.ASCII)
_SCIENTIFIC = re.compile(r"\d(?:\.\d+)?E\+?\d+", re.ASCII | re.IGNORECASE)
_CREDIT_SIGNS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_CREDIT_WEIGHTS = (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28)
_LONG_NUMBER = 11  # a mobile number; shorter ones show less
MALE, FEMALE = "1", "2"


@dataclass(frozen=True, slots=True)
class Identity:
    """What an identity number says, or the sentence why it cannot be right."""

    born: date | None = None
    sex: str = ""
    error: str = ""


def check_digit(first_17: str) -> str:
    """The last sign that belongs to the first 17 digits."""
    return _CHECKS[sum(int(digit) * weight for digit, weight in zip(first_17, _WEIGHTS, strict=True)) % 11]


def read_identity(number: str) -> Identity:
    """Birth date and sex (GB/T 2261.1) from an 18-digit number; a wrong one says what is wrong.

    The region is not judged: codes come and go, and old cards keep theirs.
    """
    if not _SHAPE.fullmatch(number):
        return Identity(error=_shape_error(number))
    year, month, day = int(number[6:10]), int(number[10:12]), int(number[12:14])
    if not (1 <= month <= 12 and year >= 1900 and 1 <= day <= calendar.monthrange(year, month)[1]):
        return Identity(error=_("第 7 到 14 位“{digits}”不是一个日期，请对照证件核对。", digits=number[6:14]))
    expected = check_digit(number[:17])
    if number[17] == expected:
        return Identity(born=date(year, month, day), sex=MALE if int(number[16]) % 2 else FEMALE)
    if number.endswith("000"):
        return Identity(error=_("末三位是 000，号码可能在 Excel 中已损失末位，请对照证件重新填写。"))
    return Identity(error=_("校验位不对（最后一位应为 {digit}），请对照证件核对前 17 位。", digit=expected))


def _shape_error(number: str) -> str:
    """What is wrong with a text that is not 17 digits and a sign."""
    if _SCIENTIFIC.fullmatch(number):
        return _("号码在 Excel 中已损失末位，请在原表改为“文本”后重新填写。")
    if _OLD_SHAPE.fullmatch(number):
        return _("这是 15 位的旧号码，请按现在的证件填写 18 位。")
    if len(number) != 18:
        return _("应为 18 位，这里有 {n} 位。", n=len(number))
    return _("只能是 17 位数字加 1 位数字或 X。")


def masked_identity(number: str) -> str:
    """An identity number with its middle hidden, for lists that others may see."""
    return number[:6] + "*" * 8 + number[14:] if len(number) == 18 else hidden_middle(number)


def hidden_middle(text: str) -> str:
    """A number with its middle hidden: 139****4832."""
    kept = 4 if len(text) >= _LONG_NUMBER else max(1, len(text) // 3)
    if len(text) <= 2 * kept:
        return "*" * len(text)
    head = 3 if kept == 4 else kept
    return text[:head] + "*" * (len(text) - head - kept) + text[-kept:]


def credit_code_error(code: str) -> str:
    """Why a unified social credit code cannot be right; empty where it can."""
    if len(code) != 18:
        return _("统一社会信用代码应为 18 位，这里有 {n} 位。", n=len(code))
    if any(sign not in _CREDIT_SIGNS for sign in code):
        return _("统一社会信用代码只能是数字和大写字母，没有 I、O、S、V、Z。")
    values = [_CREDIT_SIGNS.index(sign) for sign in code]
    total = sum(value * weight for value, weight in zip(values, _CREDIT_WEIGHTS, strict=False))
    expected = _CREDIT_SIGNS[(31 - total % 31) % 31]
    if code[17] != expected:
        return _("校验位不对（最后一位应为 {digit}），请对照证书核对。", digit=expected)
    return ""
