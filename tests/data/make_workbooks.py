"""Makes the sample workbooks in `workbooks/`, in the manners in which clerks keep rosters (domain 13).

Run it by hand after a change, with LibreOffice installed; the files are kept in the repository. Everybody in
them is invented; the region 999999 of the identity numbers does not exist. The two in `refused/` are
`plain.xlsx` as LibreOffice saved it with the password "secret", once, by hand.
"""

from __future__ import annotations

import csv
import tempfile
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from openpyxl.styles import Alignment
from workbook_people import (
    FOLDER,
    PEOPLE,
    THIN,
    Person,
    dotted,
    identity,
    new_book,
    put,
    resaved,
    save,
    words,
)
from workbook_spellings import DATES, NAMES

PLAIN = words(
    "序号|姓名|性别|民族|出生年月|身份证号码|籍贯|学历|学位|参加工作时间|入党时间|转正时间|党内职务"
    "|工作单位及职务|人员类别|是否流动党员|家庭住址|联系电话|备注"
)


def plain_row(number: int, person: Person) -> list[Any]:
    """One row under the plain headings."""
    category = "预备党员" if person.admitted.year == 2025 else "正式党员"
    confirmed = dotted(person.confirmed) if category == "正式党员" else None
    return [
        *(number, person.name, person.sex, person.ethnic, f"{person.born:%Y.%m}", person.number),
        *("临江省滨江市", person.education, "学士" if person.education == "大学" else "无"),
        *(f"{person.born.year + 22}.08", dotted(person.admitted), confirmed),
        *("组织委员" if person.name == "李敏" else "无", "滨江市经济信息中心", category, "否"),
        *("滨江市江岸区胜利街道", person.phone, "" if number % 3 else "无"),
    ]


def make_plain() -> None:
    """Headings in the first row, nothing unusual."""
    book, sheet = new_book("在册党员")
    put(sheet, 1, PLAIN)
    for number, person in enumerate(PEOPLE, start=1):
        put(sheet, number + 1, plain_row(number, person))
    save(book, "plain.xlsx")


SUMMARY = words(
    "序号|姓  名|性别|民族|身份证号码|入党时间|转正时间|所在小组|学历(学位)|电话|人员类别"
    "|家庭住址|考勤卡号|退役军人"
)
SUMMARY_ROWS = (
    ("周建国", "男", "汉族", "92.7.1", "93.7.1", "一组", "大学(学士)"),
    ("李　敏", "女", "汉族", "2003.06.28", "2004.06.28", "一组", "大学"),
    ("陈志远", "男", "汉族", "1998年12月", "1999年12月", "二组", "研究生"),
    ("王秀兰", "女", "回族", 36342, 36708, "二组", "大专"),
    ("赵立新", "男", "汉族", "二〇〇八年十一月", "2009.11", "一组", "大学"),
    ("孙晓燕", "女", "汉族", "2012.05.16", "2013.05.16", "二组", "研究生"),
    ("刘洋", "男", "满族", "2013.12.02", "2014.12.02", "三组", "大学"),
)


def make_title_and_unit() -> None:
    """The sheet of picture 14: title, 填报单位, headings in row 3, 合计 at the end."""
    book, sheet = new_book("在册")
    sheet["A1"] = "党员花名册"
    sheet.merge_cells("A1:N1")
    sheet["A1"].alignment = Alignment(horizontal="center")
    sheet["A2"] = "填报单位：中共滨江市经济信息中心支部委员会"
    sheet["K2"] = "填报时间：2026年10月31日"
    sheet.merge_cells("A2:J2")
    sheet.merge_cells("K2:N2")
    put(sheet, 3, SUMMARY)
    for number, (row, person) in enumerate(zip(SUMMARY_ROWS, PEOPLE, strict=False), start=1):
        name, sex, ethnic, admitted, confirmed, group, education = row
        shown = 9.99999197108e17 if name == "王秀兰" else person.number
        phone = "1390000000" if name == "赵立新" else person.phone
        values = [number, name, sex, ethnic, shown, admitted, confirmed, group, education, phone]
        put(sheet, number + 3, [*values, "正式党员", "滨江市江岸区", f"K{number:04}", "否"])
    put(sheet, 11, ["合计", 7])
    sheet.merge_cells("B11:D11")
    resaved(save(book, "title_and_unit.xlsx"), "title_and_unit_libreoffice.xls", "xls:MS Excel 97")


