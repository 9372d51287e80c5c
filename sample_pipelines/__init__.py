"""The sample pipelines that ``demo`` opens, and the seeded generator that wrote them.

``python -m sample_pipelines.generate`` writes the JSON files again, byte for byte. A *story* is a
function that gives a prospect one believable past; a *plan* says how often each story is told;
the words and names lie in TOML files.
"""
