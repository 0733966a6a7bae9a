"""The suggestions a proposal is being cut into, as their cards will have them."""

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from desktop.letter.model import Suggestion
from desktop.services.paragraphs import count_characters
from desktop.widgets import theme
from desktop.widgets.form import words

MOST = 100  # cards that are shown; a proposal has a dozen


class CutCard(QFrame):
    """One suggestion: its label, its text, its elaboration, how long they are."""

    def __init__(self) -> None:
        """A card that shows nothing yet."""
        super().__init__()
        self.setProperty("card", True)
        self.label = words("", "heading", wrap=False)
        self.count = words("", "third", wrap=False)
        self.text = words("")
        self.elaboration = words("", "second")
        head = QHBoxLayout()
        head.addWidget(self.label)
        head.addStretch()
        head.addWidget(self.count)
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 8, 14, 10)
        column.setSpacing(4)
        column.addLayout(head)
        column.addWidget(self.text)
        column.addWidget(self.elaboration)

    def show_suggestion(self, suggestion: Suggestion) -> None:
        """What it will say."""
        self.label.setText(f"建议{suggestion.label}")
        self.text.setText(suggestion.text)
        self.elaboration.setText(suggestion.elaboration)
        self.elaboration.setVisible(bool(suggestion.elaboration))
        counts = f"{count_characters(suggestion.text)} 字"
        if suggestion.elaboration:
            counts += f"，补充说明 {count_characters(suggestion.elaboration)} 字"
        self.count.setText(counts)


class CutCards(QScrollArea):
    """All of them, one under the other."""

    def __init__(self) -> None:
        """None yet."""
        super().__init__()
        self.cards: list[CutCard] = []
        self._more = words("", "second")
        self._ground = QWidget()
        self._ground.setProperty("ground", True)
        self._column = QVBoxLayout(self._ground)
        self._column.setContentsMargins(0, 0, 10, 0)
        self._column.setSpacing(8)
        self._column.addWidget(self._more)
        self._column.addStretch()
        self.setWidget(self._ground)
        self.setWidgetResizable(True)
        self.setAccessibleName("拆成的建议")
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMinimumWidth(theme.scaled(240))

    def show_suggestions(self, suggestions: Sequence[Suggestion], nothing: str) -> None:
        """Show these; `nothing` is said where there are none."""
        shown = suggestions[:MOST]
        while len(self.cards) < len(shown):
            self.cards.append(CutCard())
            self._column.insertWidget(len(self.cards) - 1, self.cards[-1])
        for number, card in enumerate(self.cards):
            card.setVisible(number < len(shown))
            if number < len(shown):
                card.show_suggestion(shown[number])
        more = len(suggestions) - len(shown)
        self._more.setText(f"还有 {more} 条，没有在这里列出" if more else nothing)
        self._more.setVisible(bool(more or not shown))

    def sizeHint(self) -> QSize:  # noqa: N802
        """However many there are, they ask for little and scroll in what they get."""
        return QSize(theme.scaled(320), theme.scaled(160))

    def bring(self, number: int) -> None:
        """Scroll a card into view."""
        if number < len(self.cards):
            self.ensureWidgetVisible(self.cards[number], 0, 0)
