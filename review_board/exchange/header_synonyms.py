"""The names that columns go by, as data: field → words, the best first.

Names are compared without case, accents, blanks, brackets and signs, so "Close Date (A)",
``close_date`` and ``CLOSEDATE`` are one. HubSpot, Salesforce, Zoho, Pipedrive, Close, Dynamics, Odoo,
Bitrix, Freshsales, Copper, Insightly, Maven and hand-made lists; further languages have a table of
their own.
"""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from review_board.exchange.compound_headers import ARTICLES, read_compound
from review_board.exchange.header_translations import (
    POINT_GROUPS,
    POINT_GROUPS_TOO,
    TRANSLATIONS,
)
from review_board.exchange.header_words import (
    HUMPS,
    MOST_COLUMNS,
    canonical,
    fold_words,
    word_set,
)
from review_board.pipeline.fields import PLAIN_FIELDS
from review_board.pipeline.text import fold
from review_board.pipeline.typed_amounts import CURRENCY_CODES, CURRENCY_SIGNS

SYNONYMS: dict[str, str] = {
    "id": "id itemid recordid hsobjectid pipedrivesystemid number no nr nummer ref refno reference referenceno "
    "serial serialno key externalid uniqueid uuid code codigo",
    "name": "name dealname title topic lead deal opportunity potential subject bezeichnung titel "
    "titulo betreff negocio oportunidad geschaft verkaufschance nombre prospect prospectname interessent project projectname projecttitle projectdescription",
    "company": "company companyname account accountname organization organisation organizationname "
    "organisationname orgname org customer customername client clientname clientcode customercode "
    "firm firmname firma firmenname unternehmen kunde kundenname empresa nombreempresa cliente "
    "compania cuenta razonsocial societe entreprise associatedcompany associatedcompanyname "
    "companydomain companydomainname associatedcompanydomain business businessname parentcustomer "
    "employer potentialcustomer accountfullname companylegalname accounts companies organizations organisations custname partner partnername partnerid",
    "contact": "contact contactname contactperson contactfullname primarycontact associatedcontact "
    "person personname fullname customercontact ansprechpartner ansprechperson kontakt kontaktname "
    "kontaktperson contacto nombrecontacto nombredecontacto personadecontacto contactinfo "
    "contactdetails contacts associatedcontacts people associatedpeople poc",
    "first_name": "firstname fname givenname vorname nombredepila contactfirstname",
    "last_name": "lastname lname surname familyname nachname apellido apellidos contactlastname",
    "job_title": "jobtitle position role designation funktion cargo puesto contacttitle contactstitle persontitle jobrole",
    "email": "email emailaddress mail workemail emailwork businessemail primaryemail contactemail "
    "contactemails personemail personemailwork emails emailid correo correoelectronico "
    "emailadresse emailhome emailother personalemail emailfrom",
    "phone": "phone phonenumber mobile mobilephone mobilenumber mobilephonenumber mob mobileno tel "
    "telephone telefon telefonnummer telefono movil handy cell cellphone phno phnumber phoneno "
    "contactnumber contactphone contactphones personphone phonework workphone businessphone "
    "whatsapp whatsappnumber phonehome phoneother phones mobilewithoutcountrycode "
    "phonewithoutcountrycode",
    "dial_code": "dialcode dialingcode diallingcode callingcode countrycode countrydialcode "
    "countrycallingcode phonecode phonecountrycode mobilecountrycode isdcode vorwahl landesvorwahl",
    "value": "formattedvalue valueformatted monetaryvalue amountformatted formattedamount amount value closevalue estimatedvalue estvalue estrevenue estimatedrevenue "
    "totalamount totalvalue contractvalue contractamount opportunityamount opportunityvalue "
    "dealsize amountincompanycurrency tcv acv arr size bidamount forecastamount quoteamount price "
    "revenue sale importe importetotal valor monto cuantia betrag wert auftragswert angebotswert "
    "auftragsvolumen volumen umsatz umsatzpotential summe montant mrr expectedrevenue amountin "
    "valuein amountinrupees amountineuro amountinusd annualcontractvalue totalcontractvalue contracttotal budget worth estimatedbudget onetimeamount onetimerevenue annualcontractamount amt",
    "currency": "currency monetaryunit currencycode currencyisocode currencyofvalue dealcurrency valuecurrency "
    "wahrung moneda divisa devise iso4217 curr ccy cur currencyname",
    "probability": "probability closeprobability closureprobability closingprobability "
    "winprobability percent probabilitypercent percentprobability probabilityofclose probabilityofclosing "
    "dealstageprobability stageprobability forecastprobability likelihood confidence winchance "
    "wahrscheinlichkeit abschlusswahrscheinlichkeit probabilidad prob",
    "stage": "stage stagename dealstage pipelinestage salesstage currentstage stagelabel phase "
    "salesphase vertriebsphase verkaufsphase etapa etapadeventa fase step column milestone",
    "status": "status statuslabel statustype dealstatus opportunitystate opportunitystatus outcome "
    "result resultado estado ergebnis statusreason wonlost wonorlost winloss winlost stagesemanticid",
    "is_won": "iswon isclosedwon won haswon gewonnen",
    "is_lost": "islost isclosedlost",
    "is_closed": "isclosed closed",
    "is_deleted": "isdeleted fivetrandeleted deleted deletedat deletedon deleteddate deletiondate datedeleted ismerged "
    "merged mergedat mergedon",
    "is_converted": "isconverted converted convertedat convertedon converteddate dateconverted",
    "is_archived": "isarchived archived archivedat archivedon archiveddate inactive isinactive",
    "is_active": "isactive active activeflag aktiv activo actif ativo attivo",
    "do_not_contact": "donotcontact dnc optout optedout optedoutofall unsubscribedall",
    "do_not_call": "donotcall nocall calloptout phoneoptout donotphone donotcallflag donotallowphonecalls nocalls nocallsplease",
    "do_not_email": "emailoptout hasoptedoutofemail optedoutofemail donotemail noemail emailoptedout "
    "unsubscribed unsubscribedfromallemail isunsubscribed donotallowemails noemails noemailsplease",
    "owner": "owner ownername ownerfullname salesowner salesagent salesrep salesperson "
    "salesrepresentative rep repname accountexecutive accountmanager assignedto assignedrep "
    "assigneduser assignee responsible userresponsible responsiblenname responsable "
    "responsableventas verantwortlich verantwortlicher zustandig betreuer vertriebler vendedor "
    "comercial ejecutivo agent agente username user ownedby ownercode owneremail ownerid ae accountexec salesexec salesexecutive bdr sdr kam keyaccountmanager accountrep "
    "hubspotownerid accountowner contactowner companyowner assignedby manager repowner dealowners seller",
    "created": "created datecreate cdate createddate createdate createdat createdtime createdon creationdate "
    "creationtime datecreated dateadded addtime addedon engagedate signupdate conversiontime "
    "submittedat submissiondate submittime inquirydate enquirydate entrydate opened opendate "
    "openeddate dateopened receiveddate datereceived receivedon leaddate firstseen startdate started angelegt angelegtam erstellt erstelltam erstellungsdatum anlagedatum "
    "fechacreacion fechadecreacion fechaalta fechadealta creado timestamp date fecha datum dateofcreation",
    "close_date": "closedate closingdate closeddate closedat closedon closetime closedtime "
    "actualclosedate actualclose actualclosingdate dateclosed abschlussdatum abschluss fechacierre "
    "fechadecierre cierre closuredate dateofclosure close closemonth decisiondate",
    "expected_close": "expectedclosedate expectedclose expecteddate expectedclosing expectedclosingdate "
    "estimatedclosedate estclosedate estimatedclose estimatedclosing targetclosedate "
    "tentativeclosedate forecastclosedate forecastdate forecastmonth plannedclosedate anticipatedclosedate "
    "erwarteterabschluss erwartetesabschlussdatum geplanterabschluss geplantesabschlussdatum "
    "voraussichtlichesabschlussdatum voraussichtlicherabschluss cierreprevisto "
    "fechacierreprevista fechaprevistadecierre fechaprevistacierre fechaestimadadecierre targetclose expectedby datedeadline closeby",
    "won_on": "wontime wondate wonon wonat datewon gewonnenam angebotunterschrieben signedon "
    "signeddate contractsigned fechaganado fechaganada",
    "lost_on": "losttime lostdate loston lostat datelost verlorenam absage absagedatum absageam "
    "fechaperdido fechaperdida",
    "last_activity": "lastactivity lastactivitydate lastactivitytime noteslastupdated letzteaktivitat ultimaactividad",
    "contacted": "lastcontacted noteslastcontacted lastcontact lastcontactdate lastcontactedon lastcontactedat lastcontactat "
    "lasttouch lasttouchdate lasttouched lasttouchpoint lastinteraction lastinteractiondate dateoflastcontact "
    "lastoutreach lastoutreachdate lastattempt lastattemptdate lastspoken lastspoketo lastfollowup "
    "lastfollowupdate lastfollowedup contactedon contactedat datecontacted contacteddate contactdate "
    "firstcontact firstcontactdate firstcontacted firstcontactedon firsttouch firsttouchdate firstoutreach "
    "dateoffirstcontact initialcontact initialcontactdate letzterkontakt letztekontaktaufnahme "
    "zuletztkontaktiert kontaktiertam erstkontakt ersterkontakt erstkontaktam ultimocontacto "
    "fechaultimocontacto primercontacto fechaprimercontacto contacted",
    "called": "lastcall lastcalldate lastcalled lastcalledon lastphonecall lastcallat firstcall firstcalldate "
    "datecalled calledon letzteranruf letztestelefonat ersteranruf ultimallamada primerallamada called",
    "emailed": "lastemail lastemaildate lastemailed lastemailsent lastemailsentdate lastemailsenton emailedon "
    "firstemail firstemailsent letzteemail letztemail ultimocorreo ultimoemail emailed",
    "replied": "lastreply lastreplydate lastreplied lastrepliedon lastresponse lastresponsedate lastinbound "
    "lastinbounddate lastemailreceived lastemailreceivedon lastincomingemail dateoflastreply repliedon letzteantwort ultimarespuesta replied",
    "met": "lastmeeting lastmeetingdate lastmet firstmeeting firstmeetingdate meetingdate dateofmeeting meton "
    "meetingheld meetinghelddate demodate dateofdemo demoheld demohelddate demoheldon democompleted lastdemo "
    "lastdemodate lastvisit lastvisitdate visitdate sitevisitdate presentationdate discoverymeeting "
    "discoverymeetingdate letztestreffen letzterbesuch letztertermin besuchsdatum erstgesprach "
    "erstgesprachstermin erstgesprachdatum erstgespracham abschlussgesprach ultimareunion primerareunion "
    "fechareunion fechadelareunion ultimavisita met",
    "quote_sent": "quotesent quotesenton quotesentdate quotedate dateofquote quotedon quotationdate quotationsent "
    "quotationsenton proposalsent proposalsenton proposalsentdate proposaldate dateofproposal offersent "
    "offerdate estimatesent estimatesenton estimatedate lastquote lastquotedate angebotsdatum angebotvom "
    "angebotversendet angebotversendetam angebotverschickt angebotverschicktam angebotgesendet "
    "fechapresupuesto fechadelpresupuesto presupuestoenviado fechacotizacion fechaoferta ofertaenviada",
    "times_contacted": "numberoftimescontacted numcontactednotes timescontacted contactattempts callattempts attempts "
    "numberofcalls numberofcontactattempts callcount totalcalls "
    "calls callsmade touches numberoftouches touchcount numberofattempts timescalled noofcalls nooffollowups "
    "numberoffollowups anzahlderkontaktversuche anzahlanrufe kontaktversuche "
    "anzahlkontaktversuche vecescontactado numerodellamadas",
    "next_activity": "nextactivity nextactivitydate notesnextactivitydate activityduedate nextfollowup nextfollowupdate followupdate "
    "followup nextcontact nextcontactdate nextstepdate nextstepduedate nextactiondate nextcall "
    "nextcalldate nextmeeting callbackdate callback nextmeetingdate wiedervorlage wiedervorlageam "
    "nachsteaktivitat nachsterkontakt proximaactividad proximocontacto proximallamada activitydatedeadline",
    "next_step": "nextstep nextsteps nextaction nextactivitysubject activitysubject activitysummary nextactionnotes nachsterschritt "
    "nachsteschritte siguientepaso proximopaso proximaaccion",
    "lost_reason": "lostreason lossreason closedlostreason reasonlost reasonforloss reasonforlost "
    "losereason lostreasondetail reasonoflost absagegrund verlustgrund grundfurverlust "
    "ablehnungsgrund motivoperdida motivodeperdida motivoperdido razonperdida disqualifiedreason "
    "disqualificationreason reasonforlosing lossreasons lostbecause whylost whywelost reasonwelost",
    "source": "source leadsource originalsource originalsourcetype origin leadorigin sourcename "
    "channel campaign campaignname adname utmcampaign utmsource quelle leadquelle herkunft "
    "kampagne fuente origen canal campana",
    "pipeline": "pipeline pipelinename pipelinelabel salespipeline",
    "product": "product productname products productinterest interestedin productdeal produkt "
    "producto servicio",
    "tags": "tags tag labels label etiquetas etiqueta schlagworte",
    "note": "description note notes notecontent comment comments remark remarks additionalinformation message "
    "bemerkung bemerkungen notiz notizen kommentar kommentare beschreibung nota notas comentario "
    "comentarios observaciones descripcion",
    "locations": "locations numberoflocations sites numberofsites branches filialen standorte "
    "sucursales",
}

