"""Is this machine fit for this run? Facts of the machine, needs of the run, and what does not match."""
