"""What a state (版本) is called in lists: when it was kept, and its name or why."""

from datetime import date, datetime

from desktop import terms
from desktop.services.rows import RevisionListed


def state_words(row: RevisionListed) -> str:
    """今天 14:03  送科长审（手动保存）."""
    reason = terms.REVISION_REASONS[row.reason]
    name = f"{row.name}（{reason}）" if row.name else reason
    return f"{_time(row.made_at)}  {name}"


def _time(at: datetime) -> str:
    day = "今天" if at.date() == date.today() else f"{at.year}年{at.month}月{at.day}日"
    return f"{day} {at:%H:%M}"
