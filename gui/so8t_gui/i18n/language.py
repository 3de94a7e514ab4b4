"""The window's language: Japanese by so8t_ja.qm (and Qt's own texts), English, or as the system has it."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QTranslator

import so8t_resources
from so8t_engine.sentences import ENGLISH, JAPANESE


def chosen(choice: str) -> str:
    """`ja` or `en`, for `system` by the first of the system's languages that is one of them."""
    if choice in (JAPANESE, ENGLISH):
        return choice
    for name in QLocale.system().uiLanguages():
        language = name.replace("_", "-").partition("-")[0].casefold()
        if language in (JAPANESE, ENGLISH):
            return language
    return ENGLISH


class Language:
    """The language in use. Qt keeps translators by reference only, so this object must live as long as they are used.

    Widgets made after `use` speak the new language; older ones must be made again.
    """

    def __init__(self) -> None:
        self._translators: list[QTranslator] = []
        self.current = ENGLISH

    def is_another(self, choice: str) -> bool:
        """Whether any word would change: `system` may be the language that is in use."""
        return chosen(choice) != self.current

    def use(self, choice: str) -> str:
        """Sets the language of `system`, `en` or `ja`; returns which one it became. A missing file means English."""
        for translator in self._translators:
            QCoreApplication.removeTranslator(translator)
        self._translators.clear()
        self.current = chosen(choice)
        QLocale.setDefault(_locale(self.current))
        if self.current == JAPANESE:
            ours = str(so8t_resources.path("i18n"))
            qt = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
            for name, folder in (("qtbase_ja", qt), ("so8t_ja", ours)):
                translator = QTranslator()
                if translator.load(name, folder):
                    QCoreApplication.installTranslator(translator)
                    self._translators.append(translator)
        return self.current


def _locale(language: str) -> QLocale:
    """Dates and numbers as the system writes them where its language is this one, else as the language's country."""
    system = QLocale.system()
    wanted = QLocale.Language.Japanese if language == JAPANESE else QLocale.Language.English
    if system.language() == wanted:
        return system
    return QLocale(wanted) if language == JAPANESE else QLocale(wanted, system.territory())
