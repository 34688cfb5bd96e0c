"""Whole numbers as people write them in Chinese questions: in digits, or in numerals below a thousand."""

#: The numeral of a digit.
NUMERALS = "零一二三四五六七八九"
_VALUES = {numeral: value for value, numeral in enumerate(NUMERALS)} | {"两": 2}
_UNITS = {"十": 10, "百": 100}


def number(text: str) -> int:
    """A number in digits or in Chinese numerals below a thousand (27, 十五, 一百二十三).

    Raises:
        KeyError: a character is neither.
    """
    if text.isdigit():
        return int(text)
    total = digit = 0
    for character in text:
        if character in _UNITS:
            total, digit = total + (digit or 1) * _UNITS[character], 0
        else:
            digit = _VALUES[character]
    return total + digit
