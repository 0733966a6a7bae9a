"""办理结果类别: the schemes offices use, read from resources/categories.toml."""

from functools import cache
from pathlib import Path

FILE = Path(__file__).parents[2] / "resources" / "categories.toml"


@cache
def grades(scheme: str) -> dict[str, str]:
    """The grades of a scheme with what each means; empty for a scheme there is not."""
    import tomllib  # at first use: the window starts without it

    with FILE.open("rb") as file:
        return dict(tomllib.load(file).get(scheme, {}).get("grades", {}))
