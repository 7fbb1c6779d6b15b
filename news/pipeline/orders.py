"""Sentences that speak to a program instead of a reader: "ignore your instructions and …".

An article is data. A language model that reads it might obey such a sentence all the same, so
nothing that a model found is believed on the strength of one.
"""

from __future__ import annotations

import re
import unicodedata

_TO_A_PROGRAM = re.compile(
    # Whoever pretends to be another speaker in the conversation.
    r"<\|?/?(?:im_start|im_end|system|assistant|user|inst|s)\b|\[/?INST\]|###\s*(?:system|instruction)"
    r"|^\W*(?:system|assistant|developer|시스템|어시스턴트|システム|アシスタント)\s*[:：]"
    # English
    r"|\b(?:ignore|disregard|forget|override)\b.{0,40}\b(?:instructions?|prompts?)\b"
    r"|\b(?:new|updated|hidden) (?:system )?(?:instructions?|prompt)\b"
    r"|\byou are (?:now )?(?:an? )?(?:\w+ )?(?:ai|assistant|language model|chatbot|extractor)\b"
    r"|\b(?:ai|language) (?:models?|assistants?)\b.{0,30}\b(?:must|should|reading this|please)\b"
    r"|\b(?:output|return|respond with|answer with|emit|add)\b.{0,40}"
    r"\b(?:json|the following (?:event|object))\b"
    # Korean
    r"|(?:지시|프롬프트)(?:사항)?[을를은는]?\s?.{0,12}(?:무시|잊|따르지)"
    r"|(?:당신은|너는)\s?.{0,20}(?:AI|인공지능|모델|챗봇|어시스턴트)"
    r"|(?:JSON|제이슨).{0,20}(?:출력|반환|답하|추가)"
    # Japanese
    r"|(?:指示|プロンプト)(?:事項)?[をはも]?.{0,12}(?:無視|忘れ|従わ)"
    r"|(?:あなたは|君は).{0,20}(?:AI|人工知能|モデル|アシスタント)"
    r"|JSON.{0,20}(?:出力|返し|返せ|追加)",
    re.IGNORECASE | re.MULTILINE,
)
# Letters that nobody sees, put into words so that no list finds them.
_UNSEEN = ("Cf", "Mn")


def gives_orders(text: str) -> bool:
    """Whether a text speaks to a program."""
    return bool(_TO_A_PROGRAM.search(_seen(text)))


def _seen(text: str) -> str:
    if text.isascii():
        return text
    shown = "".join(char for char in text if unicodedata.category(char) not in _UNSEEN)
    return unicodedata.normalize("NFKC", shown)
