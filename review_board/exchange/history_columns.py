"""Which column of a list of activities, notes, contacts or companies says what, and to what it points."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from review_board.exchange.header_words import canonical, fold_words, word_set

FIELDS: dict[str, str] = {
    "id": "activityid taskid eventid callid meetingid noteid engagementid messageid recordid objectid "
    "hsobjectid id uid aktivitatsid",
    "when": "activitydate activitydatetime interactiondate contactdate callstarttime calldatetime calldate "
    "callstart callstartdate meetingdate meetingstarttime meetingstart startdatetime startdate starttime start "
    "eventdate sentdate senttime senton sentat emailsentdate emaildate notedate loggedat loggedon "
    "completeddatetime completeddate completedon completedat markedasdonetime donetime doneon dateandtime "
    "datetime date timestamp ts aktivitatsdatum datum anrufdatum beginn startzeit fecha fechadeactividad "
    "fechadelaactividad fechaactividad fechadellamada inicio datadaatividade data dataattivita "
    "datadellattivita dateactivite datedelactivite datedappel debut activiteitsdatum datumactiviteit begin "
    "датаактивности датазвонка датавстречи дата ngay ngayhoatdong ngaygoi thoigian ocurrio fechayhora fechahora "
    "dataehora datahora datumzeit datumuhrzeit dateheure dataora datumtijd датаивремя",
    "due": "duedate due taskduedate deadline dateddue datedue falligkeitsdatum fallig falligam "
    "fechadevencimiento vencimiento datadevencimento prazo scadenza datadiscadenza dateecheance "
    "datedecheance echeance vervaldatum deadlinedate срок кроковыисрок сроквыполнения hanchot ngayhethan",
    "clock": "time activitytime duetime calltime uhrzeit hora heure ora tijd время gio",
    "created": "createddate createdate createdtime createdat createdon datecreated addtime dateadded erstelltam "
    "fechadecreacion datadecriacao datacreazione datedecreation aangemaaktop датасоздания ngaytao creado criadoem",
    "kind": "activitytype interactiontype type tasktype eventtype tasksubtype eventsubtype engagementtype "
    "communicationtype kind activity channel medium aktivitatstyp aktivitat art typ tipo tipodeactividad "
    "tipodeatividade tipodiattivita typeactivite typedactivite soort typeactiviteit activiteit тип "
    "типактивности вид loai loaihoatdong hoatdong canal canale kanal kanaal канал",
    "outcome": "outcome activityoutcome result calldisposition disposition callresult calloutcome meetingoutcome "
    "callstatus meetingstatus activitystatus taskstatus status state completed complete iscomplete iscompleted "
    "isclosed done isdone ergebnis anrufergebnis erledigt resultado resultadodelallamada estado completada "
    "resultat resultatdelappel statut termine situacao concluida esito stato completata resultaat uitkomst "
    "voltooid результат итог статус выполнено ketqua trangthai hoanthanh",
    "direction": "direction calltype calldirection emaildirection direccion richting direzione direcao richtung "
    "sens направление huong",
    "subject": "subject activitysubject callsubject title name summary activityname meetingname meetingtitle "
    "tasktitle taskname callname callpurpose emailsubject betreff asunto assunto objet sujet oggetto onderwerp "
    "titel тема chude tieude",
    "note": "notes note noteplain notecontent notebody description comments comment details body bodytext text "
    "message content callnotes meetingnotes remarks internalmeetingnotes callagenda notiz notizen beschreibung "
    "kommentar notas descripcion comentarios descricao commentaire commentaires remarque remarques note descrizione "
    "notities omschrijving описание комментарии заметки ghichu noidung mota",
    "by": "owner activityowner callowner taskowner meetingowner ownername assignedto assigned assigneduser "
    "assignedtouser assignee user username createdby createdbyname author salesrep salesagent host besitzer "
    "zugewiesenan verantwortlich propietario responsable asignadoa responsavel proprietario assegnatoa "
    "eigenaar toegewezenaan ответственныи автор nguoiphutrach agente hubspotownerid ownerid executive ejecutivo",
    "email": "email contactemail emailaddress contactemailaddress associatedcontactemail leademail personemail "
    "toemail to recipient recipientemail correo correoelectronico courriel emaildelcontacto emailcontato "
    "attendeeemail emailcontact emailcontacto",
    "phone": "phone phonenumber tonumber contactphone mobile number telefon telefono telephone telefone telefoon "
    "телефон sođienthoai",
    "seconds": "duration calldurationinseconds durationinseconds callduration calldurationseconds",
    "milliseconds": "hscallduration durationmilliseconds durationinmilliseconds durationms",
    "minutes": "minutes durationinminutes calldurationinminutes durationminutes dauerinminuten duree minuten",
}  # fmt: skip
"""Field → the headers that name it, the best first; a row takes the first that it fills."""

_PLACE = {
    word: (field, rank)
    for field, words in FIELDS.items()
    for rank, word in enumerate(words.split())
}

_NOUNS = {
    "deal": "deal deals opportunity opp potential potentials geschaft verkaufschance negocio trato oportunidad "
    "affaire transaction opportunite oportunidade trattativa affare opportunita verkoopkans сделка cohoi "
    "giaodich opportunitytitle",
    "lead": "lead leads prospect interessent лид",
    "contact": "contact contacts contactperson person kontakt kontaktperson contacto contato contatto contactpersoon контакт "
    "lienhe attendee customercontact",
    "company": "company companies account accounts organization organisation org customer unternehmen firma empresa "
    "entreprise societe azienda bedrijf organisatie компания congty client",
    "activity": "activity task event call engagement",
    "any": "what regarding relatedto parent record relatedrecord relatedobject",
    "who": "who",
}  # fmt: skip
_OF_NOUN = {word: of for of, words in _NOUNS.items() for word in words.split()}
_FILLERS = word_set(
    "associated associations results related linked primary main crm hs activity the of to asociado asociada associe associee "
    "associado associato zugehoriger zugehorige zugehoriges zugeordneter gekoppelde"
)
_BARE = word_set("id ids name number") | {""}
_ABOUT = re.compile(
    "(?:property)?(?:hs)?(?:activity|activities|task|call|meeting|event|engagement|email|note|communication|aktivitat|actividad|"
    "activite|atividade|attivita|activiteit|активность)|(?:property)?hs"
)
_BEHIND = 100
"""How far such a header stands behind those that name the field."""
_HOW = re.compile(
    r"(?P<noun>.+?)(?P<how>(?:record|object)?ids?|names?|title|nombre|nom|no|number)?"
)


@dataclass(frozen=True, slots=True)
class Reference:
    """What a column points to: a deal, lead, contact, company … by its id, or by its name."""

    of: str
    by_id: bool | None
    """``None`` where the header does not say which."""


@lru_cache(maxsize=4096)
def reference_of(header: str) -> Reference | None:
    """Return what a column points to: "Associated Deal IDs", ``contact_id``, "Related To"."""
    words = fold_words(header)
    if words[:2] == ["related", "to"]:
        return Reference("any", None if len(words) == 2 else "id" in words[2])
    rest = "".join(word for word in words if word not in _FILLERS)
    rest = "".join(words) if rest in _BARE else rest
    found = _HOW.fullmatch(rest)
    of = _OF_NOUN.get(rest) or (_OF_NOUN.get(found["noun"]) if found else None)
    if of is None or found is None or (rest in _OF_NOUN and rest.endswith("title")):
        return None
    if rest in _OF_NOUN:
        return Reference(of, None) if of in {"deal", "lead", "contact", "company", "any"} else None
    how = found["how"]
    by_id = how.endswith(("id", "ids", "no", "number"))
    return None if not by_id and of in {"activity", "any", "who"} else Reference(of, by_id)


def _place_of(name: str) -> tuple[str, int] | None:
    """Return the field that a header names, with or without what the list is about: "Activity - Done"."""
    if name in _PLACE:
        return _PLACE[name]
    found = _ABOUT.match(name)
    inner = _PLACE.get(name[found.end() :]) if found else None
    return (inner[0], inner[1] + _BEHIND) if inner else None


def history_places(headers: Sequence[str]) -> dict[str, tuple[int, ...]]:
    """Return the columns of each field of a list of activities, the best first."""
    found: dict[str, list[tuple[int, int]]] = {}
    for place, header in enumerate(headers):
        if named := _place_of(canonical(header)):
            found.setdefault(named[0], []).append((named[1], place))
    return {field: tuple(place for _, place in sorted(places)) for field, places in found.items()}


def reference_places(headers: Sequence[str]) -> tuple[tuple[int, Reference], ...]:
    """Return the columns that point to other records."""
    found = ((place, reference_of(header)) for place, header in enumerate(headers))
    return tuple((place, reference) for place, reference in found if reference)
