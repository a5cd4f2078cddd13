"""Learning: how a coder is made of labelled answers, of a codebook, or of both."""
