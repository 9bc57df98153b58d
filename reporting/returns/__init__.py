"""The return (填报表): written for a unit, read back, told whose it is, joined to the plan, judged."""
