"""How much a form may hold, and what it may not say of itself: limits that keep every form usable."""

from __future__ import annotations

import pytest

from branchdesk.forms.language import read_form_text, visible_fields
from branchdesk.forms.toml_files import FormMistake

BARE = """
kind = "meeting.sample"
version = 1
title = "样会"
title_en = "Sample meeting"
subject = "meeting"
period = "none"

[meeting]

[[section]]
id = "basic"
label = "基本"
label_en = "Basics"

[[field]]
id = "held"
type = "time_span"
label = "时间"
label_en = "Time"
section = "basic"
role = "when"
"""


def field(type_name: str, more: str = "", name: str = "extra") -> str:
    """One more field."""
    return (
        f'[[field]]\nid = "{name}"\ntype = "{type_name}"\nlabel = "{name}栏"\nlabel_en = "Field {name}"\n'
        f'section = "basic"\n{more}\n'
    )


@pytest.mark.parametrize(
    ("content", "mistake"),
    [
        (BARE + field("text", "width = 0"), "field[2].width: 应该在 1 到 100 之间。"),
        (BARE + field("text", "max_length = 40000"), "field[2].max_length: 应该在 1 到 32767 之间。"),
        (BARE + field("number", 'default = "若干"'), "field[2].default: “若干”不是整数。"),
        (BARE + field("number", 'max = 5\ndefault = "6"'), "field[2].default: 不能大于 5。"),
        (BARE + field("number", "min = 0x" + "f" * 9000), "field[2].min: 应该是一个不太大的数。"),
        (BARE + field("text", "points = 1e-999999"), "field[2].points: 小数点后最多 6 位。"),
        (
            BARE + field("choices", 'choices = [{ code = "a,b", label = "甲", label_en = "A" }]'),
            "field[2].choices[1].code: “a,b”的写法不对",
        ),
        (
            BARE
            + field(
                "choice",
                'choices = [{ code = "a", label = "甲", label_en = "One" },'
                ' { code = "b", label = "Ａ", label_en = "Two" }]',
            ),
            "field[2].choices[2].label: “Ａ”出现了两次。",
        ),
        (
            BARE.replace('label_en = "Basics"', 'label_en = "Basics"\nhidden = true'),
            "field[1].role: 会议的时间总要填写",
        ),
        (
            BARE + "".join(field("text", name=f"f{n}") for n in range(300)),
            "field: 有 301 项，最多 300 项。",
        ),
        (
            BARE.replace("meeting.sample", f"meeting.{'s' * 41}"),
            "kind: “meeting.sss",
        ),
    ],
)
def test_what_would_make_a_form_unusable_is_refused(content: str, mistake: str) -> None:
    with pytest.raises(FormMistake) as caught:
        read_form_text(content, "form.toml")
    assert str(caught.value).startswith(f"form.toml: {mistake}")


def test_a_long_row_of_conditions_is_read_and_followed() -> None:
    row = [
        field("text", f'only_if = {{ field = "f{n - 1}", filled = true }}' if n else "", f"f{n}")
        for n in range(250)
    ]
    form = read_form_text(BARE + "".join(reversed(row)), "form.toml")
    filled = dict.fromkeys(form.by_id, "1")
    assert len(visible_fields(form, filled)) == 251
    assert len(visible_fields(form, {**filled, "f100": ""})) == 102
