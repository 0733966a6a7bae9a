"""Where things lie: the per-user library folder, and what is shipped with the program."""

from pathlib import Path

RESOURCES = Path(__file__).parents[1] / "resources"
SAMPLES = RESOURCES / "samples"


def data_folder() -> Path:
    """The folder of the user's own library."""
    import platformdirs

    return platformdirs.user_data_path("fuhan", appauthor=False)
