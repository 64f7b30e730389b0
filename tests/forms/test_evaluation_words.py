"""The words of evaluations: grades, quotas, parts, steps and stars, and every mistake in them."""

from __future__ import annotations

from decimal import Decimal

import pytest

from branchdesk.forms.evaluation_words import GradeWords
from branchdesk.forms.language import (
    DimensionWords,
    EvaluationWords,
    PartWords,
    ProcedureWords,
    QuotaWords,
    StepWords,
)
from branchdesk.forms.samples import read_sample
from branchdesk.forms.toml_files import FormMistake, TomlText
from branchdesk.forms.words import DISQUALIFIERS, EVALUATED, EVALUATION_PAPERS, OF_PEOPLE, PART_SOURCES
from branchdesk.forms.writing import write_form
from branchdesk.i18n import Language, speak
from forms.evaluation_texts import (
    COUNTED,
    HEAD,
    OUTSET,
    PARTS,
    PROCEDURE,
    STARRED,
    STEPS,
    WHOLE,
    instead,
    read,
    words,
)

# ---- reading and writing


def test_an_evaluation_is_read_with_everything_it_says() -> None:
    assert words(WHOLE) == EvaluationWords(
        of="members",
        takes_part=("full", "probationary"),
        graded=("full",),
        decimals=2,
        ties="ordered",
        decision=True,
        disqualifiers=("discipline", "absence_over"),
        grades=(
            GradeWords("top", "优", "Top", Decimal(100), Decimal(90)),
            GradeWords("mid", "中", "Middle", Decimal("62.5"), Decimal("60.5")),
            GradeWords("low", "差", "Low", Decimal(0), Decimal(0)),
        ),
        quotas=(QuotaWords("top", 2, 5, "taking_part", hard=True), QuotaWords("mid")),
        parts=(
            PartWords(
                *("deeds", "实绩", "Deeds", Decimal("66.5"), "typed", Decimal(120), "zero"),
                *("按期完成", "In time", "由考核组打分。", "Scored by the group."),
            ),
            PartWords("voices", "测评", "Voices", Decimal("33.5"), "ballot"),
        ),
        steps=(
            StepWords("vote", "投票", "Vote", "ballot", ballots=True),
            StepWords("judge", "评定", "Judge", decides=True),
            StepWords("show", "公示", "Show", optional=True, days="publicity_days"),
        ),
        procedures=(ProcedureWords("low", "talk", "谈话提醒", "A talk"),),
    )


def test_stars_are_read_with_their_places() -> None:
    assert words(STARRED).dimensions == (
        DimensionWords("serve", "服务", "Service", "服务之星", "Star of service", 3),
        DimensionWords("learn", "学习", "Learning", "学习之星", "Star of learning"),
    )


def test_what_is_not_said_is_the_usual() -> None:
    evaluation = words(COUNTED)
    assert (evaluation.takes_part, evaluation.graded, evaluation.decision) == ((), (), False)
    assert (evaluation.decimals, evaluation.ties, evaluation.disqualifiers) == (1, "shared", ())
    part = words(STARRED).parts[0]
    assert (part.full, part.missing, part.target, part.help) == (Decimal(100), "excluded", "", "")
    quota = words(WHOLE).quotas[1]
    assert (quota.numerator, quota.denominator, quota.base, quota.hard) == (1, 3, "graded", False)


@pytest.mark.parametrize("text", [WHOLE, STARRED, COUNTED])
def test_an_evaluation_form_reads_back_equal_as_it_is_written(text: str) -> None:
    form = read(text)
    assert read(write_form(form)) == form


