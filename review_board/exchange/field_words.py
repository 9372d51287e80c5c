"""What a list of no known program is called, and what a seller calls the fields that columns fill."""

ANY_LIST = "a list"
"""The source of a list that no program is known by; the numbers of two such lists may be the same."""

FIELD_WORDS = {
    "id": "its id there",
    "next_activity": "day of the next step",
    "last_activity": "last activity (a note)",
    "contacted": "a contact that day",
    "called": "a call that day",
    "emailed": "an email that day",
    "replied": "their reply that day",
    "met": "a meeting that day",
    "quote_sent": "a quote sent that day",
    "times_contacted": "how often contacted",
    "close_date": "close by",
    "expected_close": "close by",
    "note": "note",
    "dial_code": "country code",
    "pipeline": "pipeline (kept for the way back)",
}


def field_words(field: str) -> str:
    """Return what a seller calls a field."""
    return FIELD_WORDS.get(field) or field.replace("_", " ")
