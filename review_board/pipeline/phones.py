"""Phone numbers as they are compared: by their last digits, so that +41 79 … and 079 … are one."""

DIGITS = 9
_FEWEST = 7


def digits_of(text: str) -> str:
    """Return the digits of a text."""
    return "".join(filter(str.isdigit, text))


def last_digits(number: str) -> str:
    """Return the digits by which a number is known; nothing where they are too few to tell."""
    digits = digits_of(number)
    return digits[-DIGITS:] if len(digits) >= _FEWEST else ""
