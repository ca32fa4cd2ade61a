"""Why something is refused."""


class Refused(Exception):
    """A key, a program, a proof or an opening that is refused.

    `reason` is one of the identifiers in docs/formats.md, section Reasons. `detail` says it to people.
    """

    def __init__(self, reason, detail):
        super().__init__(f"{detail} [{reason}]")
        self.reason = reason
        self.detail = detail


class Trap(Exception):
    """A run that cannot go on."""
