"""Signs that Word takes from a font of signs, as the characters that look like them."""

_WINGDINGS = {
    **{0x80 + number: "⓪①②③④⑤⑥⑦⑧⑨⑩"[number] for number in range(11)},
    **{0x8C + number: "❶❷❸❹❺❻❼❽❾❿"[number] for number in range(10)},
    **{0x6C: "●", 0x6E: "■", 0x6F: "□", 0x71: "❑", 0x74: "◆", 0x75: "◆", 0x76: "❖", 0x77: "◆", 0x9F: "•"},
    **{0xA1: "○", 0xA8: "□", 0xAB: "★", 0xAA: "✦", 0xFB: "×", 0xFC: "√", 0xFD: "☒", 0xFE: "☑", 0x4A: "☺"},
    **{0xD8: "➢", 0xE0: "→", 0xDF: "←", 0xE1: "↑", 0xE2: "↓", 0x46: "☞", 0x26: "", 0x22: ""},
}
_WINGDINGS_2 = {
    **{0x69 + number: "⓪①②③④⑤⑥⑦⑧⑨⑩"[number] for number in range(11)},
    **{0x75 + number: "❶❷❸❹❺❻❼❽❾❿"[number] for number in range(10)},
    **{0x4F: "×", 0x50: "√", 0x51: "☒", 0x52: "☑", 0x53: "☒", 0x54: "☒", 0xA3: "□", 0x97: "●", 0x98: "●", 0x99: "○"},
}
_SYMBOL = {0xA3: "≤", 0xB3: "≥", 0xB1: "±", 0xB4: "×", 0xB8: "÷", 0xB7: "•", 0xB0: "°", 0xA5: "∞", 0xB9: "≠", 0xBB: "≈"}
_FONTS = {"wingdings": _WINGDINGS, "wingdings 2": _WINGDINGS_2, "symbol": _SYMBOL}


def symbol(font: str, code: str) -> str:
    """The sign that ``<w:sym w:font="Wingdings" w:char="F0FC"/>`` shows: √."""
    try:
        number = int(code[:6], 16)
    except ValueError:
        return ""
    in_font = _FONTS.get(font.lower())
    if in_font is not None:
        number &= 0xFF
        return in_font.get(number, chr(number) if 32 < number < 127 and font.lower() == "symbol" else "□")
    number = number & 0xFF if 0xF000 <= number < 0xF100 else number
    return chr(number) if 32 <= number < 0xD800 or 0xE000 <= number < 0x110000 else ""
