"""The letters beyond ASCII of the languages whose files lie about in encodings of their own, to tell these by.

`COMMON` letters make up most of those of a text: a text in a wrong encoding has others. Of Chinese and Korean only the
commonest characters stand here; which others are in use the encodings themselves say, by their first planes.
"""

from __future__ import annotations

import functools
from collections.abc import Mapping

LATIN = {
    "de": "äöüß",
    "fr": "éèêëàâçîïôùûüœæÿ",
    "es": "áéíóúñü¿¡ºª",
    "pt": "ãõáéíóúâêôàçüºª",
    "it": "àèéìòùº",
    "nl": "ëïéèöüáóç",
    "sv": "åäöé",
    "da": "æøåé",
    "is": "áðéíóúýþæö",
    "fi": "åäöšž",
    "ca": "àèéíòóúüïç·",
    "et": "äõöüšž",
    "pl": "ąćęłńóśźż",
    "cs": "áčďéěíňóřšťúůýž",
    "sk": "áäčďéíľĺňóôŕšťúýž",
    "hu": "áéíóöőúüű",
    "ro": "ăâîşţșț",
    "sl": "čšžćđ",
    "sq": "ëç",
    "tr": "çğıİöşüâîû",
    "lt": "ąčęėįšųūž",
    "lv": "āčēģīķļņšūž",
}
COMMON = {
    "ru": "оеаинтсрвлкмдпу",
    "uk": "оаинвірестклум",
    "bg": "аоиентрсвлкдпмъ",
    "sr": "аиоенрстујвкдпл",
    "be": "аінеояыркслту",
    "el": "αοιετσνηυρπκμλάίόέύή",
    "he": "יהולאתרמשבנד",
    "ar": "اليمونتربدعةهسفك",
    "fa": "ایرندهومتبشسکیگ",
    "th": "านรอกเงมยลวดทสะ่้ัี",
}
RARE = {
    "ru": "яыьгзбчйхжшюцщэфёъ",
    "uk": "дпяьзгбйхцжєчїшюфщґ’",
    "bg": "згцябйчжхфщушюь",
    "sr": "змбгчћшјхцжљњђфџ",
    "be": "ўёгвзйьбжцшдэючхмпф’",
    "el": "γδθζξβφχψςώϊϋΐΰ",
    "he": "קפעגזחטכסצםןץףך",
    "ar": "حجقشصخضطغذثزظىئءأإآؤًٌٍَُِّْ،؟؛",
    "fa": "زسعفقجخحصضطظغذثچپژلكآئء\u200c،؟؛",
    "th": "คตปบพหขชจซฉญณถธผฝฟภศษอฮๆฯโไใแะาำิืึุู็๊๋์ฎฏฐฑฒฌฆฬฺํๅ๐๑๒๓๔๕๖๗๘๙",
}
HANZI = (
    "的一是不了在人有我他这个们中来上大为和国地到以说时要就出会可也你对生能而子那得于着下自之年过发后作里用道行所然家种事成方多经么去法"
    "学如都同现当没动面起看定天分还进好小部其些主样理心她本前开但因只从想实日军者意无力它与长把机十民第公此已工使情明性知全三又关点正业"
    "外将两高间由问很最重并物手应战向头文体政美相见被利什二等产或新己制身果加西斯月话合回特代内信表化老给世位次度门任常先海通教儿原东声"
    "提立及比员解水名真论处走义各入几口认条平系气题活尔更别打女变四神总何电数安少报才结反受目太量再感建务做接必场件计管期市直德资命山金"
    "这個們來為國說時會對於後裡種經麼學現當沒動還進樣開從實無長機使間問應戰頭體見產與話門東聲員論處義幾條氣題爾別變總電報結務場計請讓"
)
HANGUL = (
    "이다는의에을가고지를한하은도로서사기자인대리해아시어수그나정있것일전으부들보라여세구제장주과만니조상되우원미동유안성거면위소신국고했"
    "생관습방연적으간실문모경오무제였비바학공물적마선발데할당통러명진계력요내중용까않개말본화없입드행양회음산치같차단트금분천감설히년레저날느"
)


@functools.cache
def weights() -> Mapping[str, Mapping[str, float]]:
    """By language how much a letter speaks for it, 0 to 1."""
    latin = {language: dict.fromkeys(letters + letters.upper(), 1.0) for language, letters in LATIN.items()}
    others = {
        language: dict.fromkeys(RARE[language] + RARE[language].upper(), 0.5)
        | dict.fromkeys(letters + letters.upper(), 1.0)
        for language, letters in COMMON.items()
    }
    return latin | others