def test_everything_is_shown_in_the_language_in_use() -> None:
    evaluation, stars = words(WHOLE), words(STARRED).dimensions[0]

    def shown() -> list[str]:
        part = evaluation.parts[0]
        titled = (evaluation.grades[0], part, evaluation.steps[0], evaluation.procedures[0], stars)
        return [*(one.shown() for one in titled), part.asked(), part.hint(), stars.star_shown()]

    chinese = ["优", "实绩", "投票", "谈话提醒", "服务", "按期完成", "由考核组打分。", "服务之星"]
    assert shown() == chinese
    speak(Language.ENGLISH)
    assert shown() == [
        *("Top", "Deeds", "Vote", "A talk", "Service", "In time", "Scored by the group."),
        "Star of service",
    ]


def test_a_form_without_an_evaluation_has_none() -> None:
    assert read(HEAD.replace("evaluation.sample", "other.sample")).evaluation is None


@pytest.mark.parametrize("source", PART_SOURCES)
def test_a_part_may_come_from_each_source(source: str) -> None:
    assert words(instead('"typed"', f'"{source}"')).parts[0].source == source


@pytest.mark.parametrize("paper", EVALUATION_PAPERS)
def test_a_step_may_make_each_paper(paper: str) -> None:
    assert words(instead('paper = "ballot"', f'paper = "{paper}"')).steps[0].paper == paper


@pytest.mark.parametrize("of", EVALUATED)
def test_members_and_bodies_can_be_evaluated(of: str) -> None:
    text = STARRED if of in OF_PEOPLE else COUNTED
    old = "members" if of in OF_PEOPLE else "committee"
    assert words(instead(f'of = "{old}"', f'of = "{of}"', text)).of == of


@pytest.mark.parametrize("fact", DISQUALIFIERS)
def test_each_disqualifier_can_be_named(fact: str) -> None:
    assert words(instead('["discipline", "absence_over"]', f'["{fact}"]')).disqualifiers == (fact,)


# ---- mistakes