def make_two_row_header() -> None:
    """Groups of headings over 学历 and 学位, the other headings joined downwards."""
    book, sheet = new_book("党员信息")
    sheet["A1"] = "党员基本信息采集表（2026年）"
    sheet.merge_cells("A1:N1")
    top = ["序号", "姓名", "身份证\n号码", "全日制教育", None, None, "在职教育", None, None]
    put(sheet, 2, [*top, "党内情况", None, None, "联系方式", None])
    put(sheet, 3, ["学历", "学位", "毕业院校系及专业"] * 2, first_column=4)
    put(sheet, 3, ["入党时间", "转正时间", "党内职务", "手机", "固定电话"], first_column=10)
    for area in ("A2:A3", "B2:B3", "C2:C3", "D2:F2", "G2:I2", "J2:L2", "M2:N2"):
        sheet.merge_cells(area)
    for number, person in enumerate(PEOPLE[:6], start=1):
        values = [number, person.name, person.number, person.education, "学士", "临江大学经济系经济学"]
        values += ["研究生", "硕士", "临江省委党校"] if number % 2 else [None, None, None]
        values += [
            person.admitted,
            person.confirmed,
            "委员" if number == 2 else None,
            person.phone,
            "027-80000000",
        ]
        put(sheet, number + 3, values)
        sheet.cell(number + 3, 10).number_format = sheet.cell(number + 3, 11).number_format = (
            'yyyy"年"m"月"d"日"'
        )
    resaved(
        save(book, "two_row_header.xlsx"), "two_row_header_libreoffice.xlsx", "xlsx:Calc MS Excel 2007 XML"
    )


def make_merged_groups() -> None:
    """The party group joined over its members; one person with two lines for two degrees."""
    book, sheet = new_book("花名册")
    put(sheet, 1, ["党小组", "姓名", "性别", "公民身份号码", "学历", "入党时间", "转正时间"])
    people = sorted(PEOPLE[:9], key=lambda person: "一二三".index(person.group[1]))
    row = 2
    spans: dict[str, list[int]] = {}
    for person in people:
        first_of_group = person.group not in spans
        spans.setdefault(person.group, []).append(row)
        put(sheet, row, [person.group if first_of_group else None, person.name, person.sex, person.number])
        put(sheet, row, [person.education, dotted(person.admitted), dotted(person.confirmed)], first_column=5)
        if person.name == "陈志远":
            row += 1
            spans[person.group].append(row)
            put(sheet, row, ["大学"], first_column=5)
            for letter in "BCDFG":
                sheet.merge_cells(f"{letter}{row - 1}:{letter}{row}")
        row += 1
    for rows in spans.values():
        sheet.merge_cells(f"A{rows[0]}:A{rows[-1]}")
    save(book, "merged_groups.xlsx")


def make_totals_and_notes() -> None:
    """Subtotals between, a total, notes and the line of those who filled in and checked."""
    book, sheet = new_book("党员名册")
    put(sheet, 1, ["党员名册"])
    sheet.merge_cells("A1:G1")
    put(sheet, 2, ["单位：滨江市经济信息中心党支部", None, None, None, None, "截至2026年9月30日"])
    put(sheet, 3, ["序号", "姓名*", "性别", "身份证号（18位）", "入党日期(年月日)", "月党费（元）", "备注"])
    for number, person in enumerate(PEOPLE[:6], start=1):
        row = number + 3 + number // 4
        put(
            sheet, row, [number, person.name, person.sex, person.number, dotted(person.admitted), 20 + number]
        )
    put(sheet, 7, ["小 计", None, None, None, None, 66])
    put(sheet, 11, ["小计", None, None, None, None, 75])
    put(sheet, 12, ["合　计", "6人", None, None, None, 141])
    put(sheet, 13, ["注：1.本表由党支部填写，一式两份。"])
    put(sheet, 14, ["2.月党费按党费核定表填写。"])
    put(sheet, 16, ["填表人：李敏", None, None, "审核人：周建国", None, "联系电话：027-80000000"])
    put(sheet, 17, [None, None, None, None, None, "2026年10月8日"])
    for area in ("A13:G13", "A14:G14"):
        sheet.merge_cells(area)
    save(book, "totals_and_notes.xlsx")


