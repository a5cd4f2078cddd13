"""Material: labelled answers, and answers that nobody has coded: what is learnt from and measured on."""
