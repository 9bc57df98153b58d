"""Moving ``duban.toml`` on to the next year: the year and the three dates, every other sign as it stands."""

from datetime import date, timedelta

import tomlkit

from reporting.office.workspace import SETTINGS_FILE, Workspace


def settings_of_next_year(workspace: Workspace) -> bytes:
    """What ``duban.toml`` says when ``year`` and the ``[dates]`` are one year later."""
    file = tomlkit.parse((workspace.root / SETTINGS_FILE).read_bytes().decode("utf-8-sig"))
    file["year"] = workspace.settings.year + 1
    dates: dict[str, object] = file["dates"].unwrap()
    for key, written in dates.items():
        later = year_later(getattr(workspace.settings.dates, key))
        file["dates"][key] = later if isinstance(written, date) else later.isoformat()
    return tomlkit.dumps(file).encode()


def year_later(day: date) -> date:
    """The same day a year later; the 29th of February becomes the 28th."""
    try:
        return day.replace(year=day.year + 1)
    except ValueError:
        return (day + timedelta(days=1)).replace(year=day.year + 1) - timedelta(days=1)
