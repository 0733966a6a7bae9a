"""Files that came back for the narrative sample: four 会办包 filled in, the letter with the chief's
tracked changes, and what does not belong to it."""

import copy
import io
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import docx

from desktop.letter.keys import derived_key
from desktop.letter.model import Assignment, Case
from desktop.letter.ooxml import el
from desktop.letter.pack import pack_case, pack_sheet
from desktop.letter.writer import sheet_docx
from desktop.services import exports
from desktop.services.cases import find_case, save_case
from tests.docx_edits import edited, new_paragraph, paragraph, paragraphs, set_text
from tests.packs import filled

ANSWERS: dict[str, dict[str, tuple[str, ...]]] = {
    "区财政局": {
        "2": (
            "管护经费拟按绿地面积、日均游人数量分三档核定，已列入明年部门预算建议方案。",
            "建议每两年复核一次标准。",
        )
    },
    "区城市管理局": {"1": ("41处口袋公园的保洁已纳入网格巡查，每日两次，问题当日转办。",)},
    "梧桐街道办事处": {
        "3": ("街道已招募认养志愿者126人，建立了认养台账和每季度讲评办法。",),
        "4": ("辖区内6处公园的坡道改造，居民意见已征求完毕，本月内函告贵局。",),
    },
    "区残疾人联合会": {"4": ("我会愿派无障碍督导员参与改造方案的现场验收。",)},
}
TYPED = ("并于今年6月底前全部签订", "并于今年6月底前逐一签订")
OURS = "并于今年6月底前基本签订"
CHIEF = {"author": "王科长", "date": "2025-11-03T09:15:00Z"}
STRAY = "另：此件请办公室一并抄送区政协提案委。"
REMARK = "这一句的数字请再与区财政局核对。"


def asked(case: Case) -> Case:
    """The case with a unit asked about each of its suggestions."""
    keys = {s.label: s.key for s in case.suggestions()}
    units = tuple(
        Assignment(
            derived_key("unit", name), name, suggestions=tuple(keys[label] for label in said)
        )
        for name, said in ANSWERS.items()
    )
    return replace(case, assignments=units)


def packs(case: Case, folder: Path, today: date) -> Iterator[Path]:
    """The package of each unit, filled in."""
    for unit in case.assignments:
        words = {(label, None): texts for label, texts in ANSWERS[unit.unit].items()}
        path = folder / f"{unit.unit}会办意见.docx"
        packed = pack_case(case, unit, today)
        sheet = pack_sheet(packed)
        data = sheet_docx(sheet, packed, settings=case, assignment=unit.key)
        path.write_bytes(filled(data, words))
        yield path


def letter_back(case: Case, folder: Path, today: date) -> Path:
    """The letter that the chief has changed, with a remark, a new title and a stray paragraph."""
    sent = exports.export_case(case.key, folder, today, settings=exports.Settings(), overwrite=True)
    data = edited(sent.path.read_bytes(), _chief)
    document = docx.Document(io.BytesIO(data))
    p = next(p for p in document.paragraphs if "分三档测算" in p.text)
    document.add_comment(p.runs, REMARK, author=CHIEF["author"])
    path = folder / "审核稿（王科长改）.docx"
    document.core_properties.last_modified_by = CHIEF["author"]
    document.save(str(path))
    return path


def _chief(root: Any) -> None:
    p = paragraph(root, "我局会同")
    text = next(text for text, found in paragraphs(root) if found is p)
    before, _, after = text.partition(TYPED[0])
    set_text(p, before)
    runs = [copy.deepcopy(next(p.iter(el("r").tag))) for _ in range(3)]
    for run, words in zip(runs, (*TYPED, after), strict=True):
        for t in run.iter(el("t").tag):
            t.text = words
    for t in runs[0].iter(el("t").tag):
        t.tag = el("delText").tag
    p.append(el("del", runs[0], id=901, **CHIEF))
    p.append(el("ins", runs[1], id=902, **CHIEF))
    p.append(runs[2])
    p = paragraph(root, "认养工作已在")
    set_text(p, next(t for t, found in paragraphs(root) if found is p).replace("先行试点", "试点"))
    gone = paragraph(root, "测算结果将于")
    gone.getparent().remove(gone)
    title = next(p for text, p in paragraphs(root) if text.endswith("提案答复的函"))
    was = next(text for text, p in paragraphs(root) if p is title)
    set_text(title, was.replace("提案答复的函", "提案的答复"))
    paragraph(root, "抄送").addnext(new_paragraph(STRAY))


def all_back(key: str, folder: Path, today: date) -> list[Path]:
    """The files, written for the sample with this key, which is changed since: one conflict."""
    case = find_case(key)
    sent = asked(case)
    save_case(case, sent)
    paths = [*packs(sent, folder, today), letter_back(sent, folder, today)]
    first, *others = sent.replies
    text = first.paragraphs[0].text.replace(TYPED[0], OURS)
    mine = replace(first.paragraphs[0], text=text)
    now = replace(sent, replies=(replace(first, paragraphs=(mine, *first.paragraphs[1:])), *others))
    save_case(sent, now)
    return paths