def make_hidden() -> None:
    """Hidden rows, a hidden column and a hidden sheet."""
    book, sheet = new_book("在册")
    put(sheet, 1, ["序号", "姓名", "性别", "身份证号", "入党时间", "联系电话"])
    for number, person in enumerate(PEOPLE[:8], start=1):
        put(
            sheet,
            number + 1,
            [number, person.name, person.sex, person.number, dotted(person.admitted), person.phone],
        )
    for row in (4, 7):
        sheet.row_dimensions[row].hidden = True
    sheet.column_dimensions["E"].hidden = True
    old = book.create_sheet("旧名册")
    put(old, 1, ["姓名", "身份证号"])
    put(old, 2, [PEOPLE[9].name, PEOPLE[9].number])
    old.sheet_state = "hidden"
    save(book, "hidden.xlsx")


def make_branches() -> None:
    """A sheet for each branch, one with the sum of them all and one that explains."""
    book, sheet = new_book("填表说明")
    put(sheet, 1, ["填表说明"])
    put(sheet, 2, ["一、请各支部按月更新。"])
    headings = ["序号", "姓名", "性别", "身份证号码", "政治面貌", "入党时间", "所在支部"]
    branches = {"机关党支部": PEOPLE[:4], "后勤": PEOPLE[4:7], "离退休党支部": PEOPLE[7:10]}
    for name, people in branches.items():
        sheet = book.create_sheet(name)
        put(sheet, 1, [f"{name}党员名册"])
        put(sheet, 2, headings)
        for number, person in enumerate(people, start=1):
            row = [number, person.name, person.sex, person.number, "中共党员", dotted(person.admitted), name]
            put(sheet, number + 2, row)
    total = book.create_sheet("汇总")
    put(total, 1, ["支部名称", "党员人数"])
    for number, (name, people) in enumerate(branches.items(), start=2):
        put(total, number, [name, len(people)])
    put(total, 5, ["合计", 10])
    save(book, "branches.xlsx")


def make_damaged_numbers() -> None:
    """Identity numbers in all the ways in which tables and people spoil them."""
    book, sheet = new_book("Sheet1")
    put(sheet, 1, ["姓名", "身份证号码", "说明"])
    good = [person.number for person in PEOPLE]
    rows: list[tuple[Any, str]] = [
        (9.99999196803121e17, "数字，末位已丢"),
        ("9.99999E+17", "文字的科学计数"),
        ("9.99999197910051E+17", "文字的科学计数，位数多"),
        (good[3][:15] + "000", "末三位变成000"),
        (999999821117213, "15位数字"),
        (good[5][:17] + ("1" if good[5][17] != "1" else "2"), "校验位不对"),
        (good[6][:10] + "1342" + good[6][14:], "日期不存在"),
        (good[7] + " ", "末尾有空格"),
        (good[8][:6] + " " + good[8][6:14] + " " + good[8][14:], "中间有空格"),
        ("".join(chr(ord(sign) + 0xFEE0) for sign in good[9]), "全角数字"),
        (identity(date(1969, 5, 6), 12), "末位是X，正确"),
        (identity(date(1969, 5, 6), 12).lower(), "末位是小写x，与上一行同号"),
        ("'" + good[10], "前面有撇号"),
        (good[11][:17], "少一位"),
        (None, "没有填"),
    ]
    for number, ((value, remark), person) in enumerate(zip(rows, (*PEOPLE, *PEOPLE), strict=False), start=2):
        put(sheet, number, [person.name, value, remark])
    sheet["B2"].number_format = "0"
    save(book, "damaged_numbers.xlsx")


