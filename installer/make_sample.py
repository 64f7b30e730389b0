"""Makes the sample roster in resources/sample: invented people, in the manner of a real office file."""

from __future__ import annotations

from pathlib import Path

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, Side
from openpyxl.utils import get_column_letter

TARGET = Path(__file__).resolve().parent.parent / "resources" / "sample" / "roster.xlsx"
WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
HEADINGS = (
    "序号",
    "姓  名",
    "性别",
    "民族",
    "身份证号码",
    "籍贯",
    "学历(学位)",
    "参加工作时间",
    "入党时间",
    "转正时间",
    "人员类别",
    "所在小组",
    "党内职务",
    "工作部门",
    "联系电话",
    "家庭住址",
    "备注",
)
# Name, sex, ethnic group, born, native place, education, work, admitted, confirmed, group, post, department.
PEOPLE = (
    ("周建国", 1, "汉", "19680312", "江苏赣榆", "大学(学士)", "1990.08", "92.7.1", "93.7.1", "一组", "书记", "办公室"),
    ("李  敏", 2, "汉", "19791005", "江苏东海", "大学(学士)", "2002.07", "2003.06.28", "2004.06.28", "一组", "组织委员", "人事科"),
    ("陈志远", 1, "汉", "19740521", "江苏灌云", "研究生", "1998.08", "1998年12月", "1999年12月", "二组", "副书记", "综合科"),
    ("王秀兰", 2, "汉", "19710803", "江苏赣榆", "大专", "1993.09", "1999.7.1", "2000.7.1", "二组", "宣传委员", "宣教科"),
    ("赵立新", 1, "汉", "19821117", "山东日照", "大学", "2005.08", "二〇〇八年十一月", "2009.11", "一组", "纪检委员", "监察室"),
    ("孙晓燕", 2, "汉", "19880109", "江苏海州", "研究生(硕士)", "2013.07", "2012.05.16", "2013.05.16", "二组", "", "统计科"),
    ("刘洋", 1, "汉", "19900614", "安徽宿州", "大学", "2012.08", "2013.12.02", "2014.12.02", "三组", "", "信息科"),
    ("黄文博", 1, "汉", "19860923", "江苏连云", "大学", "2009.07", "2010.06.29", "2011.06.29", "三组", "党小组长", "统计科"),
    ("吴桂芳", 2, "汉", "19630418", "江苏赣榆", "中专", "1983.10", "1991.10", "1992.10", "三组", "", "退休"),
    ("郑海涛", 1, "回", "19771201", "江苏灌南", "大学", "2000.08", "2002.07.01", "2003.07.01", "一组", "", "综合科"),
    ("何静", 2, "汉", "19930726", "江苏东海", "大学", "2016.07", "2015.11.20", "2016.11.20", "二组", "党小组长", "信息科"),
    ("马俊杰", 1, "回", "19950211", "河南开封", "研究生", "2020.07", "2018.12.05", "2019.12.05", "三组", "", "信息科"),
    ("朱玉梅", 2, "汉", "19661027", "江苏赣榆", "大专", "1986.12", "1994.07.01", "1995.07.01", "一组", "", "办公室"),
    ("胡强", 1, "汉", "19810305", "江苏新浦", "大学", "2003.08", "2006.06.30", "2007.06.30", "二组", "", "监察室"),
    ("林雪", 2, "汉", "19961219", "福建福清", "大学", "2019.07", "2026.03.18", "", "一组", "", "统计科"),
    ("高峰", 1, "满", "19700915", "辽宁兴城", "大学", "1992.07", "1996.12", "1997.12", "三组", "", "综合科"),
    ("罗敏", 2, "汉", "19840630", "湖南邵阳", "大学", "2007.08", "2009.05.04", "2010.05.04", "二组", "", "宣教科"),
    ("梁建华", 1, "汉", "19590108", "江苏赣榆", "高中", "1978.03", "1985.07.01", "1986.07.01", "三组", "", "退休"),
    ("曾国强", 1, "汉", "19760217", "广东梅县", "大学", "1999.08", "2001.06.30", "2002.06.30", "一组", "党小组长", "人事科"),
    ("单雄伟", 1, "汉", "19891030", "江苏东海", "大学", "2012.09", "2014.07.01", "2015.07.01", "二组", "", "信息科"),
    ("尉迟婷", 2, "汉", "19920811", "山西朔州", "研究生", "2017.07", "2016.06.24", "2017.06.24", "三组", "", "统计科"),
    ("阿依古丽·买买提", 2, "维吾尔族", "19941002", "新疆喀什", "大学", "2018.08", "2017.12.15", "2018.12.15", "二组", "", "宣教科"),
    ("王堃", 1, "汉", "19870422", "江苏赣榆", "大学", "2010.08", "2012.07.01", "2013.07.01", "三组", "", "综合科"),
    ("曹雨桐", 2, "汉", "19980316", "江苏连云", "大学", "2021.07", "2025.12.10", "", "二组", "", "办公室"),
)  # fmt: skip


