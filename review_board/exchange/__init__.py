"""Lists from any CRM come in as prospects; prospects go out as files.

The room reads CSV in many dialects and the project's own JSON. It decides by content, never by the
name of a file, and refuses in one clear line what it cannot read for certain: all rows or none. It
writes in one step and never over another file by accident. It knows the pipeline, and of the store
only which layout of its file is the newest; it knows no
board, no screen, and no clock but the one that is passed in.
"""
