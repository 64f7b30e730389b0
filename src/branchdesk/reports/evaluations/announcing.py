"""Official papers of an evaluation: scheme, notice, report to the superior, publicity, commendation."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from branchdesk.documents.model import Align, Block, Column, Document, Paragraph, Space, Table
from branchdesk.domain.evaluations.model import Dimension, Quota, Star, StarState, Subject
from branchdesk.domain.evaluations.stars import state_steps
from branchdesk.reports.evaluations.matter import EvaluationMatter, spelled
from branchdesk.reports.evaluations.official import Letter, Section, led, numbered, official_document, parted
from branchdesk.reports.evaluations.wording import (
    course,
    grade_counts,
    heads_sentence,
    hidden_sentence,
    names,
    period_or_pen,
    quota_sentences,
    share,
    undecided,
    votes_text,
)
from branchdesk.reports.inspections.fact_words import tight
from branchdesk.reports.meetings.page_styles import OFFICIAL_TEXT
from branchdesk.reports.meetings.wording import chinese_number, without_stop
from branchdesk.reports.roster import padded_name

_STEPS = (
    Column("序号", 0.8, fits="00"),
    Column("步骤", 2.4, fits="支部推荐"),
    Column("完成时间", 2.6, fits="2026年12月31日"),
    Column("情况", 3.2, Align.LEFT, fits="八个汉字的宽度"),
)
_SIZES = (12.0, 11.0, 10.5, 10.0)
_ROW = 9.0
_LISTED = replace(OFFICIAL_TEXT, first_indent=2.0)
_SUPERIOR = "上级党组织"
_HEARD = (
    "公示期间，党员和群众如有意见或建议，可采用口头或书面形式反映。反映情况要实事求是，"
    "提倡实名反映；对反映人和反映的内容，按规定予以保密。"
)
_RECEIVER = ("受理人：　　　　　　　　受理电话：", "受理地点：　　　　　　　电子邮箱：")
_ABREAST = 5  # names that stand behind the title of their star
_BETWEEN = (StarState.RECOMMENDED, StarState.REVIEWED, StarState.APPROVED)


# ---- scheme and notice


def plan_document(matter: EvaluationMatter) -> Document:
    """方案: who takes part, the steps, how grades are decided, and what the branch wrote itself."""
    own = matter.value("scheme")
    sections = [Section("对象和范围", tuple(_range(matter)))]
    sections.append(Section("方法步骤", (_steps_asked(matter),)))
    standards = tuple(_standards(matter))
    if standards:
        sections.append(Section("评分和等次", numbered(standards)))
    if own:
        sections.append(Section("具体安排", tuple(own.split("\n"))))
    demands = (
        "坚持实事求是，既肯定成绩，也指出问题；结果由组织研究确定，票数和得分只作参考。",
        "测评不记名，测评票和计票材料按规定保管。",
    )
    sections.append(Section("有关要求", numbered(demands)))
    notice = matter.value("notice")
    by = f"根据{notice}要求，" if notice else "根据上级党组织要求，"
    opening = f"{by}结合支部实际，制定本方案。"
    title = f"{matter.work}方案"
    return official_document(matter, Letter(title, "", (opening,), tuple(sections)))


def _range(matter: EvaluationMatter) -> Iterator[str]:
    if not matter.is_of_people:
        yield f"{matter.branch_name}：{names(matter.evaluation.subjects)}。"
        return
    whole, here = len(matter.evaluation.subjects), len(matter.taking_part())
    said = f"{matter.branch_name}全体党员{whole}名，参加{here}名"
    left = [one for one in matter.taking_part() if not one.graded]
    if left and matter.scheme.decision:
        said += f"，其中{names(left)}{len(left)}名参加评议、不评定等次"
    yield f"{said}。"


def _steps_asked(matter: EvaluationMatter) -> str:
    """The steps one after the other, and how long something is made public."""
    steps = [one for one in matter.scheme.steps if not matter.is_skipped(one)]
    said = f"按{'、'.join(one.title for one in steps)}的步骤进行。"
    public = next((one for one in steps if one.days), None)
    if public is None:
        return said
    return f"{said}{public.title}不少于{matter.sheet.thresholds.days(public.days).value}个工作日。"


def _standards(matter: EvaluationMatter) -> Iterator[str]:
    scheme = matter.scheme
    graded = [f"等次分为{'、'.join(one.title for one in scheme.grades)}"] if scheme.grades else []
    graded += [_limit(matter, one) for one in scheme.quotas]
    if graded:
        yield f"{'；'.join(graded)}。"
    if scheme.parts:
        weights = "、".join(f"{one.title}{one.weight:f}%" for one in scheme.parts)
        yield f"得分由{weights}构成。"
    if scheme.dimensions:
        stars = [(one.star, f"{one.places}名" if one.places is not None else "") for one in scheme.dimensions]
        if len({places for _star, places in stars}) == 1:
            each = f"，各{stars[0][1]}" if stars[0][1] else ""
            yield f"设{'、'.join(star for star, _places in stars)}{each}。"
        else:
            yield f"设{'、'.join(star + places for star, places in stars)}。"


def _limit(matter: EvaluationMatter, one: Quota) -> str:
    """How many may get a grade: 优秀一般不超过三分之一，本次最多7名."""
    word = "不得超过" if one.hard else "一般不超过"
    share_of = f"{chinese_number(one.denominator)}分之{chinese_number(one.numerator)}"
    return f"{matter.grade_title(one.grade)}{word}{share_of}，本次最多{matter.places(one)}名"


def notice_document(matter: EvaluationMatter) -> Document:
    """通知: when and where, who comes, and what to prepare."""
    parts = [
        ("时间", spelled(matter.day("held_on")) or "另行通知"),
        ("地点", matter.value("place") or "另行通知"),
        ("参加人员", f"{matter.branch_name}全体党员" if matter.is_of_people else "全体党员"),
        ("步骤", without_stop(_steps_asked(matter))),
    ]
    sections = [Section(label, (f"{text}。",)) for label, text in parts if text]
    prepared = (
        "请结合一年来的思想、工作和生活实际认真准备，自评要有具体事实。"
        if matter.is_of_people
        else "述职要实事求是，讲清问题和改进措施；测评不记名，请如实填写测评票。"
    )
    asked = (prepared, "因故不能参加的，请提前向党支部书记请假。")
    sections.append(Section("要求", numbered(asked)))
    title = parted(matter, "关于开展", "的通知")
    opening = f"经研究，决定开展{matter.work}，现将有关事项通知如下："
    return official_document(matter, Letter(title, "全体党员", (opening,), tuple(sections)))


# ---- report


def report_document(matter: EvaluationMatter) -> Document:
    """情况报告: how it was carried out, what it came to, and what the branch wrote of its problems."""
    texts = matter.long_texts("report")
    course = [text for label, text in texts if "开展" in label]
    rest = [(label, text) for label, text in texts if "开展" not in label]
    sections = [Section("基本情况", (*_course(matter), *course, *_step_table(matter)))]
    sections.append(Section(_results_title(matter), tuple(_results(matter))))
    sections += [Section(label, tuple(text.split("\n"))) for label, text in rest]
    follow = tuple(_procedures(matter))
    if follow:
        sections.append(Section("后续工作", follow))
    title = parted(matter, "关于", "情况的报告")
    opening = f"按照上级党组织部署，{matter.branch_name}认真开展了{matter.work}，现将有关情况报告如下："
    letter = Letter(title, matter.superior or _SUPERIOR, (opening,), tuple(sections), ("特此报告。",))
    return official_document(matter, letter)


def _results_title(matter: EvaluationMatter) -> str:
    if not matter.scheme.decision:
        return "测评结果"
    return "考核结果" if matter.name.endswith("考核") else "评议结果"


def _course(matter: EvaluationMatter) -> Iterator[str]:
    evaluation = matter.evaluation
    if matter.is_of_people:
        said = f"本支部共有党员{len(evaluation.subjects)}名，参加{len(matter.taking_part())}名"
        said += f"，其中评定等次的{len(matter.graded())}名。" if matter.scheme.decision else "。"
        absent = [one for one in evaluation.subjects if not one.takes_part]
        if absent:
            told = "、".join(f"{one.name}（{without_stop(one.why_not) or '未参加'}）" for one in absent)
            said += f"未参加的是{told}。"
        yield said
    meeting, place = matter.value("meeting_ref"), matter.value("place")
    held = spelled(matter.day("held_on"))
    if meeting or held:
        where = f"在{place}" if place else ""
        yield f"{held}{where}召开{meeting or '会议'}进行评议。" if held else f"在{meeting}上进行评议。"


def _step_table(matter: EvaluationMatter) -> Iterator[Block]:
    rows: list[tuple[str, ...]] = []
    for one in matter.scheme.steps:
        done = matter.step_done(one)
        told = "未开展" if done is not None and done.skipped else ""
        note = without_stop(done.note) if done is not None else ""
        day = spelled(done.done_on) if done is not None else ""
        if day or told:
            rows.append((str(len(rows) + 1), one.title, day or told, note))
    if rows:
        columns = _STEPS if any(row[-1] for row in rows) else _STEPS[:-1]
        yield Space(1.5)
        yield Table(columns, tuple(row[: len(columns)] for row in rows), _SIZES, _ROW)


def _results(matter: EvaluationMatter) -> Iterator[str | Block]:
    heads = heads_sentence(matter.evaluation.batches)
    if heads:
        yield f"民主测评{heads}。"
    if not matter.scheme.decision:
        yield from _votes_of_all(matter)
        return
    counts, whole = grade_counts(matter), len(matter.graded())
    left = undecided(matter)
    if len(left) == whole:
        yield "等次还没有评定。"
        return
    told = "，".join(f"{title}{count}名（占{share(count, whole)}）" for title, count in counts)
    yield f"经研究，评定{told}。{tight('；'.join(quota_sentences(matter)))}".rstrip("。") + "。"
    for one in matter.scheme.grades:
        own = matter.of_grade(one.code)
        if own and len(own) <= whole // 2:
            yield led(one.title, f"{names(own)}。")
    if left:
        yield f"尚有{len(left)}名没有评定：{names(left)}。"


def _votes_of_all(matter: EvaluationMatter) -> Iterator[str]:
    if matter.sheet.together.counted and matter.sheet.together.hidden:
        yield hidden_sentence(matter)
    for one in matter.sheet.on_ballot:
        row = matter.votes(one)
        if row is not None:
            yield f"{one.name}：{tight(votes_text(matter, row))}。"


def _procedures(matter: EvaluationMatter) -> Iterator[Block]:
    """What follows the grades that were given, as it stands in the scheme."""
    for grade in matter.scheme.grades:
        own = matter.of_grade(grade.code)
        follow = [one.title for one in matter.scheme.procedures if one.grade == grade.code]
        if own and follow:
            yield led(f"{grade.title}{len(own)}名", f"{'；'.join(follow)}。")


# ---- publicity and commendation


def publicity_document(matter: EvaluationMatter) -> Document:
    """公示: the names, for how long, and whom to tell; no numbers of people."""
    done = matter.publicity()
    first = matter.day("publicity_from") or (done.begun_on if done is not None else None)
    last = matter.day("publicity_until") or (done.done_on if done is not None and first else None)
    step = next((one for one in matter.scheme.steps if one.days), None)
    rule = matter.sheet.thresholds.days(step.days if step is not None else "").value
    channel = matter.value("channel")
    period = f"公示期：{period_or_pen(first, last)}，不少于{rule}个工作日。"
    shown_at = f"公示方式：{channel}。" if channel else ""
    where = matter.value("opinions_to")
    to = (f"意见受理：{without_stop(where)}。",) if where else _RECEIVER
    letter = Letter(
        publicity_title(matter),
        "",
        (_publicity_opening(matter),),
        tuple(public_sections(matter)),
        (f"{period}{shown_at}{_HEARD}", *to),
        first,
    )
    return official_document(matter, letter)


def publicity_title(matter: EvaluationMatter) -> str:
    """The title: 关于2026年度民主评议党员结果的公示."""
    what = "拟表彰对象" if matter.scheme.has_stars else "结果"
    return f"关于{matter.occasion}\n{what}的公示"


def _publicity_opening(matter: EvaluationMatter) -> str:
    return f"{matter.branch_name}开展了{matter.work}。{course(matter)}现将有关名单予以公示："


def public_sections(matter: EvaluationMatter) -> Iterator[Section]:
    """The names by stars, or those of the best grade."""
    if matter.scheme.has_stars:
        yield from star_sections(matter, public_states(matter))
        return
    best = matter.best_grade()
    own = matter.of_grade(best.code) if best is not None else []
    if best is not None and own:
        # One list alone needs no number.
        yield Section("", (led(f"{best.title}等次党员（{len(own)}名）", "", "："), name_lines(own)))


def public_states(matter: EvaluationMatter) -> tuple[StarState, ...]:
    """The states of stars that are made public: the award, and the last one before it that is not skipped."""
    steps = state_steps(matter.scheme)
    asked = [one for one in _BETWEEN if one in steps and not matter.is_skipped(steps[one])]
    return (*asked[-1:], StarState.AWARDED)


def star_sections(matter: EvaluationMatter, states: Sequence[StarState]) -> Iterator[Section]:
    """The names for each star that is given: behind its title where they are few, else below it."""
    found = matter.stars(*states)
    lists = [
        (dimension.star, [subject for _star, subject, each in found if each.id == dimension.id])
        for dimension in matter.scheme.dimensions
    ]
    lists = [(star, own) for star, own in lists if own]
    if max((len(own) for _star, own in lists), default=0) > _ABREAST:
        yield from (Section(f"{star}（{len(own)}名）", (name_lines(own),)) for star, own in lists)
    elif lists:
        lines = (
            led(f"{chinese_number(number)}、{star}（{len(own)}名）", names(own), "：")
            for number, (star, own) in enumerate(lists, start=1)
        )
        yield Section("", tuple(lines))


def name_lines(people: Sequence[Subject]) -> Paragraph:
    """Names one after the other, those of two characters as wide as those of three."""
    return Paragraph("　".join(padded_name(one.name) for one in people), _LISTED)


def commended(matter: EvaluationMatter) -> list[tuple[Star | None, Subject, Dimension | None]]:
    """Those who are commended: who got a star, or the best grade."""
    if matter.scheme.has_stars:
        return [*matter.stars(StarState.AWARDED)]
    best = matter.best_grade()
    return [(None, one, None) for one in matter.of_grade(best.code)] if best is not None else []


def commendation_document(matter: EvaluationMatter) -> Document:
    """表彰名单: a decision to commend with the names, by stars or of the best grade."""
    if matter.scheme.has_stars:
        sections = tuple(star_sections(matter, (StarState.AWARDED,)))
        what, order = f"{matter.occasion.removesuffix('评选')}", "同一类中按名册次序排列"
    else:
        sections = tuple(public_sections(matter))
        best = matter.best_grade()
        grade = f"{best.title}等次" if best is not None else ""
        what, order = f"{matter.occasion.removesuffix('党员')}\n{grade}党员", "按名册次序排列"
    count = len({subject.uid for _star, subject, _dimension in commended(matter)})
    opening = (
        f"在{matter.work}中，经规定程序，{count}名党员立足岗位、成绩突出。"
        f"经研究，决定予以表彰，名单如下（{order}）："
    )
    closing = (
        "希望受到表彰的党员珍惜荣誉、再接再厉。全体党员要以他们为榜样，"
        "立足本职、担当作为，充分发挥先锋模范作用。"
    )
    letter = Letter(f"关于表彰{what}的决定", "", (opening,), sections, (closing,), matter.day("commended_on"))
    return official_document(matter, letter)
