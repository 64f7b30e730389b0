"""The people whom a field of text names."""

from __future__ import annotations

import pytest

from branchdesk.domain.inspections.named_people import names_in


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("", []),
        ("李明", ["李明"]),
        ("李明、王芳", ["李明", "王芳"]),
        ("李明，王芳；赵敏 / 张建国", ["李明", "王芳", "赵敏", "张建国"]),
        ("李明 王芳", ["李明", "王芳"]),
        ("李　明、王 芳", ["李明", "王芳"]),
        ("李明@u1、王芳@u2", ["李明", "王芳"]),
        ("李明、李明", ["李明"]),
        ("欧阳明月 李", ["欧阳明月", "李"]),
        ("买买提·依明、", ["买买提·依明"]),
    ],
)
def test_names_are_read_however_they_are_separated(text: str, names: list[str]) -> None:
    assert names_in(text) == names