@pytest.mark.parametrize(
    ("text", "mistake"),
    [
        # the head
        (instead('of = "members"', 'of = "people"'), "evaluation.of: 没有“people”这个词"),
        (instead("decimals = 2", "decimals = 5"), "evaluation.decimals: 应该在 0 到 4 之间。"),
        (instead("decimals = 2", "decimals = -1"), "evaluation.decimals: 应该在 0 到 4 之间。"),
        (instead('ties = "ordered"', 'ties = "drawn"'), "ties: 没有“drawn”这个词，可以用 shared、ordered。"),
        (instead("decision = true", "decided = true"), "evaluation.decided: 这里没有这一项"),
        (
            instead('subject = "organisation"', 'subject = "member"'),
            "subject: 评议办法的对象应是“organisation”",
        ),
        (instead('period = "year"', 'period = "month"'), "period: 评议按年度进行，应是“year”"),
        # people
        (instead('["full", "probationary"]', '["full", "guest"]'), "takes_part: 没有“guest”这个词"),
        (instead('["full", "probationary"]', '["full", "full"]'), "takes_part: “full”出现了两次。"),
        (instead('["full", "probationary"]', "[]"), "evaluation.takes_part: 要写哪些人参加"),
        (
            instead('["full", "probationary"]', '["probationary"]'),
            "graded: 没有“full”这个词，可以用 probationary。",
        ),
        (instead('graded = ["full"]', "graded = []"), "graded: 有等次，就要写哪些人评等次。"),
        (
            STARRED.replace("takes_part =", 'graded = ["full"]\ntakes_part ='),
            "evaluation.grades: 写了“graded”，这里也要写。",
        ),
        (instead('"absence_over"]', '"lateness"]'), "disqualifiers: 没有“lateness”这个词"),
        (
            COUNTED.replace("grades =", 'takes_part = ["full"]\ngrades ='),
            "evaluation.takes_part: 只有评党员的办法才写这一项。",
        ),
        (
            COUNTED.replace("grades =", 'quotas = [{ grade = "good" }]\ngrades ='),
            "evaluation.quotas: 只有评党员的办法才写这一项。",
        ),
        # grades
        (instead("value = 62.5", "value = 100"), "grades: 等次从好到差写"),
        (instead("value = 62.5", "value = 101"), "grades: 等次从好到差写"),
        (instead("value = 100", "value = 101"), "grades: 等次从好到差写，一票的参考分在 0 到 100 之间"),
        (instead(", at_least = 60.5", ""), "grades: 分数线要么都写，要么都不写"),
        (instead("at_least = 60.5", "at_least = 90"), "grades: 分数线要么都写，要么都不写"),
        (instead("at_least = 90", "at_least = 101"), "grades: 分数线要么都写，要么都不写"),
        (instead("at_least = 0 }", "at_least = 1 }"), "最低一等是 0。"),
        (WHOLE.replace(PARTS, ""), "grades: 没有计分项目，就没有总分可以对照分数线"),
        (instead('code = "mid"', 'code = "top"'), "grades[2].code: “top”出现了两次。"),
        (instead('label = "中"', 'label = "优"'), "grades[2].label: “优”出现了两次。"),
        (instead('code = "mid"', 'code = "a b"'), "grades[2].code: “a b”的写法不对"),
        (instead(", value = 62.5", ", value = 62.5, score = 1"), "grades[2].score: 这里没有这一项"),
        (
            HEAD + OUTSET + "decision = true\n" + STEPS.replace("ballots = true", ""),
            "evaluation.grades: 要由人决定等次，就要写有哪些等次。",
        ),
        # quotas
        (
            instead('{ grade = "mid" }', '{ grade = "best" }'),
            "quotas[2].grade: 没有“best”这个词，可以用 top、mid",
        ),
        (instead('{ grade = "mid" }', '{ grade = "top" }'), "quotas[2].grade: “top”出现了两次。"),
        (instead("numerator = 2", "numerator = 0"), "quotas[1].numerator: 至少是 1。"),
        (instead("denominator = 5", "denominator = 1"), "quotas[1].denominator: 不能小于 numerator"),
        (instead('base = "taking_part"', 'base = "all"'), "quotas[1].base: 没有“all”这个词"),
        (instead("hard = true", "strict = true"), "quotas[1].strict: 这里没有这一项"),
        # parts
        (instead("weight = 33.5", "weight = 33"), "evaluation.part: 各部分的权重合计应是 100，现在是 99.5。"),
        (instead("weight = 33.5", "weight = 0"), "part[2].weight: 应该大于 0。"),
        (instead("full = 120", "full = 0"), "part[1].full: 应该大于 0。"),
        (instead('source = "typed"', 'source = "dice"'), "part[1].source: 没有“dice”这个词"),
        (
            instead('missing = "zero"', 'missing = "mean"'),
            "part[1].missing: 没有“mean”这个词，可以用 excluded、zero",
        ),
        (instead('id = "voices"', 'id = "deeds"'), "part[2].id: “deeds”出现了两次。"),
        (instead('label = "测评"', 'label = "实绩"'), "part[2].label: “实绩”出现了两次。"),
        (instead('id = "voices"', 'id = "select"'), "part[2].id: “select”是数据库的保留字"),
        (instead('target_en = "In time"\n', ""), "part[1].target_en: 写了“target”，这里也要写。"),
        (instead('help = "由考核组打分。"\n', ""), "part[1].help: 写了“help_en”，这里也要写。"),
        (instead("full = 120", "most = 120"), "part[1].most: 这里没有这一项"),
        (instead("ballots = true\n", ""), "part[2].source: 分数来自测评票，就要有一步写 ballots = true。"),
        # steps
        (instead('id = "judge"', 'id = "vote"'), "step[2].id: “vote”出现了两次。"),
        (instead('label = "评定"', 'label = "投票"'), "step[2].label: “投票”出现了两次。"),
        (instead('paper = "ballot"', 'paper = "poster"'), "step[1].paper: 没有“poster”这个词"),
        (instead("publicity_days", "rectify_days"), "step[3].days: 没有“rectify_days”这个词，可以用"),
        (
            instead("decides = true", "decides = true\noptional = true"),
            "step[2].optional: 决定等次的一步不能跳过。",
        ),
        (instead("decides = true\n", ""), "evaluation.step: 要由人决定等次，就要有一步写 decides = true。"),
        (instead("decision = true\n", ""), "step[2].decides: 有这一步，就要写 decision = true。"),
        (instead("decides = true", "ends = true"), "step[2].ends: 这里没有这一项"),
        (
            STARRED.replace('label_en = "Declare"', 'label_en = "Declare"\nballots = true'),
            "step[1].ballots: 测评票上的选项就是等次，请先写 grades。",
        ),
        (COUNTED.partition("[[evaluation.step]]")[0], "evaluation.step: 评议办法至少要有一步。"),
        # stars
        (instead("places = 3", "places = 0", STARRED), "dimension[1].places: 至少是 1。"),
        (instead("places = 3", "seats = 3", STARRED), "dimension[1].seats: 这里没有这一项"),
        (instead('id = "learn"', 'id = "serve"', STARRED), "dimension[2].id: “serve”出现了两次。"),
        (instead('label = "学习"', 'label = "服务"', STARRED), "dimension[2].label: “服务”出现了两次。"),
        (
            instead('star = "学习之星"', 'star = "服务之星"', STARRED),
            "dimension[2].star: “服务之星”出现了两次。",
        ),
        (
            WHOLE + "[[evaluation.dimension]]" + STARRED.rpartition("[[evaluation.dimension]]")[2],
            "evaluation.grades: 评星的办法按星定称号，不再评等次。",
        ),
        (
            HEAD + OUTSET + '[[evaluation.step]]\nid = "one"\nlabel = "一"\nlabel_en = "One"\n',
            "evaluation.grades: 等次、计分项目、评星，至少要写一样。",
        ),
        (
            instead('label_en = "Declare"', 'label_en = "Declare"\noptional = true', STARRED),
            "step[1].optional: 评星从第一步申报，到最后一步授星，这两步不能跳过。",
        ),
        (
            instead('label_en = "Award"', 'label_en = "Award"\noptional = true', STARRED),
            "step[2].optional: 评星从第一步申报，到最后一步授星，这两步不能跳过。",
        ),
        (
            instead('[[evaluation.step]]\nid = "award"\nlabel = "授星"\nlabel_en = "Award"\n', "", STARRED),
            "evaluation.step: 评星的步骤应有 2 到 5 步。",
        ),
        (
            STARRED
            + "".join(
                f'[[evaluation.step]]\nid = "s{n}"\nlabel = "第{n}步"\nlabel_en = "{n}"\n' for n in range(4)
            ),
            "evaluation.step: 评星的步骤应有 2 到 5 步。",
        ),
        # procedures
        (instead('grade = "low"', 'grade = "worst"'), "procedure[1].grade: 没有“worst”这个词"),
        (WHOLE + PROCEDURE, "procedure[2].id: “talk”出现了两次。"),
        (instead('label_en = "A talk"', 'label_en = "A talk"\non = 1'), "procedure[1].on: 这里没有这一项"),
    ],
)
def test_what_could_not_be_counted_or_carried_out_is_refused_where_it_stands(text: str, mistake: str) -> None:
    with pytest.raises(FormMistake) as caught:
        read(text)
    assert mistake in str(caught.value)


