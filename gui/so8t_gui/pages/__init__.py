"""The pages of the window; each is a widget that says what the user wishes by signals."""
