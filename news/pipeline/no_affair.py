"""Whether Japanese words for talks tell of players, people of business, or pictures of leaders."""

from __future__ import annotations

import re

from news.pipeline.actors import PAIR
from news.pipeline.mentions import Mention
from news.pipeline.telling import Telling


def is_no_affair(mention: Mention, telling: Telling) -> bool:
    """Whether those who are told to have met are no governments, or nobody met but in a picture."""
    return (
        _is_of_players(mention, telling)
        or _is_of_business(mention)
        or _is_made_up(mention, telling)
    )


# Who meets across the sea for the love of the game, the stage or the table.
_PLAYERS = re.compile(
    r"監督|選手|棋士|力士|横綱|主将|代表チーム|対抗戦|親善試合|リーグ|球団|優勝|歌手|俳優|アイドル|K-?POP"
    r"|漫画家|作家|シェフ|料理人|店主|園児|児童|生徒|夫婦|ファン|犬|猫|パンダ|ゆるキャラ|マスコット"
)
_OFFICES = re.compile(
    r"(?:首相|大統領|総理|外相|防衛相|国防相|長官|大臣|次官|局長|大使|公使|議長|特使|閣僚|高官|政府|当局"
    r"|外務省|外交部)(?!杯|賞|夫人役)"
)
_SO_CALLED = re.compile(r"[「“\"](?:日韓)?(?:首脳|トップ|外相)?(?:会談|サミット|会合)[」”\"]")


def _is_of_players(mention: Mention, telling: Telling) -> bool:
    """Whether athletes, artists or neighbours meet: no office is named near, or the talks are
    only called so."""
    spoken = mention.spoken
    if spoken.scene.people:
        return False
    at = spoken.sentence.index
    near = [
        s.sentence.text
        for s in telling.spoken
        if at - 1 <= s.sentence.index <= at and s.sentence.role == "body"
    ]
    title = telling.title.sentence.text if telling.title else ""
    if any(_OFFICES.search(text) for text in near):
        return False
    if any(_PLAYERS.search(text) for text in (*near, title)):
        return True
    return bool(_SO_CALLED.search(f"{title}\n{spoken.sentence.text}"))


# "韓国経済人協会の会長らの表敬を受けた": a leader sees people of business.
_BUSINESS = re.compile(
    r"(?:経済人|財界|経済団体|協会|連合会|会議所|グループ|財閥|企業)[^、。]{0,12}(?:会長|会頭|社長|代表|幹部|一行)"
)


def _is_of_business(mention: Mention) -> bool:
    """Whether those whom one of the two sees lead companies, and nobody else is named."""
    named = mention.spoken.scene.people_countries()
    return not named >= PAIR and bool(_BUSINESS.search(mention.spoken.sentence.text))


# "…並んで座り、弁当をつつく。そんな風刺画が": what somebody drew, wrote or played.
_MADE_UP = re.compile(
    r"(?:そんな|こんな|という)[^。、]{0,10}(?:風刺画|漫画|絵|動画|画像|小説|物語|夢|一こま)|架空|フィクション"
    r"|(?:を|が)描(?:く|いた|かれた)[^。、]{0,12}(?:漫画|風刺画|映画|小説|絵|ドラマ|劇)"
    r"|(?:偽|フェイク|生成AIの|合成)(?:の)?(?:動画|画像|写真)"
)


def _is_made_up(mention: Mention, telling: Telling) -> bool:
    """Whether the sentence, or the one behind it, tells of a picture, a film or a dream."""
    at = mention.spoken.sentence.index
    return any(
        _MADE_UP.search(s.sentence.text)
        for s in telling.spoken
        if at <= s.sentence.index <= at + 1 and s.sentence.role == "body"
    )
