"""五星党员申报审核表: one for each star, from the member's own deeds to the objections that were heard."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from branchdesk.documents.model import Block, Cell, Document, Ends, PageBreak, Paragraph, Running, Sheet
from branchdesk.domain.evaluations.model import Dimension, Star, StarState, Subject
from branchdesk.domain.evaluations.stars import state_steps
from branchdesk.domain.inspections.line_scores import shown
from branchdesk.reports.evaluations.announcing import public_states
from branchdesk.reports.evaluations.matter import EvaluationMatter, spelled
from branchdesk.reports.evaluations.page_styles import (
    FORM_DEEDS,
    FORM_FIGURE,
    FORM_HEAD,
    FORM_LABEL,
    FORM_LINE,
    FORM_NAME,
    FORM_TEXT,
    FORM_TITLE,
    FORM_VALUE,
)
from branchdesk.reports.evaluations.wording import period_or_pen
from branchdesk.reports.meetings.wording import without_stop
from branchdesk.reports.roster import padded_name

_WIDTHS = (24.0, 31.0, 24.0, 31.0, 24.0, 31.0)
_COLUMNS = len(_WIDTHS)
_FACT, _DEEDS, _OPINION = 10.0, 176.0, 46.0
_SEALED = ("（盖章）　　 ", "年　　　月　　　日")
_SECRETARY = ("党支部书记（签字）：　　　　　　　　　　", _SEALED[1])
_MOST_SCORES = 5  # parts that stand abreast of their total


def stars_document(matter: EvaluationMatter, stars: Sequence[tuple[Star, Subject, Dimension]]) -> Document:
    """The form of each star; deeds that are longer than their box go on behind it."""
    blocks: list[Block] = []
    for star, subject, dimension in stars:
        blocks += _page(matter, star, subject, dimension)
    whose = stars[0][1].name if len(stars) == 1 else ""
    return Document(
        f"{whose}{form_title(matter)}",
        matter.made_on,
        tuple(blocks),
        page=matter.form_page,
        author=matter.organisation,
        running=Running(foot=""),
        watermark=matter.watermark,
    )


def form_title(matter: EvaluationMatter) -> str:
    """The title: 五星党员申报审核表."""
    return f"{matter.name.removesuffix('评选')}申报审核表"


def _page(matter: EvaluationMatter, star: Star, subject: Subject, dimension: Dimension) -> Iterator[Block]:
    yield matter.leaf(f"{subject.name}　{dimension.star}")
    yield Paragraph(form_title(matter), FORM_TITLE, keep_with_next=True)
    yield Ends(f"所在党支部：{matter.branch_name}", f"{matter.year} 年度", FORM_LINE, keep_with_next=True)
    whose = f"姓名：{subject.name}　　申报：{dimension.star}"
    yield _sheet(list(_front(matter, star, subject, dimension)), form_title(matter), whose)
    yield PageBreak()
    yield Ends(f"{form_title(matter)}（续）", whose, FORM_LINE, keep_with_next=True)
    yield _sheet(list(_opinions(matter, star, dimension)), form_title(matter), whose)


def _sheet(rows: Sequence[tuple[float, list[Cell]]], title: str, whose: str) -> Sheet:
    cells = tuple(_at(row, one) for row, (_height, made) in enumerate(rows) for one in made)
    return Sheet(_WIDTHS, tuple(height for height, _made in rows), cells, f"{title}附页", whose)


def _at(row: int, one: Cell) -> Cell:
    return Cell(
        row,
        one.column,
        one.content,
        columns=one.columns,
        style=one.style,
        at_top=one.at_top,
        called=one.called,
        foot=one.foot,
    )


def _front(
    matter: EvaluationMatter, star: Star, subject: Subject, dimension: Dimension
) -> Iterator[tuple[float, list[Cell]]]:
    facts = matter.facts(subject)
    name = _pair(0, "姓　名", padded_name(subject.name))
    name[1] = Cell(0, 1, padded_name(subject.name), style=FORM_NAME, called="姓名")
    yield _FACT, [*name, *_pair(2, "性　别", facts.sex), *_pair(4, "出生年月", facts.born)]
    admitted = _pair(2, "入党时间", facts.admitted)
    yield (
        _FACT,
        [*_pair(0, "党小组", subject.group), *admitted, *_pair(4, "类　别", matter.category(subject))],
    )
    posts = "，".join(part for part in (facts.posts, facts.employer) if part)
    yield _FACT, [*_pair(0, "职　务", posts, 3), *_pair(4, "申报星级", dimension.star)]
    yield from _scores(matter, subject, dimension)
    deeds = Cell(0, 1, star.deeds, columns=5, style=FORM_DEEDS, at_top=True, called="主要事迹")
    yield _DEEDS, [_label("主　要\n事　迹"), deeds]


def _label(text: str, column: int = 0) -> Cell:
    return Cell(0, column, text, style=FORM_LABEL)


def _pair(column: int, label: str, text: str, columns: int = 1) -> list[Cell]:
    called = "".join(label.split())
    return [
        _label(label, column),
        Cell(0, column + 1, text, columns=columns, style=FORM_VALUE, called=called),
    ]


def _scores(
    matter: EvaluationMatter, subject: Subject, dimension: Dimension
) -> Iterator[tuple[float, list[Cell]]]:
    """The score of every part with its weight, and the total."""
    total = matter.total(subject, dimension.id)
    parts = matter.scheme.parts
    if not parts or len(parts) >= _MOST_SCORES:
        return
    scores = {one.part.id: shown(one.score) for one in total.parts} if total is not None else {}
    labels = [f"{one.title} {shown(one.weight)}%" for one in parts]
    last = _COLUMNS - 1 - len(parts)
    yield (
        _FACT,
        [
            _label("评　分"),
            *(Cell(0, 1 + place, text, style=FORM_HEAD) for place, text in enumerate(labels)),
            Cell(0, _COLUMNS - last, "总　分", columns=last, style=FORM_HEAD),
        ],
    )
    yield (
        _FACT,
        [
            _label("得　分"),
            *(
                Cell(0, 1 + place, scores.get(one.id, ""), style=FORM_FIGURE)
                for place, one in enumerate(parts)
            ),
            Cell(
                0, _COLUMNS - last, matter.total_text(subject, dimension.id), columns=last, style=FORM_FIGURE
            ),
        ],
    )


def _opinions(
    matter: EvaluationMatter, star: Star, dimension: Dimension
) -> Iterator[tuple[float, list[Cell]]]:
    """A box for every step that somebody has to sign, with what is known of it."""
    steps = state_steps(matter.scheme)
    known = {
        StarState.RECOMMENDED: _recommended(star),
        StarState.REVIEWED: f"{without_stop(star.opinion)}。" if star.opinion else "",
    }
    for state in (StarState.RECOMMENDED, StarState.REVIEWED, StarState.APPROVED):
        step = steps.get(state)
        if step is not None and not matter.is_skipped(step):
            foot = _SECRETARY if state is StarState.RECOMMENDED else _SEALED
            yield _OPINION, [_label(_broken(step.title)), _long(known.get(state, ""), step.title, foot)]
    public = next((one for one in matter.scheme.steps if one.days), None)
    if public is not None and not matter.is_skipped(public):
        text = _public_text(matter, star)
        label = _broken(public.title).replace("意　见", "情　况")
        yield _OPINION, [_label(label), _long(text, public.title, ())]
    yield 34.0, [_label("结　果"), _long(_result(star, dimension), "结果", ())]


def _broken(title: str) -> str:
    """A title of four characters on two lines, as narrow boxes have it, with 意见 below."""
    return f"{title[:2]}\n{title[2:]}\n意　见" if len(title) == 4 else f"{title}\n意见"


def _long(text: str, label: str, foot: tuple[str, ...]) -> Cell:
    return Cell(0, 1, text, columns=5, style=FORM_TEXT, at_top=True, called=label, foot=foot)


def _recommended(star: Star) -> str:
    if star.votes_for is None or star.votes_of is None:
        return ""
    return f"经支部会议研究，{star.votes_of} 人表决，{star.votes_for} 人同意推荐。"


def _public_text(matter: EvaluationMatter, star: Star) -> str:
    """How long it was made public, and what was heard; nothing of a star that did not come so far."""
    if star.state not in public_states(matter):
        return ""
    done = matter.publicity()
    first = done.begun_on if done is not None else None
    last = done.done_on if done is not None else None
    first, last = first or matter.day("publicity_from"), last or matter.day("publicity_until")
    said = f"公示期：{period_or_pen(first, last)}。"
    if star.objection:
        handled = without_stop(star.handled) or "　　　　　　"
        return f"{said}\n反映：{without_stop(star.objection)}。\n处理：{handled}。"
    return (
        f"{said}\n公示期间没有收到不同意见。"
        if last is not None and star.state is StarState.AWARDED
        else said
    )


def _result(star: Star, dimension: Dimension) -> str:
    if star.state is StarState.DECLINED:
        return "未通过。"
    if star.state is not StarState.AWARDED:
        return ""
    hung = (
        f"流动挂牌：{spelled(star.from_day)}至{spelled(star.until_day) or '　　　　'}。"
        if star.from_day
        else ""
    )
    return f"授予“{dimension.star}”称号。\n{hung}".rstrip()
