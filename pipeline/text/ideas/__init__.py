"""Where one idea ends and the next begins: list markers, stops, joints of speech."""
