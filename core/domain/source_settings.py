"""How the alerts of one source are dealt with."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceSettings:
    """Times are whole seconds.

    `severities`: a severity's word at the source → ours; what is not in it is read as usual.
    `service_label`: where the source stands for no service, this label names one.
    `group_by`: labels whose values make up the group; none means as the source groups.
    `group_window`: so long after its declaration an incident takes new alerts; 0 means while it
    lives. `hold`: so long an alert has to fire before it calls anybody. `grace`: so long nothing
    may fire before an incident is resolved. `flap_count` starts within `flap_window` make an alert
    flapping; 0 means never. `storm_limit`: so many incidents a minute, then one for all the rest,
    and one altogether for more at once; 0 means however many. `quiet_after`: a source silent for
    so long is flagged; 0 means never. `check_url`: where the source can be asked what fires.
    `mapping`: field → JMESPath, of a generic source. `values`: a status at the source, in small
    letters → ours. `topics`: those of SNS that may ring, none meaning any.
    """

    severities: Mapping[str, str] = field(default_factory=dict)
    service_label: str = "service"
    group_by: tuple[str, ...] = ()
    group_window: int = 0
    hold: int = 0
    grace: int = 0
    flap_count: int = 4
    flap_window: int = 1_800
    storm_limit: int = 10
    quiet_after: int = 0
    check_url: str = ""
    mapping: Mapping[str, str] = field(default_factory=dict)
    values: Mapping[str, str] = field(default_factory=dict)
    topics: tuple[str, ...] = ()
