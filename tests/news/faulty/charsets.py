"""Feeds in charsets old and wrong, and declarations that lie."""

from __future__ import annotations

import codecs

from tests.news.faulty.offers import Bytes, declared, titled

KOREAN = "한일 정상 통화, 관계 발전에 뜻을 모아"
JAPANESE = "日韓首脳が電話会談、関係の発展で一致した"

CHARSETS = [
    Bytes("utf-8 with mark", codecs.BOM_UTF8 + titled(KOREAN).encode(), [KOREAN]),
    Bytes("utf-8 with two marks", codecs.BOM_UTF8 * 2 + titled(KOREAN).encode(), [KOREAN]),
    Bytes(
        "utf-8 behind blanks and a mark",
        b"\n " + codecs.BOM_UTF8 + titled(KOREAN).encode(),
        [KOREAN],
    ),
    Bytes("utf-16 with mark", titled(KOREAN, head=declared("UTF-16")).encode("utf-16"), [KOREAN]),
    Bytes(
        "utf-16-be with mark", codecs.BOM_UTF16_BE + titled(KOREAN).encode("utf-16-be"), [KOREAN]
    ),
    Bytes("utf-16-be without mark", titled(JAPANESE).encode("utf-16-be"), [JAPANESE]),
    Bytes("utf-16-le without mark", titled(JAPANESE).encode("utf-16-le"), [JAPANESE]),
    Bytes("utf-16 that lacks half a letter", titled(KOREAN).encode("utf-16")[:-1], [KOREAN]),
    Bytes(
        "utf-16 that says utf-8", titled(KOREAN, head=declared("UTF-8")).encode("utf-16"), [KOREAN]
    ),
    Bytes("utf-32 with mark", titled(KOREAN).encode("utf-32"), [KOREAN]),
    Bytes("utf-32 without mark", titled(KOREAN).encode("utf-32-le"), [KOREAN]),
    Bytes("utf-7", titled(KOREAN, head=declared("UTF-7")).encode("utf-7"), [KOREAN]),
    Bytes(
        "utf-7 by its header",
        titled(KOREAN).encode("utf-7"),
        [KOREAN],
        kind="text/xml; charset=utf-7",
    ),
    Bytes("a plus that is not utf-7", titled("1+1-2 &amp; C+-"), ["1+1-2 & C+-"]),
    Bytes("an escape that is not iso-2022", titled(f"{KOREAN} \x1b$B"), [f"{KOREAN} $B"]),
    Bytes("iso-2022-kr", titled(KOREAN).encode("iso-2022-kr"), [KOREAN]),
    *(
        Bytes(
            f"{codec} that says {told}, {title[:2]}",
            titled(title, head=declared(told)).encode(codec),
            [title],
        )
        for title, told, codec in [
            (KOREAN, "EUC-KR", "euc-kr"),
            (KOREAN + " 똠방", "euc-kr", "cp949"),
            (KOREAN + " 똠방", "CP949", "cp949"),
            (KOREAN, "ks_c_5601-1987", "euc-kr"),
            (JAPANESE, "Shift_JIS", "cp932"),
            (JAPANESE + "①㈱髙﨑", "shift_jis", "cp932"),
            (JAPANESE, "Windows-31J", "cp932"),
            (JAPANESE, "EUC-JP", "euc-jp"),
            (JAPANESE, "ISO-2022-JP", "iso-2022-jp"),
            # Declarations that lie.
            (KOREAN, "UTF-8", "euc-kr"),
            (KOREAN, "ISO-8859-1", "utf-8"),
            (KOREAN, "Shift_JIS", "cp949"),
            (KOREAN, "EUC-JP", "cp949"),
            (KOREAN, "EUC-KR", "utf-8"),
            (KOREAN, "UTF-16", "utf-8"),
            (KOREAN, "x-nonsense", "cp949"),
            (KOREAN, "", "cp949"),
            (KOREAN, "x" * 5000, "utf-8"),
            (JAPANESE, "UTF-8", "cp932"),
            (JAPANESE, "EUC-KR", "cp932"),
            (JAPANESE, "EUC-KR", "euc-jp"),
            (JAPANESE, "Shift_JIS", "euc-jp"),
            (JAPANESE, "EUC-JP", "cp932"),
            (JAPANESE, "UTF-8", "iso-2022-jp"),
            (JAPANESE, "base64", "euc-jp"),
            (JAPANESE, "Shift_JIS", "utf-8"),
            ("Café “quoted”", "ISO-8859-1", "cp1252"),
        ]
    ),
    Bytes(
        "header, declaration and bytes differ",
        titled(KOREAN, head=declared("Shift_JIS")).encode("cp949"),
        [KOREAN],
        kind="text/xml; charset=EUC-JP",
    ),
    Bytes(
        "a header that lies about utf-8",
        titled(KOREAN).encode(),
        [KOREAN],
        kind="text/xml; charset=EUC-KR",
    ),
    Bytes("text/xml without charset", titled(KOREAN).encode(), [KOREAN], kind="text/xml"),
    Bytes("a header that is no type", titled(KOREAN).encode(), [KOREAN], kind=';;charset="\xe9'),
    Bytes(
        "one broken letter in UTF-8",
        titled("한일 정상 @ 통화", head=declared("EUC-KR")).encode().replace(b"@", b"\xed\x95"),
        ["한일 정상 \ufffd 통화"],
    ),
    Bytes(
        "one broken letter",
        titled("한일 정상 @ 통화").encode("cp949").replace(b"@", b"\xff"),
        ["한일 정상 \ufffd 통화"],
    ),
    Bytes(
        "two charsets",
        titled(f"{KOREAN} @").encode().replace(b"@", "통화".encode("cp949")),
        count=1,
    ),
    Bytes("surrogates as UTF-8 has none", titled("A\ud83e\udd1dB"), ["A🤝B"]),
    Bytes("overlong UTF-8", titled("A@B").encode().replace(b"@", b"\xc0\xbc"), count=1),
]
