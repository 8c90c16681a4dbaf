"""The best-known providers of mail: where their servers are, how one logs in there, and what to know
first. For any other domain, the servers it is likely to have."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from gigdesk.domain.accounts import Account, AccountId, Auth, Endpoint, OAuthClient, Tls
from gigdesk.domain.words import t

Kind = Literal["imap", "smtp"]
PORTS: dict[tuple[Kind, Tls], int] = {
    ("imap", Tls.IMPLICIT): 993, ("imap", Tls.STARTTLS): 143,
    ("smtp", Tls.IMPLICIT): 465, ("smtp", Tls.STARTTLS): 587,
}  # fmt: skip
_PASSWORD, _BROWSER = (Auth.PASSWORD,), (Auth.OAUTH2,)
_EITHER = (Auth.PASSWORD, Auth.OAUTH2)


@dataclass(frozen=True, slots=True)
class Provider:
    """One provider. `domains` are those of its addresses; one that only keeps others' domains has
    none and is chosen by its name."""

    name: str
    domains: str
    imap: Endpoint | None
    smtp: Endpoint | None
    ways: tuple[Auth, ...] = _PASSWORD
    local_login: bool = False  # the part before the @ alone
    app_password: str = ""  # where to make one; the usual password does not work
    switch_on: bool = False  # IMAP is off until switched on at the provider's pages
    oauth: OAuthClient | None = field(default=None)  # all but the client id, which is the person's
    special: Literal["", "bridge", "closed", "mail password"] = ""

    def account(self, address: str) -> Account:
        """The account of this address here."""
        login = address.partition("@")[0] if self.local_login else address
        return Account(AccountId(0), address, address, self.imap, self.smtp, login, self.ways[0])

    def advice(self, way: Auth = Auth.PASSWORD) -> str:
        """What to know before one logs in this way; empty when there is nothing."""
        said = [_special(self)]
        if self.switch_on:
            said.append(t("First switch IMAP on, in the settings of {name} on the web.",
                          name=self.name))  # fmt: skip
        if self.app_password and way is Auth.PASSWORD:
            said.append(
                t(
                    "{name} wants an app password here, not your usual one. Make one at {page}.",
                    name=self.name,
                    page=self.app_password,
                )
            )
        return " ".join(filter(None, said))


def _special(provider: Provider) -> str:
    match provider.special:
        case "bridge":
            return t(
                "Proton Mail Bridge has to run on this machine. Take the password it shows, and"
                " trust its certificate when asked."
            )
        case "closed":
            return t("{name} lets no other program fetch mail.", name=provider.name)
        case "mail password":
            return t("{name} wants its own password for mail programs, which you set in its customer"
                     " centre.", name=provider.name)  # fmt: skip
    if provider.ways == _BROWSER:
        return t("{name} lets you log in on its own page only.", name=provider.name)
    return ""


def _tls(host: str, port: int = 0) -> Endpoint:
    """Private from the start; the port of IMAP where none is said."""
    return Endpoint(host, port or 993)


def _out(host: str, port: int = 465) -> Endpoint:
    return Endpoint(host, port, Tls.IMPLICIT if port == 465 else Tls.STARTTLS)


_GOOGLE = OAuthClient(
    "",
    "https://oauth2.googleapis.com/token",
    # Without these Google gives no token to renew with.
    "https://accounts.google.com/o/oauth2/v2/auth?access_type=offline&prompt=consent",
    "https://mail.google.com/",
)
_MICROSOFT = OAuthClient(
    "",
    "https://login.microsoftonline.com/common/oauth2/v2.0/token",
    "https://login.microsoftonline.com/common/oauth2/v2.0/authorize",
    "https://outlook.office.com/IMAP.AccessAsUser.All https://outlook.office.com/SMTP.Send"
    " offline_access",
)

PROVIDERS = (
    Provider("Gmail", "gmail.com googlemail.com", _tls("imap.gmail.com"), _out("smtp.gmail.com"),
             _EITHER, app_password="myaccount.google.com/apppasswords", oauth=_GOOGLE),
    Provider("Outlook.com",
             "outlook.com hotmail.com live.com msn.com windowslive.com passport.com outlook.at"
             " outlook.be outlook.cz outlook.de outlook.dk outlook.es outlook.fr outlook.ie outlook.it"
             " outlook.pt outlook.com.br hotmail.be hotmail.ca hotmail.co.uk hotmail.de hotmail.es"
             " hotmail.fr hotmail.it hotmail.nl hotmail.se live.at live.be live.ca live.co.uk live.de"
             " live.dk live.fr live.it live.nl live.se",
             _tls("outlook.office365.com"), _out("smtp-mail.outlook.com", 587), _BROWSER,
             oauth=_MICROSOFT),
    Provider("Microsoft 365", "", _tls("outlook.office365.com"), _out("smtp.office365.com", 587),
             _BROWSER, oauth=_MICROSOFT),
    Provider("Yahoo",
             "yahoo.com ymail.com rocketmail.com myyahoo.com yahoo.ca yahoo.co.in yahoo.co.uk"
             " yahoo.com.ar yahoo.com.au yahoo.com.br yahoo.com.mx yahoo.de yahoo.es yahoo.fr yahoo.it"
             " yahoo.se",
             _tls("imap.mail.yahoo.com"), _out("smtp.mail.yahoo.com"),
             app_password="login.yahoo.com/account/security"),
    Provider("AOL", "aol.com aim.com aol.de aol.fr aol.it aol.co.uk", _tls("imap.aol.com"),
             _out("smtp.aol.com"), app_password="login.aol.com/account/security"),
    Provider("iCloud", "icloud.com me.com mac.com", _tls("imap.mail.me.com"),
             _out("smtp.mail.me.com", 587), app_password="account.apple.com"),
    Provider("GMX", "gmx.de gmx.net gmx.at gmx.ch gmx.eu gmx.org gmx.info gmx.biz",
             _tls("imap.gmx.net"), _out("mail.gmx.net"), switch_on=True),
    Provider("GMX.com", "gmx.com gmx.us gmx.co.uk gmx.fr gmx.es gmx.it gmx.pt gmx.ie gmx.se gmx.ca",
             _tls("imap.gmx.com"), _out("mail.gmx.com"), switch_on=True),
    Provider("mail.com",
             "mail.com email.com post.com usa.com consultant.com engineer.com techie.com europe.com"
             " london.com berlin.com myself.com writeme.com",
             _tls("imap.mail.com"), _out("smtp.mail.com"), switch_on=True),
    Provider("WEB.DE", "web.de", _tls("imap.web.de"), _out("smtp.web.de"), switch_on=True),
    Provider("mailbox.org", "mailbox.org secure.mailbox.org", _tls("imap.mailbox.org"),
             _out("smtp.mailbox.org")),
    Provider("Posteo", "posteo.de posteo.net posteo.at posteo.ch posteo.eu posteo.org posteo.us",
             _tls("posteo.de"), _out("posteo.de")),
    Provider("Fastmail", "fastmail.com fastmail.fm fastmail.net fastmail.org fastmail.de messagingengine.com sent.com",
             _tls("imap.fastmail.com"), _out("smtp.fastmail.com"),
             app_password="app.fastmail.com/settings/security"),
    Provider("Zoho", "zoho.com zohomail.com", _tls("imap.zoho.com"), _out("smtp.zoho.com"),
             switch_on=True, app_password="accounts.zoho.com"),
    Provider("Zoho Europe", "zoho.eu zohomail.eu", _tls("imap.zoho.eu"), _out("smtp.zoho.eu"),
             switch_on=True, app_password="accounts.zoho.eu"),
    Provider("Yandex", "yandex.ru yandex.com yandex.by yandex.kz yandex.ua ya.ru narod.ru",
             _tls("imap.yandex.com"), _out("smtp.yandex.com"), switch_on=True,
             app_password="id.yandex.com/security"),
    Provider("Mail.ru", "mail.ru inbox.ru list.ru bk.ru internet.ru", _tls("imap.mail.ru"),
             _out("smtp.mail.ru"), app_password="account.mail.ru"),
    Provider("Proton Mail", "proton.me protonmail.com protonmail.ch pm.me",
             Endpoint("127.0.0.1", 1143, Tls.STARTTLS), Endpoint("127.0.0.1", 1025, Tls.STARTTLS),
             special="bridge"),
    Provider("Tuta", "tuta.com tuta.io tutanota.com tutanota.de tutamail.com keemail.me", None, None,
             special="closed"),
    Provider("OVHcloud", "ovh.net", _tls("ssl0.ovh.net"), _out("ssl0.ovh.net")),
    Provider("IONOS", "ionos.de", _tls("imap.ionos.de"), _out("smtp.ionos.de")),
    Provider("1&1", "online.de onlinehome.de sofortstart.de sofort-start.de kundenserver.de schlund.de",
             _tls("imap.1und1.de"), _out("smtp.1und1.de")),
    Provider("STRATO", "strato.de rzone.de", _tls("imap.strato.de"), _out("smtp.strato.de")),
    Provider("Hetzner", "", _tls("mail.your-server.de"), _out("mail.your-server.de")),
    Provider("Infomaniak", "ik.me ikmail.com etik.com", _tls("mail.infomaniak.com"),
             _out("mail.infomaniak.com")),
    Provider("Migadu", "", _tls("imap.migadu.com"), _out("smtp.migadu.com")),
    Provider("Gandi", "gandi.net", _tls("mail.gandi.net"), _out("mail.gandi.net")),
    Provider("Orange", "orange.fr wanadoo.fr", _tls("imap.orange.fr"), _out("smtp.orange.fr")),
    Provider("Free", "free.fr", _tls("imap.free.fr"), _out("smtp.free.fr"), local_login=True),
    Provider("SFR", "sfr.fr neuf.fr club-internet.fr", _tls("imap.sfr.fr"), _out("smtp.sfr.fr")),
    Provider("La Poste", "laposte.net", _tls("imap.laposte.net"), _out("smtp.laposte.net"),
             local_login=True),
    Provider("T-Online", "t-online.de magenta.de", _tls("secureimap.t-online.de"),
             _out("securesmtp.t-online.de"), special="mail password"),
    Provider("freenet", "freenet.de", _tls("mx.freenet.de"), _out("mx.freenet.de", 587)),
    Provider("Vodafone", "vodafonemail.de arcor.de kabelmail.de", _tls("imap.vodafonemail.de"),
             _out("smtp.vodafonemail.de")),
    Provider("A1", "a1.net aon.at", _tls("securemail.a1.net"), _out("securemail.a1.net", 587)),
    Provider("Bluewin", "bluewin.ch bluemail.ch", _tls("imaps.bluewin.ch"),
             _out("smtpauths.bluewin.ch")),
    Provider("Libero", "libero.it iol.it inwind.it blu.it giallo.it", _tls("imapmail.libero.it"),
             _out("smtp.libero.it")),
    Provider("Virgilio", "virgilio.it", _tls("in.virgilio.it"), _out("out.virgilio.it")),
    Provider("WP", "wp.pl", _tls("imap.wp.pl"), _out("smtp.wp.pl"), local_login=True,
             switch_on=True),
    Provider("o2", "o2.pl go2.pl tlen.pl prokonto.pl", _tls("poczta.o2.pl"), _out("poczta.o2.pl"),
             local_login=True, switch_on=True),
    Provider("Onet", "onet.pl onet.eu poczta.onet.pl op.pl vp.pl autograf.pl vip.onet.pl spoko.pl",
             _tls("imap.poczta.onet.pl"), _out("smtp.poczta.onet.pl")),
    Provider("Seznam", "seznam.cz email.cz post.cz spoluzaci.cz", _tls("imap.seznam.cz"),
             _out("smtp.seznam.cz")),
    Provider("Ziggo", "ziggo.nl ziggomail.com casema.nl chello.nl home.nl upcmail.nl quicknet.nl",
             _tls("imap.ziggo.nl"), _out("smtp.ziggo.nl", 587)),
    Provider("KPN", "kpnmail.nl planet.nl hetnet.nl xs4all.nl telfort.nl", _tls("imap.kpnmail.nl"),
             _out("smtp.kpnmail.nl")),
    Provider("Comcast", "comcast.net", _tls("imap.comcast.net"), _out("smtp.comcast.net")),
    Provider("BT", "btinternet.com btopenworld.com talk21.com", _tls("mail.btinternet.com"),
             _out("mail.btinternet.com")),
)  # fmt: skip

_BY_DOMAIN = {domain: each for each in PROVIDERS for domain in each.domains.split()}


def provider_of(address: str) -> Provider | None:
    """Who keeps the mail of this address, as far as the table knows."""
    return _BY_DOMAIN.get(domain_of(address))


def provider_named(name: str) -> Provider | None:
    """The provider of this name."""
    wanted = name.strip().casefold()
    return next((each for each in PROVIDERS if each.name.casefold() == wanted), None)


def domain_of(address: str) -> str:
    """The domain of an address as servers are asked for it."""
    domain = address.rpartition("@")[2].strip().rstrip(".").lower()
    if domain.isascii():
        return domain
    try:
        return domain.encode("idna").decode("ascii")
    except UnicodeError:
        return domain


def guesses(address: str, kind: Kind) -> list[Endpoint]:
    """The servers a domain of one's own is likely to have, the likeliest first: private from the
    start before STARTTLS."""
    domain = domain_of(address)
    hosts = (f"{kind}.{domain}", f"mail.{domain}", domain)
    return [
        Endpoint(host, PORTS[kind, tls], tls)
        for tls in (Tls.IMPLICIT, Tls.STARTTLS)
        for host in hosts
    ]
