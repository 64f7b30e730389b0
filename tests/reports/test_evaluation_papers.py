"""The papers of evaluations, from plain values: what they say and keep to themselves, how they part."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction

import openpyxl
import pytest

from branchdesk.documents.docx import write_docx
from branchdesk.documents.layout import count_pages
from branchdesk.documents.model import Document, Sheet, Table
from branchdesk.documents.pdf import write_pdf
from branchdesk.documents.texts import missing_in
from branchdesk.documents.xlsx import write_xlsx
from branchdesk.domain.evaluations.model import StarState, StepDone
from branchdesk.domain.evaluations.scoring import half_up
from branchdesk.errors import Problem
from branchdesk.i18n import Language, speak
from branchdesk.reports.evaluations.papers import BY_BATCH, EVALUATION_PAPERS, made, paper_kinds
from branchdesk.reports.evaluations.workbooks import evaluation_tables
from branchdesk.services.evaluations.sheets import EvaluationSheet
from documents.pdfa_checks import faults_of
from reports import evaluated_sheets as evaluated
from reports.evaluation_matters import matter, with_star, with_subject
from reports.golden_texts import assert_golden, plain_text, told
from support.papers import pages_of, text_of

SHEETS: dict[str, Callable[[], EvaluationSheet]] = {
    "appraisal": evaluated.appraisal,
    "committee": evaluated.committee,
    "secretary": evaluated.secretary,
    "stars": evaluated.stars,
    "key_work": evaluated.key_work,
}
LOOKED_AT = (
    *(f"appraisal_{kind}" for kind in ("plan", "notice", "self_review", "mutual_review", "ballot", "tally")),
    *(f"appraisal_{kind}" for kind in ("decision", "registration", "summary", "explanation", "feedback")),
    *(f"appraisal_{kind}" for kind in ("publicity", "report", "measures", "commendation", "form")),
    *("committee_ballot", "committee_committee", "committee_report"),
    *("secretary_debrief", "secretary_committee", "secretary_ballot"),
    *(f"stars_{kind}" for kind in ("plan", "stars_form", "ranking", "publicity", "commendation", "plaque")),
    *("stars_desk_card", "stars_explanation"),
    *(f"key_work_{kind}" for kind in ("card", "ranking", "explanation", "feedback")),
)


def paper(sheet: EvaluationSheet, kind: str, subject: str = "", batch: str = "") -> Document:
    """A paper of a sheet."""
    return made(matter(sheet), kind, subject, batch)


def looked_at(name: str) -> Document:
    """A paper by the name of its golden text."""
    sheet = next(one for one in SHEETS if name.startswith(f"{one}_"))
    return paper(SHEETS[sheet](), name.removeprefix(f"{sheet}_"))


@pytest.mark.parametrize("name", LOOKED_AT)
def test_every_paper_is_as_it_was_looked_at(name: str) -> None:
    document = looked_at(name)
    assert_golden(f"evaluation_{name}", document)
    assert missing_in(document) == ""
    pdf = write_pdf(document)
    assert faults_of(pdf) == []
    assert write_pdf(looked_at(name)) == pdf
    assert write_docx(looked_at(name)) == write_docx(document)


@pytest.mark.parametrize("name", LOOKED_AT)
def test_official_paper_is_chinese_in_an_english_window(name: str) -> None:
    chinese = told(looked_at(name))
    speak(Language.ENGLISH)
    assert told(looked_at(name)) == chinese


@pytest.mark.parametrize("name", SHEETS)
def test_every_kind_that_is_offered_can_be_printed_or_says_why_not(name: str) -> None:
    sheet = SHEETS[name]()
    kinds = [kind for kind, _title in paper_kinds(sheet)]
    assert set(kinds) <= set(EVALUATION_PAPERS)
    steps = {one.paper for one in sheet.scheme.steps if one.paper}
    assert steps <= set(kinds)
    waiting = () if sheet.evaluation.batches else BY_BATCH
    for kind in kinds:
        if kind not in waiting:
            assert count_pages(paper(sheet, kind)) > 0


def cells_of(document: Document) -> list[str]:
    """The texts of all cells of all ruled sheets."""
    sheets = [block for block in document.blocks if isinstance(block, Sheet)]
    return [
        plain_text(cell.content)
        for one in sheets
        for cell in one.cells
        if isinstance(cell.content, str | tuple)
    ]


def table_of(document: Document) -> Table:
    """The only table of a paper."""
    (found,) = [block for block in document.blocks if isinstance(block, Table)]
    return found


def column(document: Document, label: str) -> list[str]:
    """A column of the only table of a paper."""
    table = table_of(document)
    place = [one.label for one in table.columns].index(label)
    return [row[place] for row in table.rows]


# ---- ballots


def test_all_ballots_of_a_batch_are_equal_and_say_nothing_of_the_voter() -> None:
    pages = pages_of(write_pdf(paper(evaluated.appraisal(), "ballot", batch="b1")))
    assert len(pages) == 16
    assert len(set(pages)) == 1
    assert "批次 2026-01" in pages[0]
    assert not re.search(r"编号|投票人|签字|№", pages[0])


def test_a_ballot_names_those_who_get_a_grade_in_their_order() -> None:
    (sheet,) = [
        block
        for block in paper(evaluated.appraisal(), "ballot", batch="b2").blocks
        if isinstance(block, Sheet)
    ][:1]
    names = [plain_text(cell.content) for cell in sheet.cells if cell.column == 1 and cell.row]  # type: ignore[arg-type]
    graded = [one.name for one in evaluated.people()[:10]]
    assert ["".join(name.split()) for name in names] == graded


def test_ballots_on_one_subject_stand_several_on_a_page() -> None:
    document = paper(evaluated.committee(), "ballot")
    ballots = sum(isinstance(block, Sheet) for block in document.blocks)
    assert ballots == 15
    assert count_pages(document) == 4


def test_rows_and_letters_of_a_ballot_are_large() -> None:
    for count in (1, 5, 8, 9, 20, 24, 25, 41):
        people = evaluated.people([f"党员{number:02}" for number in range(count + 2)])
        votes = evaluated.batch("b1", "2026-01", (4, 4, 0), {}, [])
        sheet = evaluated.appraisal(subjects=people, batches=(votes,))
        document = paper(sheet, "ballot")
        sheets = [block for block in document.blocks if isinstance(block, Sheet)]
        assert min(height for one in sheets for height in one.heights) >= (8.8 if count == 24 else 10.0)
        named = [cell for one in sheets for cell in one.cells if str(cell.content).startswith("党员")]
        assert len(named) == 4 * count
        assert min(cell.style.size for cell in named) >= 16.0
        whole = "".join(pages_of(write_pdf(document)))
        assert "见附页" not in whole


def test_a_long_ballot_goes_on_behind_its_own_sheet_of_paper() -> None:
    people = evaluated.people([f"党员{number:02}" for number in range(32)])
    votes = evaluated.batch("b1", "2026-01", (3, 3, 0), {}, [])
    pages = pages_of(write_pdf(paper(evaluated.appraisal(subjects=people, batches=(votes,)), "ballot")))
    assert len(pages) == 6
    assert ["第 1 面" in page for page in pages] == [True, False] * 3
    assert ["请在第2面接着填写" in "".join(page.split()) for page in pages] == [True, False] * 3
    assert "党员00" in pages[0]
    assert "党员29" in pages[1]


def test_ballots_need_a_batch() -> None:
    for kind in ("ballot", "tally"):
        with pytest.raises(Problem, match="还没有登记测评票"):
            paper(evaluated.key_work(), kind)


# ---- the tally


def test_the_heads_of_a_tally_reconcile() -> None:
    cells = cells_of(paper(evaluated.appraisal(), "tally", batch="b1"))
    figures = {cells[n]: cells[n + 1] for n in range(0, len(cells), 2)}
    issued, returned = int(figures["发出票数"]), int(figures["收回票数"])
    assert issued == returned + int(figures["未收回数"])
    assert returned == int(figures["有效票数"]) + int(figures["废票数"])


def test_the_votes_of_everybody_make_the_valid_ballots() -> None:
    rows = table_of(paper(evaluated.appraisal(), "tally", batch="b1")).rows
    assert {sum(map(int, row[2:7])) for row in rows} == {14}


def test_nothing_says_what_few_ballots_said() -> None:
    sheet = evaluated.appraisal()
    said = told(paper(sheet, "tally", batch="b2"))
    assert "有效票不足 5 张" in said
    assert "| " not in said
    only = evaluated.again(sheet, batches=sheet.evaluation.batches[1:])
    for kind in ("tally", "registration", "summary", "decision", "explanation", "report", "feedback"):
        assert not re.search(r"优秀 ?2 ?票|\| 2 \| 1 \| 0 \| 0 \| 0", told(paper(only, kind)))
    workbook = write_xlsx(list(evaluation_tables(matter(only))), evaluated.TODAY)
    book = openpyxl.load_workbook(io.BytesIO(workbook))
    rows = [row for row in book["测评票"].iter_rows(values_only=True) if row[1] == "2026-02"]
    assert len(rows) == 1
    assert "不列各项票数" in str(rows[0][-1])
    book.close()


def test_hidden_batches_are_in_no_sum() -> None:
    pages = pages_of(write_pdf(paper(evaluated.appraisal(), "tally")))
    assert len(pages) == 3
    assert "有效票 14 张" in "".join(pages[2].split("\n"))


def test_before_it_is_counted_a_tally_is_the_sheet_to_count_on() -> None:
    sheet = evaluated.appraisal()
    first = sheet.evaluation.batches[0]
    open_sheet = evaluated.again(sheet, batches=(replace(first, passes=first.passes[:1]),))
    document = paper(open_sheet, "tally")
    assert "画“正”字" in told(document)
    assert set(column(document, "优秀")) == {""}


# ---- the form for the file


def test_registration_is_a_page_for_each_who_takes_part() -> None:
    document = paper(evaluated.appraisal(), "registration")
    names = [line[3:] for line in told(document).splitlines() if line.startswith("== ")]
    assert names == [one.name for one in evaluated.people()[:11]]
    one = paper(evaluated.appraisal(), "registration", subject="s00")
    assert count_pages(one) == 1
    assert one.title == "王秀兰民主评议党员登记表"
    assert "有效票 14 张" in told(one)
    assert "经研究，评定为“优秀”等次。" in told(one)


def test_who_gets_no_grade_is_told_so_on_the_form() -> None:
    said = told(paper(evaluated.appraisal(), "registration", subject="s10"))
    assert "不参加测评：预备党员参加评议，不评定等次" in said
    assert "评定为" not in said


def test_a_long_opinion_goes_to_the_page_behind_and_nothing_is_lost() -> None:
    text = "".join(f"第{number}条意见写得很长很具体。" for number in range(80))
    sheet = with_subject(evaluated.appraisal(), "s00", opinion=text)
    document = paper(sheet, "registration", subject="s00")
    assert count_pages(document) == 2
    whole = "".join("".join(pages_of(write_pdf(document))).split())
    assert "第79条意见" in whole


# ---- lists


def test_the_summary_counts_every_grade_and_names_the_quota() -> None:
    document = paper(evaluated.appraisal(), "summary")
    grades = column(document, "评定等次")
    assert [grades.count(one) for one in ("优秀", "合格", "基本合格", "不合格")] == [3, 5, 1, 1]
    assert "评定结果：优秀 3 名、合格 5 名、基本合格 1 名、不合格 1 名。" in told(document)
    assert "“优秀”一般不超过 3 名（按三分之一），评定 3 名。" in told(document)


def test_a_grade_that_differs_from_the_tally_stands_with_its_reason() -> None:
    reasons = column(paper(evaluated.appraisal(), "summary"), "评定理由、未参加原因")
    assert reasons[3] == "测评多数为合格；连续三年承担重点攻坚任务，全年无缺席"
    assert reasons[11] == "因病长期住院"


def test_what_is_not_decided_is_a_draft_that_names_how_many_are_missing() -> None:
    sheet = with_subject(evaluated.appraisal(), "s04", grade="")
    said = told(made(matter(sheet, draft=True), "summary"))
    assert "还有 1 名没有评定。" in said
    assert said.splitlines()[1].endswith("草稿")
    assert "草稿" not in told(paper(sheet, "ballot"))


def test_totals_stand_by_place_and_missing_parts_are_named() -> None:
    document = paper(evaluated.key_work(), "ranking")
    assert column(document, "名次") == ["1", "2", "3"]
    assert column(document, "总分") == ["93.3", "75.8", "0"]
    assert column(document, "备注")[1] == "创新计 0；群众满意度不计"


def test_stars_are_ranked_for_each_dimension_in_which_somebody_was_scored() -> None:
    document = paper(evaluated.stars(), "ranking")
    assert column(document, "申报星级") == ["为民服务之星", "业务攻坚之星", "业务攻坚之星"]
    assert column(document, "名次") == ["1", "1", "2"]
    assert "缺席组织生活 35%，超过 30%" in told(document)


# ---- explanations


def test_the_points_of_the_parts_make_the_total_of_the_explanation() -> None:
    sheet = evaluated.key_work()
    for uid, total in (("s00", "93.3"), ("s01", "75.8")):
        document = paper(sheet, "explanation", subject=uid)
        assert count_pages(document) == 1
        cells = cells_of(document)
        assert total in cells
        found = sheet.totals[(uid, "")]
        assert all(f"{one.earned:f}" in cells for one in found.parts if one.used_weight)
        earned = sum(Fraction(one.earned) for one in found.parts)
        assert found.total == half_up(earned * 100 / Fraction(found.base), 1)


def test_an_explanation_names_the_points_and_its_check_code() -> None:
    sheet = evaluated.appraisal()
    said = told(paper(sheet, "explanation", subject="s00"))
    assert "2026年积分 86.25 分。" in said
    assert made(matter(sheet), "explanation", "s00").title == "王秀兰2026年度民主评议党员评定说明"
    assert f"核对码 {sheet.hash[:16]}" in said
    assert "双积分" not in told(paper(sheet, "explanation", subject="s02"))


def test_a_card_shows_target_result_score_evidence_and_scorer() -> None:
    cells = cells_of(paper(evaluated.key_work(), "card", subject="s00"))
    wanted = ("完成全市数据接口对接 42 个", "已对接 41 个，余 1 个待对方升级", "96", "验收报告", "赵立新")
    assert all(one in cells for one in wanted)
    assert "一次验收合格，没有返工" in cells


# ---- what is told


def test_feedback_tells_grade_opinion_and_what_follows_but_promises_no_measure() -> None:
    said = told(paper(evaluated.appraisal(), "feedback", subject="s09"))
    assert "你被评定为“不合格”等次。" in said
    assert "希望在以下方面改进：按时参加组织生活，履行党员义务。" in said
    assert "后续安排：立足教育转化" in said
    fine = told(paper(evaluated.appraisal(), "feedback", subject="s00"))
    assert "后续安排" not in fine
    assert count_pages(paper(evaluated.appraisal(), "feedback", subject="s09")) == 1


def test_a_publicity_names_only_the_best_and_no_numbers_of_people() -> None:
    said = text_of(write_pdf(paper(evaluated.appraisal(), "publicity")))
    assert "陈志远" not in said
    assert "何" not in said.split("公示期")[0]
    assert not re.search(r"\d{11}|\d{17}[\dX]", said)
    assert "不少于5个工作日" in "".join(said.split())


def test_a_publicity_without_days_leaves_room_to_write_them() -> None:
    sheet = evaluated.appraisal(values={})
    assert "公示期：　　　年　　月　　日至　　　年　　月　　日" in told(paper(sheet, "publicity"))


def test_nobody_is_made_public_or_commended_before_it_is_decided() -> None:
    open_sheet = evaluated.appraisal(subjects=evaluated.people())
    with pytest.raises(Problem, match="还没有可以公示的名单"):
        paper(open_sheet, "publicity")
    for kind in ("commendation", "plaque", "desk_card"):
        with pytest.raises(Problem, match="还没有确定表彰对象"):
            paper(open_sheet, kind)


def test_stars_are_made_public_after_the_last_step_before_the_award() -> None:
    sheet = evaluated.stars()
    assert "欧阳静怡" in told(paper(sheet, "publicity"))
    reviewed = with_star(sheet, "t3", state=StarState.REVIEWED)
    assert "欧阳静怡" not in told(paper(reviewed, "publicity"))
    skipped = evaluated.again(
        reviewed,
        steps=tuple(
            replace(one, skipped=True, done_on=None) if one.step == "approve" else one
            for one in reviewed.evaluation.steps
        ),
    )
    assert "欧阳静怡" in told(paper(skipped, "publicity"))
    assert "党组研究" not in told(paper(skipped, "stars_form"))


def test_only_stars_that_were_given_are_commended() -> None:
    said = told(paper(evaluated.stars(), "commendation"))
    assert "2名党员" in said
    assert "业务攻坚之星（1名）" in said
    assert "欧阳静怡" not in said


def test_a_report_tells_heads_shares_procedures_and_what_the_branch_wrote() -> None:
    said = told(paper(evaluated.appraisal(), "report"))
    assert "发出测评票20张，收回18张，其中有效票17张、废票1张" in said
    assert "评定优秀3名（占30%）" in said
    assert "少数党员参加组织生活不够经常" in said
    assert "不合格1名。立足教育转化" in said


def test_a_report_before_the_decision_counts_no_grades() -> None:
    said = told(paper(evaluated.appraisal(subjects=evaluated.people()), "report"))
    assert "等次还没有评定。" in said
    assert "占0%" not in said


def test_official_papers_name_the_steps_that_led_to_the_result() -> None:
    said = told(paper(evaluated.appraisal(), "publicity"))
    assert "经个人自评、党员互评、民主测评、组织评定，" in said
    assert "经个人自评、群众评价、考核打分、审定等次，" in told(paper(evaluated.key_work(), "feedback"))


def test_the_report_of_a_secretary_has_its_sections_rating_and_list() -> None:
    said = told(paper(evaluated.secretary(), "debrief"))
    headings = re.findall(r"^([一二三四五六七八九]、.*)$", said, re.MULTILINE)
    assert headings == [
        "一、履行职责情况",
        "二、廉洁自律情况",
        "三、存在的主要问题",
        "四、原因分析",
        "五、下一步工作思路",
        "六、民主测评结果",
        "七、上级党组织点评",
        "八、评定等次",
        "九、整改清单",
    ]
    assert "11 票（73.3%）" in said
    assert "每月走访两户" in said


# ---- stars


def test_the_form_of_a_star_has_its_deeds_votes_and_objections_on_one_leaf() -> None:
    sheet = evaluated.stars()
    one = paper(sheet, "stars_form", subject="s00")
    assert count_pages(one) == 2
    assert "11 人表决，10 人同意推荐。" in told(one)
    heard = told(paper(sheet, "stars_form", subject="s01"))
    assert "反映：值守时间有误。⏎处理：核对记录，已更正。" in heard


def test_deeds_of_the_greatest_length_lose_nothing() -> None:
    sheet = with_star(evaluated.stars(), "t1", deeds="攻" * 1499 + "毕")
    document = paper(sheet, "stars_form", subject="s00")
    assert "毕" in text_of(write_pdf(document))
    assert "见附页" not in text_of(write_pdf(document))
    with pytest.raises(Problem, match="还没有人申报星级"):
        paper(evaluated.again(sheet, stars=()), "stars_form")


def test_a_plaque_is_a_landscape_page_with_its_days() -> None:
    document = paper(evaluated.stars(), "plaque", subject="s00")
    assert document.page.width > document.page.height
    assert count_pages(document) == 1
    cells = cells_of(document)
    assert cells == [
        "五星党员",
        "业务攻坚之星",
        "王　秀　兰",
        evaluated.ORGANISATION,
        "2027年1月1日至2027年12月31日",
    ]


def test_a_desk_card_says_the_same_on_both_sides_of_its_fold() -> None:
    document = paper(evaluated.stars(), "desk_card", subject="s00")
    (card,) = [block for block in document.blocks if isinstance(block, Sheet)]
    upper = [cell.content for cell in card.cells if cell.turned]
    lower = [cell.content for cell in card.cells if not cell.turned and "对折" not in str(cell.content)]
    assert upper == lower
    assert sum(card.heights[:6]) == pytest.approx(sum(card.heights[7:]), abs=0.1)
    assert count_pages(document) == 1


# ---- workbooks


@pytest.mark.parametrize(
    ("name", "sheets"),
    [
        ("appraisal", ["评定", "测评票", "步骤"]),
        ("stars", ["为民服务", "业务攻坚", "各项得分", "五星党员", "步骤"]),
        ("key_work", ["评定", "得分", "各项得分", "步骤"]),
        ("committee", ["评定", "测评票", "步骤"]),
    ],
)
def test_a_workbook_holds_what_there_is(name: str, sheets: list[str]) -> None:
    tables = list(evaluation_tables(matter(SHEETS[name]())))
    book = openpyxl.load_workbook(io.BytesIO(write_xlsx(tables, evaluated.TODAY)))
    assert book.sheetnames == sheets
    book.close()


def test_a_step_that_was_skipped_says_so_in_the_workbook() -> None:
    steps = (StepDone("approve", note="本单位没有党组", skipped=True),)
    tables = list(evaluation_tables(matter(evaluated.stars(steps=steps))))
    rows = [row for row in tables[-1].rows if row[1] == "党组研究"]
    assert rows == [("4", "党组研究", "", "不开展", "本单位没有党组")]
