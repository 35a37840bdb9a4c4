"""Forms for records: what each kind asks, in plain questions, and how what was typed becomes a draft and a line."""
