"""Lists from any CRM come in as prospects; prospects go out as files.

The room reads delimited text in many dialects, spreadsheets and the pages that pass for them, the JSON
of other programs, contact cards and the project's own JSON. All but the last become a table, of which each row says plainly what it
knows (``PlainRow``) before a prospect is made of it. It decides by content, never by the name of a
file; a cell that cannot be read costs that cell, a row that cannot be placed is refused and named, and
a list that was not understood is refused whole. It writes in one step and never over another file by
accident. It knows the pipeline, and of the store only which layout of its file is the newest; it knows
no board, no screen, and no clock but the one that is passed in.
"""
