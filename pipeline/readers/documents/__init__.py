"""Documents: papers, minutes, web pages -> lines."""