def make_dates() -> None:
    """Dates in every spelling."""
    book, sheet = new_book("日期")
    put(sheet, 1, ["姓名", "入党时间", "写法"])
    for number, (value, code, remark) in enumerate(DATES, start=2):
        put(sheet, number, [f"测试{number}", value, remark])
        if code:
            sheet.cell(number, 2).number_format = code
    save(book, "dates.xlsx")


def make_names() -> None:
    """Names with gaps and dots, rare and hidden signs; full-width digits in other columns."""
    book, sheet = new_book("名单")
    put(sheet, 1, ["序　号", "姓　　名", "性 别", "手 机 号 码", "工　号"])
    for number, name in enumerate(NAMES, start=1):
        phone = "１３９００００００" + "".join(chr(ord(sign) + 0xFEE0) for sign in f"{number:02}")
        put(sheet, number + 1, [number, name, "男" if number % 2 else "女", phone, f"{number:05}"])
    save(book, "names.xlsx")


def make_blank_rows() -> None:
    """A printed form of forty lines, of which seven are filled; the rest has borders and numbers only."""
    book, sheet = new_book("花名册")
    put(sheet, 1, ["滨江市经济信息中心党支部党员花名册"])
    sheet.merge_cells("A1:F1")
    put(sheet, 2, ["序号", "姓名", "性别", "身份证号", "入党时间", "备注"])
    for number, person in enumerate(PEOPLE[:7], start=1):
        put(sheet, number + 2, [number, person.name, person.sex, person.number, dotted(person.admitted)])
    for number in range(8, 21):
        sheet.cell(number + 2, 1, number)
    for row in range(2, 41):
        for column in range(1, 7):
            sheet.cell(row, column).border = THIN
    save(book, "blank_rows.xlsx")


WIDE = words(
    "工作证号|姓名|性别|出生日期|籍贯|民族|身份证号码|手机号码|国家/地区|人员结构|所在单位|最高学历|最高学位|学位授予日期"
    "|所学专业|毕业学校|到校日期|编制类别|人员类别|人员状态|在岗情况|专业技术职务（职称）|职称级别|联系地址|联系邮箱"
    "|是否退休|退休时间|是否离休|党籍状态（正式党员或预备党员）|所在分党委编码|所在分党委|所在党支部编码|所在党支部"
    "|组织关系转入时间|提交书面申请书时间|确定为入党积极分子时间|确定为发展对象时间|入党介绍人|入党时间|入党时所在党支部"
    "|转正时间|转正时所在党支部|党内职务|党内奖励|其他奖励"
)


def make_wide() -> None:
    """The forty-five columns of a university's system."""
    book, sheet = new_book("党员信息（校外）")
    put(sheet, 1, WIDE)
    for number, person in enumerate(PEOPLE[:10], start=1):
        filled: dict[str, Any] = {
            "工作证号": f"{2000 + number:08}",
            "姓名": person.name,
            "性别": person.sex,
            "出生日期": person.born,
            "民族": person.ethnic,
            "身份证号码": person.number,
            "手机号码": person.phone,
            "国家/地区": "中国",
            "最高学历": person.education,
            "人员类别": "在编",
            "党籍状态（正式党员或预备党员）": "正式党员",
            "所在分党委编码": "0100",
            "所在分党委": "滨江学院党委",
            "所在党支部": "滨江学院机关第一党支部",
            "入党时间": person.admitted,
            "转正时间": person.confirmed,
            "是否退休": "否",
        }
        put(sheet, number + 1, [filled.get(heading) for heading in WIDE])
    save(book, "wide.xlsx")


