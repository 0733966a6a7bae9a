"""复函: the program a handler (承办人) answers a 提案 or 人大建议 with."""

__version__ = "0.1.0"