def test_a_form_cannot_be_a_points_scheme_as_well() -> None:
    points = """
[points]
buckets = [{ id = "base", label = "基础分", label_en = "Base" }]

[[points.rule]]
id = "one"
number = "1"
label = "一"
label_en = "One"
bucket = "base"
unit = "次"
points = 1
"""
    with pytest.raises(FormMistake, match="evaluation: 一个表单不能既是评议办法，又是检查表或者积分办法。"):
        read(WHOLE + points)


def test_a_form_cannot_be_an_inspection_as_well() -> None:
    inspected = """
[inspection]
grades = [{ code = "bad", label = "差", label_en = "Bad", at_least = 0 }]

[[section]]
id = "lines"
label = "一"
label_en = "1"

[[field]]
id = "a1"
type = "indicator"
number = "A1"
label = "甲"
label_en = "A"
section = "lines"
points = 1
"""
    with pytest.raises(FormMistake, match="evaluation: 一个表单不能既是评议办法"):
        read(WHOLE + inspected)


# ---- samples

SUBJECT = '[[subjects]]\nname = "王强"\n'


def test_a_sample_of_an_evaluation_holds_people_scores_votes_and_ballots() -> None:
    text = (
        '[[subjects]]\nname = "王强"\ngroup = "第一党小组"\ncategory = "full"\ngrade = "top"\n'
        'reason = "实绩突出"\nscore_deeds = 96.5\nvotes_top = 4\nvotes_blank = 1\n'
        "[batch]\nissued = 6\nreturned = 5\nspoiled = 0\n"
    )
    sample = read_sample(TomlText(text, "sample.toml"), read(WHOLE))
    assert sample.subjects == (
        {
            "name": "王强",
            "group": "第一党小组",
            "category": "full",
            "grade": "top",
            "reason": "实绩突出",
            "score_deeds": "96.5",
            "votes_top": "4",
            "votes_blank": "1",
        },
    )
    assert sample.batch == {"issued": "6", "returned": "5", "spoiled": "0"}
    assert sample.stars == ()