CONTACT_DAYS = ("met", "quote_sent", "replied", "emailed", "called", "contacted")
"""Days of contacts that took place, the most telling first."""

MANY = frozenset({"email", "phone", "note", "tags", *CONTACT_DAYS})
"""Fields that are read from every column that bears one of their names."""

FIELDS = frozenset(SYNONYMS) | PLAIN_FIELDS.keys()
"""What a column may be read as: a plain field goes by its own name even without a line above."""

BEHIND = 70
"""Rank of the place a deal is about, which is its name only where nothing else is."""
_TRANSLATED_RANK = 30
"""Rank of the first name of a field in a further language: behind the usual ones."""


def _known_names() -> Iterator[tuple[str, tuple[str, int]]]:
    """Yield every name as it is compared, with its field and rank; an earlier one wins."""
    for field in sorted(FIELDS):
        for rank, word in enumerate(SYNONYMS.get(field, field.replace("_", "")).split()):
            yield word, (field, rank)
    translated = [
        (name, (field, rank))
        for names in TRANSLATIONS.values()
        for field, listed in names.items()
        for rank, name in enumerate(listed.split(","), _TRANSLATED_RANK)
    ]
    yield from ((canonical(name), found) for name, found in translated)
    yield from ((short, found) for name, found in translated if (short := _without_articles(name)))


