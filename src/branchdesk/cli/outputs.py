"""Files that a command writes: never over another one unless that was asked for, and whole or not at all."""

from __future__ import annotations

from pathlib import Path

from branchdesk.cli.console import say, warn
from branchdesk.cli.endings import Ending
from branchdesk.documents.model import Document
from branchdesk.documents.pdf import write_pdf
from branchdesk.documents.texts import missing_in
from branchdesk.errors import Problem
from branchdesk.i18n import _, _n, listed
from branchdesk.jobs.progress import SILENT, Progress
from branchdesk.whole_files import write_whole

_WORD = ".docx"


def check_target(path: Path, branch_folder: Path, *, force: bool) -> None:
    """Raise Problem where a file may not be written: over another one, or among those of the branch."""
    if path.absolute().resolve().is_relative_to(branch_folder.resolve()):
        raise Problem(_("“{path}”在支部文件自己的文件夹里。", path=str(path)), _("请把它写到另一个文件夹。"))
    check_free(path, force=force)


def check_free(path: Path, *, force: bool) -> None:
    """Raise Problem where a file may not be written because a folder or another file lies there."""
    if path.is_dir():
        raise Problem(_("“{path}”是文件夹，不是文件。", path=str(path)), _("请写明文件名。"))
    if path.exists() and not force:
        raise Problem(
            _("“{path}”已经存在，没有覆盖。", path=str(path)),
            _("请换一个文件名；要替换它，请加上 {option}。", option="--force"),
        )


def write_paper(document: Document, path: Path, progress: Progress = SILENT) -> Ending:
    """Write a document as PDF and say so; characters that cannot be printed are named.

    Raises Problem where the disk refuses.
    """
    missing = missing_in(document)
    content = write_pdf(document, progress)
    write_whole(path, content)
    say(
        _n("已写成 {path}，共 {n} 页，{size}。", page_count(content), path=str(path), size=size(len(content)))
    )
    if not missing:
        return Ending.FINE
    signs = listed(_("{sign}（{code}）", sign=sign, code=f"U+{ord(sign):04X}") for sign in missing)
    warn(_("这些字没有字形，印成〓，请手工填写：{signs}。", signs=signs))
    return Ending.LOOK


def write_document(document: Document, path: Path, progress: Progress = SILENT) -> Ending:
    """Write a document for Word and WPS where the name of the file asks for one, else as PDF."""
    if path.suffix.lower() != _WORD:
        return write_paper(document, path, progress)
    from branchdesk.documents.docx import write_docx  # noqa: PLC0415 - wanted only here

    content = write_docx(document, progress)
    write_whole(path, content)
    say(_("已写成 {path}，{size}。", path=str(path), size=size(len(content))))
    return Ending.FINE


def page_count(pdf: bytes) -> int:
    """The number of pages of a PDF file."""
    import pypdfium2  # noqa: PLC0415 - wanted only when paper was written

    with pypdfium2.PdfDocument(pdf) as document:
        return len(document)


def size(count: int) -> str:
    """A number of bytes as people say it."""
    return f"{max(1, round(count / 1024))} KB" if count < 1 << 20 else f"{count / (1 << 20):.1f} MB"
