"""Skill grades in digits and in words: 5 (五级, lowest) to 1 (一级)."""

NUMERALS = {"5": "五级", "4": "四级", "3": "三级", "2": "二级", "1": "一级"}
#: The Chinese numeral of a grade → its digit.
DIGITS = {name[0]: digit for digit, name in NUMERALS.items()}
