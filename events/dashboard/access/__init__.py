"""Who may reach the page, who is there, and what they may do.

For the page and its server. `listening` says where the page may be served without a sign-in; `rules` reads how people
sign in and which of them are editors or viewers; `persons` makes a person of what their provider says of them; `gate`
stands before all of the server's routes; `signing_in` before the page's script; `guarded_store` before every change.
"""
