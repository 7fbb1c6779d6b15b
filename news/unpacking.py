"""Unpack the body of an answer piece by piece, and never into more than it may hold.

One packing only: a body packed twice is a bomb more often than a page, and is refused unread.
"""

from __future__ import annotations

import zlib

from django.utils.translation import gettext as _

from news.hygiene import one_line

OFFERED = "gzip, deflate"
_GZIP = 16 + zlib.MAX_WBITS
_RAW = -zlib.MAX_WBITS
_GZIP_BEGINS = b"\x1f\x8b"
# What some servers write where the packing should stand, and mean nothing by.
_NO_PACKINGS = frozenset({"", "identity", "none", "binary", "8bit", "utf-8", "utf8"})


class CannotUnpack(Exception):
    """The body is not what its Content-Encoding says, or too large; the message says which."""


class Unpacker:
    """Takes the pieces of one body; `finish` gives it whole.

    `encoding` is the value of Content-Encoding; `most` counts for the bytes that arrive and for
    those that come out.
    """

    def __init__(self, encoding: str, *, most: int) -> None:
        self._packing = _packing(encoding)
        self._most = most
        self._arrived = 0
        self._out = bytearray()
        self._head = b""
        self._stream: zlib._Decompress | None = None
        self._is_whole = False

    def feed(self, piece: bytes) -> None:
        """Take the next piece. Raises CannotUnpack."""
        self._arrived += len(piece)
        if self._arrived > self._most:
            raise self._too_large()
        if not self._packing:
            self._out += piece
            return
        try:
            while piece and not self._is_whole:
                piece = self._unpack(piece)
        except zlib.error as error:
            raise self._not_as_said() from error

    @property
    def has_ended(self) -> bool:
        """Whether a packed body has come to its end, by its own word."""
        return self._is_whole or (self._stream is not None and self._stream.eof)

    def finish(self) -> bytes:
        """The unpacked body. Raises CannotUnpack if its end is missing."""
        if self._arrived and self._packing and not self.has_ended:
            raise self._not_as_said()
        return bytes(self._out)

    def _unpack(self, piece: bytes) -> bytes:
        """Unpack until the stream ends; return what stands behind it."""
        if self._stream is None:
            piece = self._head + piece
            if len(piece) < 2:
                self._head = piece
                return b""
            self._head = b""
            if self._out and not piece.startswith(_GZIP_BEGINS):
                return self._pass_over()
            self._stream = zlib.decompressobj(_window(self._packing, piece))
        elif self._stream.eof:
            return self._after_the_end(piece)
        # One byte more than allowed tells "full" from "too much".
        self._out += self._stream.decompress(piece, self._most - len(self._out) + 1)
        if len(self._out) > self._most:
            raise self._too_large()
        return self._stream.unused_data if self._stream.eof else b""

    def _after_the_end(self, piece: bytes) -> bytes:
        """A gzip file may have several members, and zeros to fill a block."""
        if self._packing == "gzip":
            piece = piece.lstrip(b"\0")
            if piece.startswith(_GZIP_BEGINS[:1]):
                self._stream = None
                return piece
        return self._pass_over() if piece else b""

    def _pass_over(self) -> bytes:
        """Leave out what some servers add: the sum at its end says that a stream is whole."""
        self._is_whole = True
        return b""

    def _not_as_said(self) -> CannotUnpack:
        return CannotUnpack(
            _("The answer is not packed as it says (%(packing)s).") % {"packing": self._packing}
        )

    def _too_large(self) -> CannotUnpack:
        return CannotUnpack(too_large(self._most))


def too_large(most: int) -> str:
    """That an answer has more bytes than that, in words."""
    return _("The answer is larger than %(most)d KB.") % {"most": most // 1024}


def _packing(encoding: str) -> str:
    """gzip, deflate, or empty for none. Raises CannotUnpack for what was not offered."""
    names = [name.strip().lower() for name in encoding.split(",")]
    packings = [name.removeprefix("x-") for name in names if name not in _NO_PACKINGS]
    if not packings:
        return ""
    if len(packings) > 1:
        raise CannotUnpack(_("The answer is packed more than once."))
    if packings[0] not in ("gzip", "deflate"):
        raise CannotUnpack(
            _("The answer is packed in a way that was not asked for (%(packing)s).")
            % {"packing": one_line(packings[0], 40)}
        )
    return packings[0]


def _window(packing: str, start: bytes) -> int:
    """How zlib should read a stream that begins so.

    "deflate" means a zlib stream (RFC 9110, 8.4.1.2), but some servers send it bare.
    """
    if packing == "gzip":
        return _GZIP
    has_zlib_head = start[0] & 0x0F == 8 and (start[0] << 8 | start[1]) % 31 == 0
    return zlib.MAX_WBITS if has_zlib_head else _RAW
