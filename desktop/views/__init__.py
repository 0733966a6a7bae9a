"""The window: one module a page, `dialogs/` one a dialog, `main_window` wires them together."""
