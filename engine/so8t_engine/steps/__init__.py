"""The five steps of a session; each a plain function `run(context, cursor)`."""
