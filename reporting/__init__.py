"""duban (督办): the yearly reporting loop of a coordinating office."""
