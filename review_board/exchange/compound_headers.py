"""Headers of several words: which of them is the noun that names a field, and which only qualify it.

``estimated_deal_value_usd`` is a value, ``Work Direct Phone`` a phone, ``stage_id`` a stage. Each field
has words that do not change what it is; when nothing but a known name is left without them, that is the
field. Any other word ("Weighted value", "Last Modified Date") makes it another column.
"""

import re
from collections.abc import Sequence

from review_board.exchange.header_words import fold_words, word_set

ARTICLES = word_set(
    "de del della delle di du des d la le les l el lo il der die das den van het da do dos das em en"
)
"""Little words that a program leaves out of a name, and a person does not."""
_ANY_FIELD = ARTICLES | word_set(
    "current latest our the of field record crm funnel sales sale deal deals opportunity opp opps pipeline lead "
    "leads prospect masked "
    # of the further languages: articles, and their words for deal, sale and record
    "của "
    "dell fur pelo negocio negociacao trato oportunidad oportunidade affaire transaction opportunite trattativa opportunita "
    "verkaufschance geschaft verkoopkans сделки venta ventas vente vendita vendas verkoop actual actuel actuelle atual attuale aktuelle aktueller "
    "aktuelles huidige huidig текущии текущая текущее giao dich hien tai ban hang đon co hoi funil embudo imbuto entonnoir воронки"
)
_PIPELINE = word_set("pipeline funnel funil embudo entonnoir imbuto pijplijn воронка")
_DEAL = (
    "deal deals opportunity opp opps oportunidad negocio trato affaire opportunite oportunidade trattativa "
    "opportunita verkaufschance geschaft vorgang verkoopkans сделки co hoi"
)
_KIND_OF_WORD = {
    **dict.fromkeys(_DEAL.split(), "deals"),
    **dict.fromkeys(["lead", "leads"], "leads"),
}
_PERSON = (
    "contact contacts person point of primary main key associated related customer client buyer billing "
    "person personne pessoa persona persoon контакт relacionado relacionada vinculado vinculada gekoppeld gekoppelde verbundene verbundenes asociado asociada associado associada associe associee associato associata zugehoriger "
    "zugehoriges zugehorige verknupfter verknupftes gekoppelde ansprechpartner kontakt kontaktperson kunde "
    "kunden contacto contato contatto contactpersoon referente interlocuteur cliente klant контакта "
    "контактного лица клиента nguoi lien he khach hang"
)
_REACH = (
    f"{_PERSON} work business office direct corporate company home personal private secondary other "
    "alternate alternative second mobile cell account first 1 2 3 4 portable fixe bureau pro travail "
    "geschaftlich privat dienst trabajo laboral lavoro trabalho werk mobil movil movel telemovel celular cellulare mobiel di đong "
    "рабочии рабочая мобильныи trabalho residencial outro outros casa domicile autre autres arbeit sonstige "
    "zuhause thuis ander overig ufficio altro otro oficina whatsapp whats app zentrale"
)
_HOPED = (
    "expected estimated est target targeted forecast forecasted projected planned anticipated tentative "
    "probable likely scheduled previsao previsione prevista previsto prevue prevu previsionnelle estimada estimado estimee "
    "potentiel potenziale potencial espere espera prevu estime stimata stimato esperada esperado attendu geschatte verwachte geplande erwarteter "
    "erwartetes voraussichtliches voraussichtlicher geplantes geplanter ожидаемая плановая "
    "предполагаемая du kien geplant erwartet geschatzt prevus estimados gepland verwacht планируемая"
)
_NAMED = (
    "nombre nom nome naam ten ho titulo titre titolo titel intitule bezeichnung название наименование имя "
    "completo complet full"
)
_OFFERED = (
    "angebot angebots devis cotizado cotizada cotizacion propuesta proposta offerta offerte oferta preventivo "
    "orcamento кп предложения bao gia netto brutto neto bruto net ht ttc contrato contrat contratto договора "
    "hop đong auftrag order pedido ordine commande"
)
_PAPER = (
    "quote proposal project angebot projekt dossier devis projet propuesta oferta proyecto proposta projeto offerta "
    "progetto preventivo offerte hop đong giao dich du an"
)
_OUR_PEOPLE = (
    "display mitarbeiter usuario utente utilisateur gebruiker пользователь persona pessoa personne benutzer сотрудник mitarbeiterin dell offerta responsable responsavel responsabile asignado asignada assegnato atribuido assigne comercial commercial "
    "commerciale vendedor charge en compte conta cuenta phu trach nhan vien zustandiger zustandige zustandig "
    "verantwortlicher verkoper ответственныи ответственного"
)
_LAST = "final finale endgultiger endgultige definitivo definitif eindelijke финальныи итоговыи"
_WHEN = "date day time utc on at of in fecha data datum дата ngay am op em le il"

_NUMBERED = re.compile(r"(?<=[^\W\d_])(?=\d(?![^\W_]))")
"""Where the number of a column begins that is one of several: ``Note2``."""
_MOMENT = word_set("datetime timestamp ts")
"""Words of a day with its time, as databases name it: ``contact_datetime``."""

