"""Open Referral's HSDS API, version 3.2, over the release being served."""
