"""The board on a terminal: screens, dialogs and the widgets that draw them.

It draws and listens, and decides nothing: screens call ``Board``, widgets render view data and post
messages in the past tense. No widget knows the store, and no rule of the judgement lives here.
"""
