"""What an import would do, in words: sheet by sheet, and every row that wants a look."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from branchdesk.domain.sheet_layout import describe
from branchdesk.findings import Finding
from branchdesk.i18n import _, _n, listed
from branchdesk.services.member_edits import member_form
from branchdesk.services.roster_import import NEW_BRANCH, ImportPlan, PlannedRow, SheetChoice, Verdict

Place = tuple[int, int]  # sheet, row


@dataclass(frozen=True)
class ImportSummary:
    """A plan in words. `doubtful` are refused rows of which only a person can say who they are.

    `silent` leaves the doubtful rows out of what is listed and of what wants a look.
    """

    plan: ImportPlan
    doubtful: frozenset[Place] = field(default_factory=frozenset)
    silent: bool = False

    @cached_property
    def refused(self) -> list[PlannedRow]:
        """The rows that are not imported, for reasons other than doubt."""
        rows = (row for row in self.plan.rows if row.verdict is Verdict.REFUSED)
        return [row for row in rows if row.place not in self.doubtful]

    @cached_property
    def doubts(self) -> list[PlannedRow]:
        """The doubtful rows."""
        return [row for row in self.plan.rows if row.place in self.doubtful]

    @property
    def has_something_to_write(self) -> bool:
        """Whether any row is new or changes somebody."""
        return any(row.verdict in {Verdict.NEW, Verdict.UPDATE} for row in self.plan.rows)

    @property
    def wants_a_look(self) -> bool:
        """Whether anything was left out or is to be confirmed."""
        return bool(
            self.refused
            or (self.doubts and not self.silent)
            or any(row.findings for row in self.plan.rows if row.place not in self.doubtful)
            or self.plan.source.workbook.notes
            or (self.plan.hidden and not self.plan.options.hidden_rows)
            or any(choice.has_name and not choice.wanted for choice in self.plan.choices)
            or any(choice.layout.open_columns for choice in self.plan.choices if choice.wanted)
        )

    # ---- the lines

    def lines(self) -> Iterator[str]:
        """Everything that there is to say before the import."""
        yield from (note.sentence for note in self.plan.source.workbook.notes)
        for place, choice in enumerate(self.plan.choices):
            yield from self._lines_of_sheet(place, choice)
        founded = dict.fromkeys(
            [
                *(
                    row.target.removeprefix(NEW_BRANCH)
                    for row in self._written
                    if row.target.startswith(NEW_BRANCH)
                ),
                *(row.new_group for row in self._written if row.new_group),
            ]
        )
        if founded:
            yield _("将一起设立：{names}。", names=listed(founded))

    @cached_property
    def _written(self) -> list[PlannedRow]:
        return [row for row in self.plan.rows if row.verdict in {Verdict.NEW, Verdict.UPDATE}]

    def _lines_of_sheet(self, place: int, choice: SheetChoice) -> Iterator[str]:
        name = choice.sheet.name
        if not choice.wanted:
            reason = (
                _("在原表中是隐藏的。")
                if choice.sheet.hidden and choice.has_name
                else describe(choice.layout)
            )
            yield _("工作表“{sheet}”没有导入：{reason}", sheet=name, reason=reason)
            return
        yield _("工作表“{sheet}”：{layout}", sheet=name, layout=describe(choice.layout))
        rows = [row for row in self.plan.rows if row.sheet == place]
        yield _indented(self._counts(rows, choice))
        yield from map(_indented, _lines_of_columns(choice))
        for title, marked in (
            (_("不导入的行："), [row for row in self.refused if row.sheet == place]),
            (
                _("存疑、没有导入的行："),
                [] if self.silent else [row for row in self.doubts if row.sheet == place],
            ),
        ):
            if marked:
                yield _indented(title)
                reasons = [(row.reason, row) for row in marked]
                yield from (_indented(line, 2) for line in _by_sentence(reasons))
        spoken_of = [row for row in rows if not (self.silent and row.place in self.doubtful)]
        found = [(_sentence_of(finding, choice), row) for row in spoken_of for finding in _worth_telling(row)]
        if found:
            yield _indented(_("要核对的内容："))
            yield from (_indented(line, 2) for line in _by_sentence(found))

    def _counts(self, rows: Sequence[PlannedRow], choice: SheetChoice) -> str:
        counts = {verdict: sum(row.verdict is verdict for row in rows) for verdict in Verdict}
        doubts = sum(row.place in self.doubtful for row in rows)
        hidden = 0 if self.plan.options.hidden_rows else sum(row.hidden for row in choice.layout.table_rows)
        people = _(
            "新增 {new} 人，更新 {update} 人，没有变化 {same} 人",
            new=counts[Verdict.NEW],
            update=counts[Verdict.UPDATE],
            same=counts[Verdict.SAME],
        )
        left_out = _(
            "存疑 {doubts} 行，不导入 {refused} 行，跳过 {skipped} 行",
            doubts=doubts,
            refused=counts[Verdict.REFUSED] - doubts,
            skipped=len(choice.layout.skipped) + hidden,
        )
        return _("{people}；{left_out}。", people=people, left_out=left_out)


def _indented(line: str, depth: int = 1) -> str:
    return "  " * depth + line


def _lines_of_columns(choice: SheetChoice) -> Iterator[str]:
    """The columns that nobody has confirmed: left out, or taken for a field by guess."""
    form = member_form()
    for column in choice.layout.open_columns:
        heading = "".join(column.heading.split())
        letters = column.letters
        mapped = form.by_id.get(choice.mapping.get(column.index, ""))
        if mapped is None:
            yield _n(
                "{letters} 列“{heading}”不认识，{n} 行的内容没有导入。",
                column.filled,
                letters=letters,
                heading=heading,
            )
        else:
            yield _(
                "{letters} 列“{heading}”当作“{field}”导入，请核对。",
                letters=letters,
                heading=heading,
                field=mapped.shown(),
            )


def _worth_telling(row: PlannedRow) -> Iterator[Finding]:
    """The findings of a row, without the one that is told already as its reason."""
    return (finding for finding in row.findings if finding.sentence != row.reason)


def _sentence_of(finding: Finding, choice: SheetChoice) -> str:
    """A finding with the column it stands in; a field without a column goes by its own name."""
    place = next((place for place, field_id in choice.mapping.items() if field_id == finding.field), None)
    column = next((one for one in choice.layout.columns if one.index == place), None)
    if column is not None:
        heading = "".join(column.heading.split())
        return _(
            "{letters} 列“{heading}”：{sentence}",
            letters=column.letters,
            heading=heading,
            sentence=finding.sentence,
        )
    return finding.sentence


def _by_sentence(told: Sequence[tuple[str, PlannedRow]]) -> Iterator[str]:
    """Sentences with the rows that they are about; rows that share one are told together."""
    rows: dict[str, list[PlannedRow]] = {}
    for sentence, row in told:
        rows.setdefault(sentence, []).append(row)
    for sentence, those in rows.items():
        name = those[0].value("name") if len(those) == 1 else ""
        if name:
            yield _("第 {row} 行（{name}）：{sentence}", row=those[0].number, name=name, sentence=sentence)
        else:
            yield _(
                "第 {rows} 行：{sentence}", rows=_ranges([row.number for row in those]), sentence=sentence
            )


def _ranges(numbers: Sequence[int]) -> str:
    """Row numbers in short, and every one of them: 1–2、5、9–10."""
    pieces: list[tuple[int, int]] = []
    for number in sorted(set(numbers)):
        if pieces and number == pieces[-1][1] + 1:
            pieces[-1] = pieces[-1][0], number
        else:
            pieces.append((number, number))
    return listed(str(first) if first == last else f"{first}–{last}" for first, last in pieces)
