"""The topics of the coach's feed, version 1: what each carries, and how it is sent."""

from msgspec import Struct

from softshoe.coaching import Focus
from softshoe.events import About, Health, LiveState, Moment, Session, Step
from softshoe.requests import Answer, CommandRequest, CueRequest, RecordRequest

VERSION = 1
FRESH_S = 2.0
ONLINE = b"online"
OFFLINE = b"offline"


class Topic(Struct, frozen=True):
    """One topic below `softshoe/<device>/`. Without a type it carries plain text."""

    path: str
    qos: int
    retain: bool
    carries: type[Struct] | None = None
    moment: Moment | None = None
    expires: bool = False
    """Worthless after FRESH_S: a broker that speaks MQTT 5 is told so."""
    inbound: bool = False
    """Written by a coach, read by the device."""
    queued: bool = True
    """Whether the broker is to keep what comes in while the device is away."""

    def of(self, device: str) -> str:
        """The full name of the topic."""
        return f"softshoe/{device}/{self.path}"


STATUS = Topic("status", qos=1, retain=True)
ABOUT = Topic("about", qos=1, retain=True, carries=About)
LANDING = Topic("live/landing", 0, False, carries=Step, moment="landing", expires=True)
LIVE_STEP = Topic("live/step", 0, False, carries=Step, moment="live", expires=True)
STATE = Topic("live/state", qos=0, retain=True, carries=LiveState)
FOCUS = Topic("live/focus", qos=1, retain=True, carries=Focus)
HEALTH = Topic("live/health", qos=1, retain=True, carries=Health)
RECORD_STEP = Topic("record/step", qos=1, retain=False, carries=Step, moment="final")
RECORD_SESSION = Topic("record/session", qos=1, retain=True, carries=Session)
ANSWER = Topic("answer", qos=1, retain=False, carries=Answer)
RECORD_REQUEST = Topic("record/request", 1, False, carries=RecordRequest, inbound=True)
CUE = Topic("cue", 1, False, carries=CueRequest, inbound=True, queued=False)
COMMAND = Topic("command", 1, False, carries=CommandRequest, inbound=True, queued=False)

SENT = (
    ABOUT,
    ANSWER,
    FOCUS,
    HEALTH,
    LANDING,
    LIVE_STEP,
    RECORD_SESSION,
    RECORD_STEP,
    STATE,
    STATUS,
)
HEARD = (COMMAND, CUE, RECORD_REQUEST)
TOPICS = (*SENT, *HEARD)
