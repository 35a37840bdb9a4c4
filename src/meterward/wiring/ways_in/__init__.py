"""How people show who they are: passwords, second factors, passkeys, invitations, and identities from elsewhere.

django-allauth does the work; what stands here says when, to whom, and how often.
"""
