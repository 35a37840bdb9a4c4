"""Risk: assessments, and the treatment of the risks that they find."""
