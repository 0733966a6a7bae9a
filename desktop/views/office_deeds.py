"""What menus do with 本单位信息: who we are, at the first run and later."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from desktop.errors import FuhanError
from desktop.letter.model import Office
from desktop.services import offices
from desktop.views.dialogs.office import ask_office

if TYPE_CHECKING:
    from desktop.views.main_window import MainWindow


class OfficeDeeds(QObject):
    """The slots of `actions.MENUS` that ask who we are."""

    def __init__(self, window: "MainWindow") -> None:
        """Deeds of `window`, whose parts may be made later."""
        super().__init__(window)
        self._window = window

    def edit_office(self) -> None:
        """本单位信息…"""
        if answer := ask_office(self._window, offices.our_office() or Office()):
            self._set(answer.office)

    def welcome_office(self) -> None:
        """The first run: who are we."""
        if answer := ask_office(self._window, Office(), first_run=True):
            self._set(answer.office)
            if answer.samples:
                self._window.bringing.add_samples()
        self._window.welcome.new.setFocus()

    def _set(self, office: Office) -> None:
        try:
            offices.set_our_office(office)
        except FuhanError as error:
            self._window.refuse(str(error))
        else:
            self._window.page.set_ours(office)