def make_same_person_twice() -> None:
    """Two rows for one person, once with a gap in the name, and two people of one name."""
    book, sheet = new_book("在册")
    put(sheet, 1, ["姓名", "性别", "身份证号", "入党时间", "电话"])
    for row, person in enumerate((*PEOPLE[:3], PEOPLE[1], PEOPLE[3]), start=2):
        put(sheet, row, [person.name, person.sex, person.number, dotted(person.admitted), person.phone])
    sheet["A5"] = "李 敏"
    sheet["E5"] = "13900000099"
    put(sheet, 7, ["王秀兰", "女", identity(date(1980, 2, 2), 308), "2005.07.01", "13900000098"])
    put(sheet, 8, ["赵立新", "男", None, "2008.11.03", PEOPLE[4].phone])
    put(sheet, 9, ["赵立新", "男", None, "2009.11.03", None])
    save(book, "same_person_twice.xlsx")


def make_education() -> None:
    """学历(学位) in one column, and a second sheet with two columns called 学历."""
    book, sheet = new_book("学历学位")
    put(sheet, 1, ["姓名", "身份证号", "学历(学位)", "入党时间"])
    values = ("大学(学士)", "研究生（硕士）", "大专", "大学本科/学士", "中央党校研究生", "博士研究生(博士)")
    for row, (person, value) in enumerate(zip(PEOPLE, values, strict=False), start=2):
        put(sheet, row, [person.name, person.number, value, dotted(person.admitted)])
    twice = book.create_sheet("两个学历")
    put(twice, 1, ["姓名", "身份证号", "学历", "毕业院校", "学历", "入党时间"])
    for row, person in enumerate(PEOPLE[:3], start=2):
        put(twice, row, [person.name, person.number, "大专", "临江大学", "大学", dotted(person.admitted)])
    save(book, "education.xlsx")


def make_phones() -> None:
    """Telephones as numbers, with lost zeros, gaps, two in one cell."""
    book, sheet = new_book("通讯录")
    put(sheet, 1, ["序号", "姓名", "手机号码", "办公电话", "工号"])
    rows: list[tuple[Any, Any, Any]] = [
        (13900000001, 2780000001, 123),
        ("13900000002", "027-80000002", "00123"),
        (13900000003.0, None, 201100000123),
        ("139 0000 0004", "80000004", "A-004"),
        ("1390000005", None, None),
        ("13900000006/13900000016", None, None),
        ("+8613900000007", "(027)80000007", None),
    ]
    for number, ((mobile, office, staff), person) in enumerate(zip(rows, PEOPLE, strict=False), start=1):
        put(sheet, number + 1, [number, person.name, mobile, office, staff])
    sheet["E2"].number_format = "00000"
    save(book, "phones.xlsx")


def make_page_breaks() -> None:
    """The title and the headings again on every printed page, with a subtotal for each."""
    book, sheet = new_book("打印")
    row = 1
    for page in range(3):
        put(sheet, row, ["党员花名册"])
        sheet.merge_cells(f"A{row}:E{row}")
        put(sheet, row + 1, ["填报单位：经济信息中心党支部"])
        put(sheet, row + 2, ["序号", "姓名", "性别", "身份证号码", "入党时间"])
        for place, person in enumerate(PEOPLE[page * 3 : page * 3 + 3]):
            number = page * 3 + place + 1
            put(
                sheet,
                row + 3 + place,
                [number, person.name, person.sex, person.number, dotted(person.admitted)],
            )
        put(sheet, row + 6, ["本页小计", 3])
        put(sheet, row + 7, [None, None, None, f"第{page + 1}页，共3页"])
        row += 8
    put(sheet, row, ["总计", 9])
    save(book, "page_breaks.xlsx")


def make_sections_and_shifts() -> None:
    """The table begins at C5, the groups are lines of their own, and two rows have slipped."""
    book, sheet = new_book("名册")
    put(sheet, 2, ["党员名册"], first_column=3)
    headings = ["序号", "姓名", "性别", "身份证号码", "入党时间", "联系电话"]
    put(sheet, 5, headings, first_column=3)
    put(sheet, 6, [1, 2, 3, 4, 5, 6], first_column=3)
    row, number = 7, 0
    for title in ("第一党小组（3人）", "第二党小组"):
        put(sheet, row, [title], first_column=3)
        sheet.merge_cells(start_row=row, end_row=row, start_column=3, end_column=8)
        row += 1
        for person in PEOPLE[number : number + 3]:
            number += 1
            slip = 1 if number in {2, 5} else 0
            values = [person.name, person.sex, person.number, dotted(person.admitted), person.phone]
            put(sheet, row, [number], first_column=3)
            put(sheet, row, values[: 5 - slip], first_column=4 + slip)
            row += 1
    save(book, "sections_and_shifts.xlsx")


