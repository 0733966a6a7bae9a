"""What is said of returned files (来稿): their lines in the list, how many, what 收回 does."""

from collections.abc import Iterator, Sequence

from desktop.services.assignments import month_day
from desktop.services.merging.merge_change import MergeChange
from desktop.services.picking import Picking, groups
from desktop.services.place_names import place_name
from desktop.services.receiving import File, Merge
from desktop.services.returns import Return
from desktop.views.return_list import Row

APART, UNPLACED, REMARKS = "apart", "unplaced", "remarks"  # parts of a file besides the replies
PARTS = {APART: "编号、名称、标题", UNPLACED: "未归位", REMARKS: "批注"}
REFUSED = "没有收回的"
NOTHING = "没有可以收回的来稿，文库没有改动。"


def facts(returned: Return) -> str:
    """Who sent it back, and when it had left."""
    left = returned.left_at
    told = [returned.author or "不知是谁改的"]
    told += [f"{month_day(left.date())} {left:%H:%M} 导出"] if left else []
    return "　".join(told)


def counted(picking: Picking) -> str:
    """5 份来稿，23 处改动，1 处冲突，1 份不能收回."""
    files = [file for merge in picking.merges for file in merge.files]
    conflicts = sum(file.conflicts for file in files)
    said = [f"{len(files) + len(picking.refused)} 份来稿"]
    said += [f"{sum(len(file.changes) for file in files)} 处改动"]
    said += [f"{conflicts} 处冲突"] if conflicts else []
    refused = len(picking.refused)  # they may stand below the end of the list
    said += [f"{refused} 份不能收回"] if refused else []
    return "，".join(said)


def rows(picking: Picking) -> list[Row]:
    """The lines of the list."""
    found = []
    for merge in picking.merges:
        if len(picking.merges) > 1:
            found.append(Row(merge.files[0].returned.named))
        for file in merge.files:
            found += _file_rows(merge, file, picking)
    if picking.refused:
        found.append(Row(REFUSED))
    for returned in picking.refused:
        found.append(Row(returned.path.name, str(returned.path), facts=("没有收回",), token="bad"))
    return found


def _file_rows(merge: Merge, file: File, picking: Picking) -> Iterator[Row]:
    """The file, then what it touches; every reply where a text can be put into one."""
    path, left = str(file.returned.path), picking.undecided(file)
    said = facts(file.returned), _state(file, len(left))
    yield Row(file.returned.path.name, path, "", said, _token(file, left))
    changed = {group.reply: group for group in groups(merge, file)}
    replies = [r.key for r in merge.after.replies if file.unplaced or r.key in changed]
    for key in replies:
        told = _left(changed[key].changes, left) if key in changed else ()
        yield Row(place_name(merge.after, key), path, key, told, takes=True)
    if "" in changed:
        yield Row(PARTS[APART], path, APART, _left(changed[""].changes, left))
    if file.unplaced:
        still = sum(not picking.place_of(file, text) for text in file.unplaced)
        yield Row(PARTS[UNPLACED], path, UNPLACED, (f"{still} 段" if still else "已归位",))
    remarks = file.returned.home.remarks if file.returned.home and not file.known else ()
    if remarks:
        yield Row(PARTS[REMARKS], path, REMARKS, (f"{len(remarks)} 条",))


def _state(file: File, left: int) -> str:
    if file.known:
        return "已收回过" if file.returned.taken_at else "与另一份相同"
    if not file.changes:
        return "没有改动"
    said = [f"{len(file.changes)} 处改动"]
    said += [f"{file.conflicts} 处冲突"] if file.conflicts else []
    said += [f"{left} 处未定"] if left else []
    return "，".join(said)


def _token(file: File, left: Sequence[MergeChange]) -> str:
    if any(change.conflict for change in left):
        return "bad"
    return "done" if file.changes and not left else "second"


def _left(changes: Sequence[MergeChange], left: Sequence[MergeChange]) -> tuple[str, ...]:
    """How many of these nothing was said of."""
    many = sum(change in left for change in changes)
    return (f"{many} 处未定" if many else "已定",)


def will(picking: Picking) -> str:
    """What 收回 will do, in one line."""
    files = [file for merge in picking.merges for file in merge.files if not file.known]
    if not files:
        return NOTHING
    left = sum(len(picking.undecided(file)) for file in files)
    taken = [change for file in files for change in file.taken]
    replies = len({change.reply for change in taken if change.reply})
    said = []
    if taken:
        where = [f"{replies} 条答复"] if replies else []
        where += ["编号、名称、标题"] if any(change.apart for change in taken) else []
        said.append(f"将改动 {'和'.join(where)}的 {len(taken)} 处")
    notes = sum(len(m.after.notes) - len(m.ours.notes) for m in picking.merges)
    said += [f"记下 {notes} 条批注"] if notes else []
    units = sum(
        now.returned_on != was.returned_on
        for merge in picking.merges
        for was, now in zip(merge.ours.assignments, merge.after.assignments, strict=True)
    )
    said += [f"{units} 个单位记为已返回"] if units else []
    changed = sum(merge.after != merge.ours for merge in picking.merges)
    said += [f"留下 {changed} 个改动前的版本"] if changed else ["不改动任何内容"]
    said += [f"还有 {left} 处没有决定"] if left else []
    return "，".join(said) + "。"
