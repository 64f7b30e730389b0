"""Chinese input on Linux desktops: what the Qt in our wheel lacks is spoken with fcitx over D-Bus.

`detection` decides before Qt starts, `bridge` carries keys and text between Qt and fcitx, `self_test`
lets a clerk see that it works. `keysyms`, `bus`, `protocol` and `session` know nothing of Qt.
"""
