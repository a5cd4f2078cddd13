"""Transcripts: lines and recordings -> what each speaker says in one go."""
