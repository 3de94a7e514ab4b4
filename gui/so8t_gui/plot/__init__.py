"""The live plot of loss, alpha and rewards, and what it is drawn from.

Terms: *table*, the updates of a history as columns of numbers; *mark*, an event after an update (phase transition,
interruption); *phase*, a stretch of updates of one kind (base model, warm-up, PPO, GRPO, RLOO); *curves*, one session
in the plot; *overlay*, several over each other. `series` is pure numpy, `session_history` reads a session's folder, the
rest is Qt. May import `widgets`, `view` and `i18n`, and of the engine `session`.
"""