_QUALIFIERS: dict[str, str] = {
    "id": f"{_DEAL} {_PAPER} prospecto prospect record registro datensatz fiche informations d de do da l la der des di van",
    "name": f"title name {_NAMED}",
    "company": f"{_PERSON} {_NAMED} name legal",
    "contact": f"{_PERSON} {_NAMED} name names",
    "first_name": f"{_PERSON} name",
    "last_name": f"{_PERSON} name",
    "job_title": _PERSON,
    "email": f"{_REACH} adresse direccion endereco indirizzo adres address addresses emails id",
    "phone": f"{_REACH} number numbers phones no land line landline",
    "value": f"{_HOPED} {_OFFERED} contract quote quoted monthly potential "
    "total gross net proposal proposed initial final approx approximate rough in of amount value size "
    "offer original",
    "currency": "code iso amount value of the id transaction",
    "probability": "win winning close closing closure percent percentage pct perc of in stage success",
    "stage": f"{_OFFERED} id name label code progress {_LAST}",
    "status": f"{_OFFERED} id name label code {_LAST}",
    "owner": f"{_OUR_PEOPLE} {_NAMED} id name email full user rep primary record assigned to",
    "created": f"{_WHEN} entry original",
    "close_date": f"{_HOPED} {_WHEN} month actual real final",
    "won_on": _WHEN,
    "lost_on": _WHEN,
    "last_activity": f"{_WHEN} customer client buyer contact",
    "contacted": f"{_WHEN} customer client buyer with made",
    "called": f"{_WHEN} customer client buyer with made",
    "emailed": f"{_WHEN} customer client buyer to sent",
    "replied": f"{_WHEN} customer client buyer from received",
    "met": f"{_WHEN} customer client buyer with held done completed took place",
    "quote_sent": f"{_WHEN} customer client buyer to sent last first",
    "times_contacted": "total number num no amount count of customer client buyer",
    "next_activity": f"{_HOPED} {_WHEN} customer client buyer",
    "next_step": "customer description best recommended suggested",
    "lost_reason": "main primary id text category the for",
    "source": "id original name",
    "note": "internal general customer client our 1 2 3 4 5",
    "product": "main primary line",
    "tags": "",
    "do_not_call": "phone has",
    "do_not_contact": "has",
    "do_not_email": "has",
    "is_deleted": "is",
}
_QUALIFIERS_OF = {
    field: word_set(words) | (_ANY_FIELD if field != "id" else frozenset())
    for field, words in _QUALIFIERS.items()
}
_HOPED_WORDS = word_set(_HOPED)

FIRST_RANK = 50
"""Rank of a name with one word more; each further one ranks one lower."""


def read_compound(
    header: str, fields: dict[str, tuple[str, int]], money_words: frozenset[str]
) -> tuple[str, int, str] | None:
    """Return field, rank and kind of list of a header; ``fields`` knows the plain names.

    ``money_words`` name currencies and qualify an amount only. A word that stands twice counts where it
    is first, else where it is last: "point of contact / name / first name".
    """
    parted = _NUMBERED.sub(" ", header)
    words = ["date" if word in _MOMENT else word for word in fold_words(parted)]
    if words[:2] == ["date", "of"]:  # "Date of inquiry" is the inquiry date
        words = [*words[2:], "date"]
    first, last = dict.fromkeys(words), [*dict.fromkeys(reversed(words))][::-1]
    found = _read_words([*first], fields, money_words)
    return found or (_read_words(last, fields, money_words) if last != [*first] else None)


def _read_words(
    words: list[str], fields: dict[str, tuple[str, int]], money_words: frozenset[str]
) -> tuple[str, int, str] | None:
    if not 0 < len(words) <= 10 or (
        words[-1] in _PIPELINE and _KIND_OF_WORD.keys() >= {*words[:-1]}
    ):
        return None
    if plain := fields.get("".join(words)):
        return plain[0], FIRST_RANK, ""
    named = _named_parts(words, fields)
    found: list[tuple[int, str]] = []
    for field, qualifiers in _QUALIFIERS_OF.items():
        allowed = qualifiers | money_words if field == "value" else qualifiers
        parts = named.get(field, ())
        if rank := _words_dropped(words, field, allowed, parts, fields):
            found.append((rank, field))
    if not found:
        return None
    dropped, field = min(found)
    if field == "close_date" and _HOPED_WORDS & set(words):
        field = "expected_close"
    kind = next((_KIND_OF_WORD[word] for word in words if word in _KIND_OF_WORD), "")
    return field, FIRST_RANK + dropped, kind


def _named_parts(
    words: list[str], fields: dict[str, tuple[str, int]]
) -> dict[str, list[tuple[int, int]]]:
    """Return for each field the words that follow each other and name it, by start and end, the longest first."""
    named: dict[str, list[tuple[int, int]]] = {}
    for length in range(len(words) - 1, 0, -1):
        for start in range(len(words) - length + 1):
            if found := fields.get("".join(words[start : start + length])):
                named.setdefault(found[0], []).append((start, start + length))
    return named


def _words_dropped(
    words: list[str],
    field: str,
    allowed: frozenset[str],
    parts: Sequence[tuple[int, int]],
    fields: dict[str, tuple[str, int]],
) -> int:
    """Return how many words must go for the rest to name the field; 0 where it never does.

    The fewest go: words are taken from the ends inwards, so that the noun stays.
    """
    for start, end in parts:
        if allowed.issuperset(words[:start]) and allowed.issuperset(words[end:]):
            return len(words) - (end - start)
    rest = [word for word in words if word not in allowed]
    return len(words) - len(rest) if rest and _names(rest, field, fields) else 0


def _names(words: list[str], field: str, fields: dict[str, tuple[str, int]]) -> bool:
    found = fields.get("".join(words))
    return bool(found and found[0] == field)