def test_a_sample_of_stars_says_in_which_dimension_and_how_far_they_are() -> None:
    text = (
        '[[stars]]\nname = "王强"\ndimension = "learn"\nstate = "declared"\n'
        "score_overall = 88\nvotes_for = 5\n"
    )
    assert read_sample(TomlText(text, "sample.toml"), read(STARRED)).stars == (
        {"name": "王强", "dimension": "learn", "state": "declared", "score_overall": "88", "votes_for": "5"},
    )


@pytest.mark.parametrize(
    ("form", "content", "mistake"),
    [
        (WHOLE, SUBJECT + 'grade = "best"', "subjects[1].grade: 没有“best”这个词，可以用 top、mid、low。"),
        (WHOLE, SUBJECT + "score_luck = 1", "subjects[1].score_luck: 没有“score_luck”这个词"),
        (WHOLE, SUBJECT + "votes_best = 1", "subjects[1].votes_best: 没有“votes_best”这个词"),
        (WHOLE, "[batch]\nlost = 1", "batch.lost: 没有“lost”这个词，可以用 issued、returned、spoiled。"),
        (STARRED, "[batch]\nissued = 1", "batch.issued: 没有“issued”这个词"),
        (STARRED, '[[stars]]\nname = "王强"', "stars[1].dimension: 没有“”这个词，可以用 serve、learn。"),
        (STARRED, '[[stars]]\ndimension = "serve"\nplace = 1', "stars[1].place: 没有“place”这个词"),
        (WHOLE, '[[stars]]\ndimension = "serve"', "stars[1].dimension: 没有“serve”这个词"),
        (HEAD.replace("evaluation.", "other."), SUBJECT, "subjects[1].name: 没有“name”这个词"),
        (HEAD.replace("evaluation.", "other."), "[batch]\nissued = 1", "batch.issued: 没有“issued”这个词"),
        (HEAD.replace("evaluation.", "other."), '[[stars]]\ndimension = "x"', "stars[1].dimension"),
    ],
)
def test_what_the_scheme_does_not_know_is_refused_in_its_sample(
    form: str, content: str, mistake: str
) -> None:
    with pytest.raises(FormMistake) as caught:
        read_sample(TomlText(content, "sample.toml"), read(form))
    assert mistake in str(caught.value)