def _without_articles(name: str) -> str:
    """Return a name as a program writes it, ``data_fechamento`` for "Data de fechamento"; else nothing."""
    words = fold_words(name)
    inner = [word for word in words[1:-1] if word not in ARTICLES]
    return "".join((words[0], *inner, words[-1])) if len(inner) < len(words) - 2 else ""


_OF_WORD: dict[str, tuple[str, int]] = {}
for _word, _found in _known_names():
    _OF_WORD.setdefault(_word, _found)

_POINT_GROUPERS = word_set(POINT_GROUPS_TOO) | {
    name
    for language in POINT_GROUPS
    for listed in TRANSLATIONS[language].values()
    for name in map(canonical, listed.split(","))
} - word_set(" ".join(SYNONYMS.values()))
_LEAST_OF_LANGUAGE = 2

_DEALS = (
    "opportunity oportunidad potential verkaufschance geschaft negocio affaire opportunite oportunidade "
    "trattativa opportunita verkoopkans сделка cohoi deal opp"
)
_PREFIXES = (
    *((word, "") for word in ("properties", "property", "masked", "hs")),
    *((word, "deals") for word in _DEALS.split()),
    ("lead", "leads"),
)
_SUFFIXES = ("masked", "usd", "eur", "euro", "gbp", "chf", "inr")

