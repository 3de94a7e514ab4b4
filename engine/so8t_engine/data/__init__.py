"""What the data steps are made of."""
