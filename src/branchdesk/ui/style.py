"""The one style sheet, made from the colours and lengths of a look."""

from __future__ import annotations

from string import Template

from branchdesk.paths import resource
from branchdesk.ui.look import BODY, FIGURE, HEADING, HINT, TITLE, Look

_LENGTHS = (1, 2, 3, 4, 5, 6, 8, 9, 10, 12, 16, 20, 24, 32, 34, 38, 48)


def style_sheet(look: Look) -> str:
    """The style sheet of a look: resources/style/look.qss with its names filled in.

    `$text` and the like are colours, `$p8` is eight pixels at 100 %, `$body` and the like are font sizes,
    `$row` the height of a row, `$line_width` a hairline (thicker in high contrast).
    """
    names: dict[str, str] = dict(look.colors)
    names |= {f"p{length}": f"{look.px(length)}px" for length in _LENGTHS}
    sizes = {"body": BODY, "hint": HINT, "heading": HEADING, "title": TITLE, "figure": FIGURE}
    names |= {name: f"{look.px(size)}px" for name, size in sizes.items()}
    names["row"] = f"{look.row_height}px"
    names["line_width"] = "2px" if look.theme == "contrast" else "1px"
    names["down"] = resource("style", f"down-{look.theme}.svg").as_posix()
    names["up"] = resource("style", f"up-{look.theme}.svg").as_posix()
    names["check"] = resource("style", f"check-{look.theme}.svg").as_posix()
    names["theme_name"] = look.theme
    return Template(resource("style", "look.qss").read_text(encoding="utf-8")).substitute(names)
