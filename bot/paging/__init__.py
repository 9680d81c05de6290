"""The APIs of PagerDuty and Opsgenie, for tools that speak them already."""