_CURRENCY_WORDS = {
    word: code for word, code in CURRENCY_SIGNS.items() if word.isalpha() and len(word) > 2
} | {
    **{code.lower(): code for code in ("EUR", "USD", "GBP", "CHF", "INR", "JPY")},
    "rs": "INR",
}
_SIGN = re.compile(
    "|".join(
        re.escape(sign) if len(sign) == 1 else rf"(?<![^\W\d_]){re.escape(sign)}"
        for sign in sorted(CURRENCY_SIGNS, key=len, reverse=True)
        if not sign.replace(".", "").replace("/", "").isalpha()
    )
)
_SIGNED = re.compile(rf"(?:{_SIGN.pattern})(?:\s?(?:k|mm?|0{{3}}s?)\b)?")
_WORDS_TOO = word_set("all top pen cup mop bam gel bob")
"""Codes of currencies that are words of a header as well."""
_MONEY_WORDS = frozenset(_CURRENCY_WORDS) | {code.lower() for code in CURRENCY_CODES}


_PEOPLE = word_set("account contact konto kontakt firma cuenta contacto")
_GUARDED = re.compile(
    r"\((?:do not modify|nicht andern|ne pas modifier|no modificar|nao modificar|non modificare|niet wijzigen)\) "
    r"(?P<of>.+)"
)
"""How Dynamics names the columns by which it knows a row again: the record itself holds its id."""


class HeaderMeaning(NamedTuple):
    """What a header may stand for; ``of`` is the kind of list its prefix speaks of, or empty."""

    field: str
    rank: int
    of: str


