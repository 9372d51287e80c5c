"""One setting chosen on a screen, remembered in the settings file where there is a place for it."""

import os

from review_board.errors import ReviewBoardError
from review_board.settings.variables import variable_of
from review_board.tui.app_protocol import PipelineApp

UNTIL_YOU_LEAVE = ", until you leave"


def keep_setting(app: PipelineApp, key: str, value: str) -> str:
    """Write a setting, and say what becomes of it."""
    if app.setting_keeper is None:
        return f"{UNTIL_YOU_LEAVE}: here the settings file stays as it is"
    try:
        app.setting_keeper(key, value)
    except ReviewBoardError as error:
        return f"{UNTIL_YOU_LEAVE}. Not remembered: {error}"
    if os.environ.get(variable := variable_of(key)):
        return f"{UNTIL_YOU_LEAVE}: {variable} is set and wins over the settings file"
    return ", remembered in the settings"
