"""The full-screen editor.

Textual reads its settings from the environment when it is imported, so they are settled here,
before any module of this package can import it. What the person has set is left alone.
"""

import os

_SETTINGS = {
    "ESCDELAY": "300",  # a key's escape sequence may arrive in pieces over a slow line
    "TEXTUAL_ANIMATIONS": "none",
    "TEXTUAL_DISABLE_KITTY_KEY": "1",  # Windows clients do not answer its queries
}

for _name, _value in _SETTINGS.items():
    os.environ.setdefault(_name, _value)
