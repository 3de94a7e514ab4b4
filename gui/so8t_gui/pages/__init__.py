"""The pages of the window: Run, Sessions, New session, Settings, About and diagnostics, Welcome.

A page is a widget put together from `plot`, `sessions`, `forms` and `widgets`. It shows what it is given
(`render_view`, `put`) and says what the user wants by signals (`..._wanted`), which window_pages.PageHandlers names;
pages know neither each other nor the controller.
"""
