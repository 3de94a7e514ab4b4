"""What the train step is made of: gate, schedules, rewards, rollout, PPO."""
