"""What the past teaches: today's rules replayed on it, and what became of earlier verdicts. Pure.

The room knows the records, the judgement and the review; it is handed histories and gives back
figures. It opens no file and looks at no clock.
"""