@lru_cache(maxsize=2 * MOST_COLUMNS)
def meaning_of(header: str) -> HeaderMeaning | None:
    """Return the field that a header names, or ``None`` for one that is not known here."""
    key = canonical(header)
    if guarded := _GUARDED.match(fold(header[:200])):
        return _of_guarded(guarded["of"])
    if found := _meaning(key, ""):
        return (
            found._replace(rank=BEHIND) if key == "propertyname" else _behind_names(header, found)
        )
    if compound := read_compound(header, _OF_WORD, _MONEY_WORDS):
        return _behind_names(header, HeaderMeaning(*compound))
    if (short := _without_articles(header)) and (found := _meaning(short, "")):
        return found
    named = _SIGNED.sub(" amount ", header.casefold())  # "Estimated $k" is an estimated amount
    compound = read_compound(named, _OF_WORD, _MONEY_WORDS) if named != header.casefold() else None
    return HeaderMeaning(*compound) if compound and compound[0] == "value" else None


def _behind_names(header: str, found: HeaderMeaning) -> HeaderMeaning:
    """Return a meaning of a colleague's id or address behind that of the name."""
    end = fold_words(header)[-1:]
    behind = {"id": 2 * _TRANSLATED_RANK, "email": _TRANSLATED_RANK}.get("".join(end), 0)
    return found._replace(rank=found.rank + behind) if found.field == "owner" else found


def _of_guarded(record: str) -> HeaderMeaning | None:
    """Return what a column is that nobody may change: the id of a record, or nothing to read."""
    kinds = {kind for prefix, kind in _PREFIXES if kind and canonical(record) == prefix}
    is_person = canonical(record) in _PEOPLE
    return HeaderMeaning("id", 0, kinds.pop() if kinds else "") if kinds or is_person else None


def is_known(header: str) -> bool:
    """Return whether a cell is the name of a column that is known here."""
    return meaning_of(header) is not None


def groups_by_point(headers: Sequence[str]) -> bool:
    """Return whether the headers are of a language that writes twelve hundred as ``1.200``."""
    found = sum(canonical(header) in _POINT_GROUPERS for header in headers)
    return found >= _LEAST_OF_LANGUAGE and found * 2 >= sum(map(is_known, headers))


def prefix_kind(header: str) -> str:
    """Return ``deals`` or ``leads`` when the header's first word says so, else nothing."""
    key = canonical(header)
    return next((kind for prefix, kind in _PREFIXES if kind and key.startswith(prefix)), "")


def header_currency(header: str) -> str:
    """Return the currency that the header of an amount names (``importe_eur``, ``Amount (US$)``), or nothing."""
    words = [word for word in re.split(r"[\W_]+", HUMPS.sub(" ", header)) if word]
    named = [_CURRENCY_WORDS.get(word.casefold(), "") or _code(word) for word in words]
    if len(words) > 1 and words[-1].casefold() not in _WORDS_TOO:
        named.append(_code(words[-1].upper()))
    if sign := _SIGN.search(header.casefold()):
        named.append(CURRENCY_SIGNS[sign[0]])
    return next(filter(None, named), "")


_COIN = r"(?:[€$£₹]|\b(?:eur|usd|gbp|chf|inr))"
_SCALES = (
    (1000, re.compile(r"\bthousands?\b|\btsd\b|\btausend\b|\bmiles\b|\bmilliers\b|\bmigliaia\b|\bduizend|тыс|[('’]000s?\b|"
                      rf"\(k\)|\b[kt] ?(?:€|\$|£|eur\b|usd\b|gbp\b|chf\b)|{_COIN} ?(?:k|000s?)\b")),
    (1000_000, re.compile(r"\bmillions?\b|\bmio\b|\bmln\b|\bmillionen\b|\bmillones\b|\bmilhoes\b|\bmilioni\b|\bmiljoen|млн|"
                          rf"\(mm\)|{_COIN} ?m[mn]?\b")),
)  # fmt: skip


def header_scale(header: str) -> int:
    """Return by what the amounts under a header are to be multiplied: ``Value (in thousands)``, ``TEUR``."""
    plain = fold(header[:200])
    return next((scale for scale, words in _SCALES if words.search(plain)), 1)


def _code(word: str) -> str:
    """Return a currency code that stands in a header in capitals: "all" and "try" are words."""
    return word if word in CURRENCY_CODES else ""


def _meaning(key: str, of: str) -> HeaderMeaning | None:
    if found := _OF_WORD.get(key):
        return HeaderMeaning(*found, of)
    for prefix, kind in _PREFIXES:
        if key.startswith(prefix) and (inner := _meaning(key[len(prefix) :], kind or of)):
            return inner
    for suffix in _SUFFIXES:
        if key.endswith(suffix) and (inner := _meaning(key[: -len(suffix)], of)):
            return inner
    return None
