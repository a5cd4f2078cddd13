"""Units -> codes: codebook, features, classifiers, coding, training, evaluation."""
