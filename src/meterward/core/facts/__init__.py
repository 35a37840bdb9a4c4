"""What the law reads: the effective records of a licence, and the shapes that domains fold them into.

Four shapes serve every kind of duty: a *state* that holds or not, a *matter* that is owed and answered, a *version* of
an artefact with its contents, and an *act* that counts or not.
"""
