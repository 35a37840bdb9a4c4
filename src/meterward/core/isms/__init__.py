"""The management system: policy, senior management, people, sites, incidents."""
