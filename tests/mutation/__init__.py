"""How much do the tests notice? One small change to the code after another, and the tests that should see it."""
