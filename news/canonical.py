"""One name for each address: what tells two spellings of one address apart is taken out. Pure.

The result is for comparing, not for opening: http and https count as one. Parameters keep their
order, and only those go that are known to name a way to the article, never the article.
"""

from __future__ import annotations

import re
from contextlib import suppress
from functools import lru_cache
from hashlib import sha256
from urllib.parse import SplitResult, quote, urlsplit

# Of campaigns, clicks and sessions; no site names its articles so.
_TRACKING = re.compile(
    r"(?:utm|ga|itm|mtm|pk|hsa|fb_action|kakaotalk|yj|smartnews|__hs)_\w+"
    r"|(?:fb|g|y|dc|tw|tt|ms|ys|wick|yad)clid|[gw]braid|igsh(?:id)?|mc_[ce]id"
    # Advertisements of Naver.
    r"|n_(?:media|query|rank|match|ad|ad_group|ad_group_type|keyword|keyword_id|campaign_type)"
)
_TRACKING_NAMES = frozenset(
    """
    gclsrc _ga _gl fb_ref fb_source _hsenc _hsmi li_fat_id ref_src ref_url s_kwcid mkt_tok vero_id
    oly_anon_id oly_enc_id _openstat cmpid xtor wt.mc_id sc_cid spref soc_src soc_trk guccounter
    guce_referrer guce_referrer_sig phpsessid jsessionid napm kakao_from kakao_agent daum_from
    openexternalbrowser line_uid at_medium at_campaign
    """.split()  # noqa: SIM905 - a list is longer and no clearer
)
# These may name an article elsewhere: they go only if they say no more than where a reader is from.
_FROM = frozenset(
    "ref from source src via site referrer referer rss input fr _fr".split()  # noqa: SIM905
)
_PLACES = frozenset(
    """
    rss feed atom top home main index sns share copy mail email newsletter app push web pc mobile
    twitter tw x facebook fb line kakao kakaotalk naver daum google yahoo smartnews instagram
    youtube telegram whatsapp linkedin
    """.split()  # noqa: SIM905
)
# Sites whose own markers are known, by the end of the host.
_OF_SITES: tuple[tuple[str, frozenset[str]], ...] = (
    ("yna.co.kr", frozenset({"section", "input", "site"})),
    ("n.news.naver.com", frozenset({"sid", "rc", "cds", "lfrom", "ntype"})),
    ("v.daum.net", frozenset({"f"})),
    ("asahi.com", frozenset({"iref"})),
    ("nikkei.com", frozenset({"n_cid"})),
    ("news.yahoo.co.jp", frozenset({"source"})),
    ("joongang.co.kr", frozenset({"cloc"})),
    ("hani.co.kr", frozenset({"_fr", "_ns"})),
    ("chosun.com", frozenset({"outputtype"})),
    ("sankei.com", frozenset({"outputtype"})),
)
# The same articles at the same paths, for telephones.
_HOSTS = {
    "m.yna.co.kr": "www.yna.co.kr",
    "m-en.yna.co.kr": "en.yna.co.kr",
    "m.koreaherald.com": "www.koreaherald.com",
}
_PATHS = (
    ("yna.co.kr", re.compile(r"^/amp(?=/view/)"), ""),
    ("asahi.com", re.compile(r"^/amp(?=/articles/)"), ""),
    ("n.news.naver.com", re.compile(r"^/mnews(?=/article/)"), ""),
)
_DEFAULT_PORTS = (None, 80, 443)
# Of these nothing has to be respelled, but perhaps the site has a way of its own: most addresses.
_PLAIN = re.compile(r"https?://([a-z0-9-]+(?:\.[a-z0-9-]+)+)(/[\w.~!$'()*+,=:@/-]*)", re.A)
_SESSION = re.compile(r";jsessionid=[^/;?]*", re.I)
_ESCAPE = re.compile(r"%([0-9A-Fa-f]{2})")
_UNRESERVED = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")


def key_of(text: str) -> str:
    """SHA-256 of a text in hexadecimal; empty for an empty one."""
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest() if text else ""


@lru_cache(maxsize=4096)  # each address of a feed is asked for some times in a row
def address_key(url: str) -> str:
    """What all spellings of one address have in common, in 64 characters; empty without one."""
    return key_of(canonical(url))


def canonical(url: str) -> str:
    """The address in its one spelling; one that cannot be taken apart comes back as it is.

    Safe to do again.
    """
    plain = _PLAIN.fullmatch(url)
    if plain and "/." not in plain[2] and not _has_own_ways(plain[1]):
        return f"https://{plain[1]}{plain[2]}"
    try:
        parts = urlsplit(url.strip())
        port = parts.port
    except ValueError:
        return url.strip()
    if parts.scheme not in ("http", "https") or not parts.hostname:
        return url.strip()
    host = _host(parts.hostname)
    path = _path(parts.path, host)
    query = _query(parts.query, host)
    place = _login(parts) + (f"[{host}]" if ":" in host else host)
    place += "" if port in _DEFAULT_PORTS else f":{port}"
    return f"https://{place}{path}" + (f"?{query}" if query else "")


@lru_cache(maxsize=1024)
def _has_own_ways(host: str) -> bool:
    return host in _HOSTS or any(_is_of(host, site) for site, *_ in _PATHS)


def _host(told: str) -> str:
    host = told.rstrip(".").lower()
    if not host.isascii():
        with suppress(UnicodeError):
            host = host.encode("idna").decode("ascii")
    return _HOSTS.get(host, host)


def _login(parts: SplitResult) -> str:
    return parts.netloc.rpartition("@")[0] + "@" if "@" in parts.netloc else ""


def _path(told: str, host: str) -> str:
    path = _without_dots(_spelled(_SESSION.sub("", told))) or "/"
    for site, pattern, instead in _PATHS:
        if _is_of(host, site):
            path = pattern.sub(instead, path)
    return path


def _query(told: str, host: str) -> str:
    own = frozenset().union(*(names for site, names in _OF_SITES if _is_of(host, site)))
    kept = (each for each in told.split("&") if each and not _is_tracking(each, own))
    return "&".join(map(_spelled, kept))


def _is_tracking(parameter: str, own: frozenset[str]) -> bool:
    name, _equals, value = parameter.lower().partition("=")
    if name in _FROM and value in _PLACES:
        return True
    return name in own or name in _TRACKING_NAMES or bool(_TRACKING.fullmatch(name))


def _is_of(host: str, site: str) -> bool:
    return host == site or host.endswith("." + site)


def _spelled(text: str) -> str:
    """Escapes in capitals, none where none is needed, and one for all that is not ASCII."""
    return quote(_ESCAPE.sub(_escape, text), safe="%/:?#[]@!$&'()*+,;=-._~")


def _escape(found: re.Match[str]) -> str:
    sign = chr(int(found[1], 16))
    return sign if sign in _UNRESERVED else found[0].upper()


def _without_dots(path: str) -> str:
    """RFC 3986, 5.2.4: `/a/b/../c/./d` is `/a/c/d`."""
    kept: list[str] = []
    segments = path.split("/")
    for segment in segments:
        if segment == "..":
            if len(kept) > 1:
                kept.pop()
        elif segment != ".":
            kept.append(segment)
    if segments[-1] in (".", ".."):
        kept.append("")
    return "/".join(kept)
