"""The curator's own page: from proposals to events of the record. Local, and no part of the public app."""