def identity_number(born: str, sex: int, place: int) -> str:
    """A number in the unassigned region 999999 with the right last sign."""
    first = f"999999{born}{place:02}{1 if sex == 1 else 2}"
    total = sum(int(digit) * weight for digit, weight in zip(first, WEIGHTS, strict=True))
    return first + "10X98765432"[total % 11]


def rows() -> list[tuple[str, ...]]:
    """The people as rows of the sheet; a few want mending, as in every real file."""
    made: list[tuple[str, ...]] = []
    for number, person in enumerate(PEOPLE, start=1):
        name, sex, ethnic, born, native, education, work, admitted, confirmed, group, post, department = (
            person
        )
        identity = identity_number(born, sex, number)
        if name == "黄文博":
            identity = identity[:-1] + ("0" if identity[-1] != "0" else "1")
        phone = f"139{(number * 7919) % 100_000_000:08}"[: 10 if name == "赵立新" else 11]
        category = "预备党员" if not confirmed else "正式党员"
        made.append(
            (
                str(number),
                name,
                "男" if sex == 1 else "女",
                ethnic,
                identity,
                native,
                education,
                work,
                admitted,
                confirmed,
                category,
                group,
                post,
                department,
                phone,
                f"滨江市人民路{number * 3}号",
                "退休" if department == "退休" else "",
            )
        )
    return made


def main() -> None:
    """Write the workbook."""
    book = Workbook()
    sheet = book.active
    if sheet is None:
        raise SystemExit("no sheet")
    sheet.title = "在册"
    width = len(HEADINGS)
    sheet.append(["中共滨江市经济信息中心支部委员会党员花名册"])
    sheet.merge_cells(start_row=1, start_column=1, end_row=1, end_column=width)
    sheet.append(["填报单位：滨江市经济信息中心", *[""] * (width - 3), "2026年11月"])
    sheet.append(list(HEADINGS))
    for row in rows():
        sheet.append(list(row))
    sheet.append(["合计", f"{len(PEOPLE)}人"])
    sheet.append(["注：本表人员均为虚构，仅供练习。"])
    side = Side(style="thin")
    for line in sheet.iter_rows(min_row=3, max_row=3 + len(PEOPLE)):
        for cell in line:
            cell.border = Border(left=side, right=side, top=side, bottom=side)
            cell.alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)
            cell.number_format = "@"
    sheet["A1"].font = Font(name="黑体", size=16, bold=True)
    sheet["A1"].alignment = Alignment(horizontal="center")
    for place, column in enumerate(sheet.columns, start=1):
        widest = max(len(str(cell.value or "")) for cell in column[2:])
        sheet.column_dimensions[get_column_letter(place)].width = min(28, widest * 1.6 + 3)
    TARGET.parent.mkdir(parents=True, exist_ok=True)
    book.save(TARGET)


if __name__ == "__main__":
    main()