def make_formulas() -> None:
    """Ages and totals as formulas, with the results that LibreOffice worked out."""
    book, sheet = new_book("计算")
    put(sheet, 1, ["姓名", "身份证号", "出生日期", "月党费", "类别", "单位"])
    for row, person in enumerate(PEOPLE[:4], start=2):
        put(sheet, row, [f'=TRIM("{person.name} ")', person.number])
        born = f"DATE(MID(B{row},7,4),MID(B{row},11,2),MID(B{row},13,2))"
        put(
            sheet,
            row,
            [f"={born}", f"=10*{row}+0.5", "正式党员", "=1/0" if row == 5 else '=""'],
            first_column=3,
        )
        sheet.cell(row, 3).number_format = "yyyy-mm-dd"
    put(sheet, 6, ["合计", None, None, "=SUM(D2:D5)"])
    resaved(save(book, "formulas_without_results.xlsx"), "formulas.xlsx", "xlsx:Calc MS Excel 2007 XML")


def make_everything() -> None:
    """One cell of every kind, hidden and joined ones, for the reader of .xls."""
    book, sheet = new_book("全部")
    put(sheet, 1, ["文字", date(1998, 7, 1), date(1998, 7, 1), "隐藏的列"])
    put(sheet, 2, [True, "=1/0", 123, 2024.1])
    put(sheet, 3, ["𠮷田", "隐藏的行"])
    put(sheet, 5, ["合并"])
    for place, code in {"B1": "yyyy/m/d", "C1": 'yyyy"年"m"月"', "C2": "00000", "D2": "0.00"}.items():
        sheet[place].number_format = code
    sheet.merge_cells("A5:B6")
    sheet.row_dimensions[3].hidden = True
    sheet.column_dimensions["D"].hidden = True
    other = book.create_sheet("藏起来")
    put(other, 1, ["看不见"])
    other.sheet_state = "hidden"
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "everything.xlsx"
        book.save(source)
        resaved(source, "everything_libreoffice.xls", "xls:MS Excel 97")


def written_csv(name: str, encoding: str, rows: Iterable[Sequence[Any]], **dialect: Any) -> None:
    """Write a .csv or .txt."""
    with (FOLDER / name).open("w", encoding=encoding, newline="") as stream:
        csv.writer(stream, **dialect).writerows(rows)


def make_texts() -> None:
    """Texts: GB 18030 with commas, UTF-8 with semicolons by LibreOffice, UTF-16 with tabs as from Excel."""
    rows = [
        ["党员花名册"],
        PLAIN,
        *(plain_row(number, person) for number, person in enumerate(PEOPLE, start=1)),
    ]
    rows[3][16] = '滨江市江岸区"胜利"小区,\n3栋2单元'
    written_csv("gb18030.csv", "gb18030", [*rows, ["合计", "12人"]])
    written_csv("excel_unicode.txt", "utf-16", rows[1:], delimiter="\t")
    resaved(FOLDER / "plain.xlsx", "semicolons.csv", "csv:Text - txt - csv (StarCalc):59,34,76,1")


MAKERS: tuple[Callable[[], None], ...] = (
    make_plain,
    make_title_and_unit,
    make_two_row_header,
    make_merged_groups,
    make_totals_and_notes,
    make_hidden,
    make_branches,
    make_damaged_numbers,
    make_dates,
    make_names,
    make_blank_rows,
    make_wide,
    make_same_person_twice,
    make_education,
    make_phones,
    make_page_breaks,
    make_sections_and_shifts,
    make_formulas,
    make_everything,
    make_texts,
)


if __name__ == "__main__":
    FOLDER.mkdir(exist_ok=True)
    for make in MAKERS:
        make()
