"""Missing marks: a model of which syllables were typed without, and which marks belong on them."""
