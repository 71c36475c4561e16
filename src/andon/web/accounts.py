"""Who may open an account: only people on the staff list, so nobody signs up on their own."""

from allauth.account.adapter import DefaultAccountAdapter


class StaffOnly(DefaultAccountAdapter):
    def is_open_for_signup(self, request) -> bool:
        return False
