"""The workplaces in the browser: thin views over the use cases, one page for one question."""
