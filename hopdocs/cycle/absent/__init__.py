"""Families whose file is not there any more: who decides that their papers go, and what stays of them."""
