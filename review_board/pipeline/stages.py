"""Words for stages and statuses: where on the board they lead, and how far the sale has come.

Lists name their stages as they like. Their words are understood here alone: an import asks where one
leads, a rule asks whether it is early or late. The patterns are long, and compiled when first asked for.
"""

import re
from enum import Enum, StrEnum, auto
from functools import lru_cache

from review_board.pipeline.text import fold


class StageMeaning(StrEnum):
    """What an imported row means. ``RETIRED`` became another record; ``CLOSED`` says not how.

    ``QUOTE`` is open too, with a quote that is out: a person says so of a word that is not known here.
    """

    OPEN = auto()
    QUOTE = auto()
    CALLBACK = auto()
    NURTURE = auto()
    LOST = auto()
    WON = auto()
    RETIRED = auto()
    CLOSED = auto()


class SaleProgress(Enum):
    """How far an open sale has come; what is neither stands between, or is not known here."""

    EARLY = auto()
    LATE = auto()


_EARLY = (
    r"\bprospect(ing|ed)?\b|qualif|\bnew\b|(?<!hot )(?<!warm )\blead\b|contact|attempt|discover|"
    r"identif|\binitial|\bfirst\b|appointment|\bneu(e[mnrs]?)?\b|kontakt|erstgesprach|nuev|cualific|"
    r"calific|not (yet )?called|screening|decouverte|prise de contact|kwalific|nieuw\b|nuov[oa]\b|"
    r"nov[oa]\b|nouveau|nouvelle|новы|\bнов(ая|ое)\b|подготовк|contatad|\bcontato\b|^potential$|contattat|связ|контакт|квалифик|первичн|\bmoi\b|tiep can"
)
_LATE = (
    r"propos(al|ed|ta)\b|propuesta|negotiat|negocia|verhandl|contract(?!or)|contrat|vertrag|\bquot|"
    r"\boffer|angebot|kostenvoranschlag|cotizacion|oferta|\bdevis\b|\bverbal|commit(?!tee)|bought ?in\b|procurement|\bclosing\b|"
    r"\bang(eb)?\b|abschluss|invoice|\border\b|propost|preventiv|orcamento|offerte|onderhandel|trattativ|negoci|"
    r"переговор|предложени|договор|счет|thuong luong|đam phan|bao gia|hop đong|^((final|pending|awaiting) )?decision( pending)?$"
)
_QUOTE = (
    r"proposal|proposta|\bproposition (commerciale|envoyee|faite|remise)|propuesta|\bquot(e|es|ed|ation)\b|\boffer(s|ed)?\b|angebot|\bang(eb)?\b|kostenvoranschlag|oferta|\bdevis\b|"
    r"propost|preventiv|presupuesto|cotizacion|orcamento|offerte|предложени|bao gia"
)
_NOT_YET_SENT = (
    r"prepar|prep\b|draft|build|creat|request|\bneed|\bpending\b|await|\bto (be|do|send|quote|offer)\b|write|writing|"
    r"entwurf|vorbereit|erstellen|erstellung|in arbeit|anfrag|angefragt|anforder|angefordert|ausstehen|kalkul|schreiben|"
    r"redact|\ba faire|demand|por enviar|\ba enviar|solicit|pedid|da inviare|richiest|aanvra|opstellen|te sturen|"
    r"подготов|запрос|declin|reject|refus|abgelehnt|rechaz|rifiut|recus|afgewez|отклон|\bdue\b|\ba envoyer|zu senden|"
    r"^(no|kein|keine|pas de|aucun|sin|sem|nessun[oa]?|geen|нет|khong|chua)\b"
    r"(?! (repl|respon|repon|answer|feedback|decision|reacti|antwort|ruckmeldung|respuesta|resposta|risposta|ответ))|\bwait\w* (for|on) (the |an? |our )?(quot|propos|offer)|"
    r"\b(not|never|nicht|nie|pas|non|no|nao|niet|nooit|не|khong|chua)( yet| been| noch| encore| ancora| todavia| aun| ainda| nog| еще)* "
    r"(sent|issued|submitted|delivered|out\b|gesendet|versendet|geschickt|verschickt|raus\b|envoye|remis|enviad|inviat|mandat|spedit|"
    r"verstuurd|verzonden|отправл|gui\b)"
)
_BETWEEN = (
    r"prospect|engag|\bopen\b|working|propos|demo|presentation|presentaci|presentazi|apresenta|decision|needs?\b|analysis|"
    r"in progress|\bhot\b|\bwarm\b|\bheiss\b|\bchaude?\b|\bcaliente\b|\bquente\b|\bcald[oa]\b|\bheet\b|горячи|\blauwarm\b|\btiede\b|\btibi[oa]\b|\bmorn[oa]\b|\btiepid[oa]\b|теплы|interes|reach|agendad|agendament|respond|\bactiv[aoe]\b|\bativ[oa]\b|\battiv[oa]\b|\bактивн|evaluat|commit|meeting|review|approach|"
    r"prasentation|vorfuhrung|ausschreibung|\btender|\brf[pqi]\b|contract|quote|schedul|trial|pilot|initial|active|pending|develop|follow|assess|feasib|order|neu\b|"
    r"\bpitch|short ?list|\bdiscuss|^(in ?)?bidding$|^ongoing$|^(un)?assigned$|^e?mailed$|^called$|\bmtg\b|"
    r"^no (answer|response|reply)$|did(n['’]?t| not) (connect|answer|pick)|\brnr\b|^ringing$|switched off|respond(ed|ing)?$|"
    r"\brepl(y|ied)\b|\b[msp]ql\b|\bsal\b|\bvisit(ed)?\b|^agreement|^(best case|upside|backlog|submitted)$|^(draft|entwurf|brouillon|borrador|rascunho|bozza|concept|черновик)$|offen|bedarf|termin|abiert|reunion|seguimiento|en curso|ouvert|en cours|rendez ?vous|relance|"
    r"apert[oa]|in corso|incontro|abert[oa]|em andamento|reuniao|afspraak|gesprek|loopt|открыт|в работе|"
    r"встреч|принима|đang|gap mat|otwart|negocjacj|kwalifikacj|propozycj|\bnow[aey]\b|w toku|oppen|forhandl|kvalificer|\bny(tt)?\b|pagaende|forslag"
)
"""Words of an open sale; where early and late ones stand together, the late ones count."""

_SIGNED_FIRST = r"(\bnda\b|\bloi\b|\bmou\b|letter of intent|non disclosure|term sheet|pilot)"
_MEETING = (
    r"(demo|meeting|call|appointment|presentation|visit|termin|termine|besuch|rendez ?vous|reunion)"
)

_RIVAL = r"(concurren|compet[ei]|concorren|konkurren|wettbewerb|mitbewerb|rival)"
_TO_OTHERS = rf"(vendue?|vendid[oa]|vendut[oa]|verkauft|verkocht) (an|aan|au|aux|al|alla|a|ao|la|an den|an die|a la|aan de) ?{_RIVAL}"
_NO_BUDGET = (
    r"^(no|kein|pas de|sin|sem|nessun|geen) (budget|presupuesto|orcamento)$|"
    r"^нет бюджета$|^khong (co )?ngan sach$"
)

ASKS_FOR_NONE = (
    r"do ?n[o'\u2019]?t (call|contact|disturb|e?mail)|\bdn[cd]\b|opt(ed)?[ -]?out|unsubscri|black ?list|gdpr .*(remov|delet|eras)|"
    r"(asked|wants) (us )?to (stop|be (removed|left alone))|leave (us|me|them) alone|(remove|take) .*(off|from) (the |our |your )?list|"
    r"(nicht|nie) (mehr )?(anrufen|kontaktieren)|(werbe|anruf|kontakt|mail)sperre|keine (werbung|anrufe)\b|abgemeldet|gesperrt|"
    r"ne (plus|pas) (r?appeler|contacter)|desinscri|desabonn|^opposition\b|liste rouge|no (volver a )?(llamar|contactar)\b|"
    r"lista robinson|dad[oa] de baja|nao (ligar|contatar|contactar)\b|descadastrad|non (chiamare|contattare)\b|disiscritt|"
    r"niet (meer )?(bellen|contacteren|benaderen)\b|afgemeld|uitgeschreven|nie (dzwonic|kontaktowac)|wypisan|"
    r"\bring (inte|ej)\b|kontakta (inte|ej)|не (звонить|беспокоить|связываться)|отписал|khong (goi|lien he)\b"
)
"""Words of somebody who wants no calls, emails or contact, folded."""

# The first that is found in the folded words wins: whole phrases before single words, so that "NDA
# signed" is not signed and "not converted" not converted.
_STAGES: tuple[tuple[StageMeaning, str], ...] = (
    (StageMeaning.RETIRED, (
     r"^(archived?|merged|deleted|trashed|archiviert|geloscht|zusammengefuhrt|archivee?|supprimee?|"
     r"fusionnee?|archivad[oa]|eliminad[oa]|borrad[oa]|fusionad[oa]|arquivad[oa]|excluid[oa]|mesclad[oa]|"
     r"archiviat[oa]|eliminat[oa]|unit[oa]|gearchiveerd|verwijderd|samengevoegd|в архиве|архив|"
     r"удален[оа]?|объединен[оа]?|đa luu tru|đa xoa|đa gop)( duplicate| record| lead| deal)?$")),
    (StageMeaning.LOST, (
     rf"{ASKS_FOR_NONE}|\bnot (won|converted|sold)\b|"
     r"\bwon['’]?t\b(?! be lost)|will not (buy|sign|order|proceed)|not going to buy|"
     r"(sold|lost|awarded|went|gone) (to|with) (?!us\b)|qualified out|kein zuschlag|won by (a |the |an )?(competit|other|rival)|"
     r"(chose|bought from|signed with) (a |the |an )?(other|another|competit)|nicht (gewonnen|verkauft)|"
     rf"\bnever (won|sold|signed)\b|bought elsewhere|not proceeding|not a (good |right )?fit|{_TO_OTHERS}|"
     rf"{_NO_BUDGET}|^withdra(wn|ew)|^expired$|out of business|non signee?|"
     r"(nicht|niet) (gekauft|gekocht)|kauft nicht|pas achete|no compr[oa]|nao compr[oa]|non (ha )?comprat|"
     r"не куп|khong mua|mat vao tay|"
     r"no ganad|non gagne|non vint|niet gewonnen|nao ganh|не реализован|không thành|khong thanh|nie wygran|ej (vunn|sald)")),
    (StageMeaning.OPEN, (
     rf"\bsigned (the |an? )?{_SIGNED_FIRST}|{_SIGNED_FIRST}.* (signed|unterschrieben|signee?|firmad[oa]|getekend)|"
     r"\b(to be|not yet|not|being|awaiting|pending|waiting to be|ready to be|about to be) "
     r"(signed|sold|won)|(await|pending|wait|out for|sent for)\w* .*\bsign|renegotiat|re ?schedul|"
     r"\bsigned (up for|by us)\b|\bnot (yet )?qualified yet|not yet qualified|(reject|refus|declin)\w* .*negotiating\b|"
     r"\bfast (?=(ge|unter|ab|zu|sicher)\w|ver[klt])|\b(almost|nearly|casi|presque|quase|quasi|bijna|prawie|nastan|почти)\b|^do wygrania$|"
     r"\b(perdue?|pers[oa]|perdid[oa]) (de|di) (vue|vist)|"
     rf"{_MEETING}\b.*\b(cancel|declin|abgesagt|verschoben|postpon|annul)|"
     rf"(cancel|declin)\w* .*\b{_MEETING}\b|"
     r"(first|initial|erstes|premier) (offer|quote|proposal|angebot|devis) (was )?(reject|declin|refus|abgelehnt)|"
     r"(close|likely|about|expected|going) to (be )?(won|win|sign)|noch nicht|aun no\b|todavia no\b|ainda nao\b|non ancora|pas encore|nog niet|еще не|\bchua\b|nicht unterschrieben|"
     r"zu unterschreiben|zur unterschrift|a signer|da firmare|por firmar|te (onder)?tekenen|a assinar|"
     r"(attente de|pendiente de( la)?|pendente de|attesa di|aguardando( a)?|wacht op( de)?) "
     r"(signature|firma|assinatura|handtekening|ondertekening)|(pas|no|non|nao|niet) (signee?|firmad[oa]|"
     r"firmat[oa]|assinad[oa]|getekend)|ожида\w+ подпис|на подпис|не подписан|\bcho ky\b|chua ky|"
     r"ready to (close|sign)|\bback (in|into|to) (the )?(pipeline|funnel)\b|\bwinnable\b|\bre ?open|\bundecided\b|"
     r"(waiting|awaiting|pending)\b.* (po|purchase order|order)$|\b(po|order) pending|"
     r"(proposal|offer|quote|contract)\b.*(declin|reject)\w*\b.*(revis|rework|redo|counter|second|new )")),
    (StageMeaning.WON, (
     r"\bclosed ?won\b|\bwon\b|^win$|gewonnen|\bganad[oa]s?\b|\bgagnee?s?\b|\bsold\b|\bsigned\b|"
     r"unterschrieben|^customer$|^kunde$|^cliente$|(order|\bpo) (received|placed|confirmed)|countersigned|^onboarded$|^purchased$|^deployed$|"
     r"\bpaid\b(?! (trial|pilot|poc|search|social|ads?|media))|^auftrag$|(auftrag|zuschlag) (erhalten|erteilt)|^(beauftragt|ordered|bestellt|besteld|bestalld|commandee?)$|awarded to us|"
     r"commande (recue|passee|confirmee)|pedido (recibido|recebido|confirmado)|\bassinad[oa]\b|"
     r"ordine (ricevuto|confermato)|(opdracht|order) (ontvangen|binnen|gegund)|\bподписан[оа]?\b|"
     r"^(deal )?success(ful)?$|\bacquisit[oa]\b|đa mua|^(deals?|sales?) (done|made|completed?|confirmed|finali[sz]ed)$|\bganh[oa]s?\b|\bvint[oaie]\b|\bvendid[oa]\b|\bvendut[oa]\b|verkauft|"
     r"verkocht|getekend|\bfirmad[oa]\b|\bfirmat[oa]\b|\bsignee?\b|выигра|успешно реализован|"
     r"сделка успешна|продан[оа]?\b|оплачен|thanh cong|đa thang|^thang$|chot đon|đa chot|đa ky|\bwygran|\bvun(nen|net|na)\b|\bpodpisan|\bsprzedan|\bsald(a|t)?\b")),
    (StageMeaning.LOST, (
     r"\bclosed ?lost\b|\blost\b(?! contact)|\blose\b|\bloss\b|verloren|\bperdid[oa]s?\b|"
     r"\bperdue?s?\b|\bpers[oaie]\b|\bdead\b|abandon|reject|"
     r"declined|refused|absage|\bstornier|zuruckgezogen|^retirad[oa]$|^retiree?$|abgesagt|abgelehnt|cancel|disqualif|unqualif|not qualified|junk|"
     r"not interested|kein interesse|nicht interessiert|khong quan tam|^huy$|no interesad|\bdropped\b|\bno sale\b|descartad|rechazad|"
     r"no longer (interest|need|look|want|requir|in the market)|nicht mehr interess|plus interes|niet meer geinteres|"
     r"ya no (esta )?interes|non piu interes|nao (esta )?mais interes|больше не|\bchurned\b|\bno fit\b|"
     r"bad (fit|lead)|not a fit|\bspam\b|duplicate|unsuccessful|not relevant|nicht relevant|"
     r"no (esta |le |les |me )?(cali?fi[cq]|cualif|interes)|nao (esta )?(qualif|interess|tem interesse)|non (qualif|interes)|nicht qualif|niet gekwalif|niet geinteres|не (квалиф|интерес)|d[ei]sinteres|uninterested|"
     r"kein bedarf|no decision|failure|\bapology\b|\bfailed\b|\bannulee?\b|\brefusee?\b|pas interesse|sans suite|"
     r"annullat|rifiutat|scartat|non interessat|recusad|desqualific|sem interesse|afgewezen|afgevallen|geweigerd|"
     r"geannuleerd|geen interesse|проигра|потерян|отказ|провал|неуспеш|нецелев|that bai|\bthua\b|"
     r"tu choi|đa mat|huy bo|\bprzegran|\butracon|\bstracon|\bodrzucon|\banulowan|\bzdyskwalifikowan|"
     r"\bforlora[dt]e?\b|\bavbojd|\bavvisad|\bavbruten")),
    (StageMeaning.RETIRED, (
     r"\bconverted\b|umgewandelt|konvertiert|\bconvertid[oa]\b|\bconvertit[oa]\b|^convertie?$|"
     r"^omgezet$|geconverteerd|конвертирован|chuyen đoi")),
    (StageMeaning.NURTURE, (
     r"nurtur|newsletter|mailing ?list|recycl|long.?term|contact in (the )?future|future (opportunity|contact|interest)|"
     r"on ?hold|\bpaused?\b|suspended|\bstalled|^(deferred|postponed|verschoben|reportee?|back ?burner)$|parked|dormant|^cold( lead)?$|keep in touch|not ready|"
     r"bad timing|^(kalt|froide?|fri[oa]|fredd[oa]|koud|холодн(ыи|ая))( lead)?$|zuruckgestellt|pausiert|\bruht\b|en pausa|\bpausad[oa]\b|en (veille|sommeil)|\bstand ?by\b|aplazad|^later$|spater|^en attente$|"
     r"^not (right )?now$|^revisit|\bin pausa\b|en pause|^in attesa$|sospes[oa]|^em espera$|suspens[oa]|in de wacht|отложен|заморожен|tam hoan|wstrzyman|\bvilande\b|\bpausad\b")),
    (StageMeaning.CALLBACK, (
     r"call ?back|call (again|later)|follow.?up (later|pending|scheduled|required)|ruckruf|"
     r"wiedervorlage|retornar (a )?ligac|volver a llamar|llamar (mas tarde|luego)|rappel|richiamare|ligar depois|"
     r"terugbellen|перезвон|goi lai")),
    (StageMeaning.CLOSED, (
     r"^(closed?|inactive|completed?|finished|done)$|^cerrad[oa]$|geschlossen|abgeschlossen|^fermee?$|"
     r"^(clos|clotur[ea]e?|cloturee?)$|^chius[oa]$|^(fechad[oa]|encerrad[oa])$|^(gesloten|afgesloten)$|"
     r"^закрыт[оаы]?$|^завершен[оаы]?$|^zamkniet[aey]$|^zakonczon[aey]$|^(stangd|avslutad)a?$")),
    (StageMeaning.OPEN, "|".join((_EARLY, _LATE, _BETWEEN))),
)  # fmt: skip
_HALF_AN_END = (
    r"\b(quot(e|ation)|offer|proposal|estimate|bid|tender)s? (was |is )?(accept|approv|agree)|"
    r"\b(angebot|offerte|offre|devis|oferta|propuesta|presupuesto|proposta|offerta|preventivo) (wurde |est )?"
    r"(angenommen|accept|aceptad|aceit|accettat|akkoord|geaccept|aanvaard)"
)
"""What some call won and others a step before it: nobody but the seller knows."""
_PROGRESS = ((SaleProgress.LATE, _LATE), (SaleProgress.EARLY, _EARLY))


@lru_cache(maxsize=4096)
def stage_meaning(word: str) -> StageMeaning | None:
    """Return where a stage or status leads, or ``None`` when it is not known here."""
    folded = _folded(word)
    return None if re.search(_HALF_AN_END, folded) else _meaning_of(folded)


@lru_cache(maxsize=4096)
def stage_progress(word: str) -> SaleProgress | None:
    """Return how far a sale at this stage has come; ``None`` where it is neither early nor late."""
    folded = _folded(word)
    if _meaning_of(folded) is not StageMeaning.OPEN:
        return None
    return next((progress for progress, words in _PROGRESS if re.search(words, folded)), None)


@lru_cache(maxsize=4096)
def is_quote_stage(word: str) -> bool:
    """Return whether a stage says that the buyer has a quote; one that is still written is none."""
    folded = _folded(word)
    if _meaning_of(folded) is not StageMeaning.OPEN or not re.search(_QUOTE, folded):
        return False
    return not re.search(_NOT_YET_SENT, folded)


def _meaning_of(folded: str) -> StageMeaning | None:
    known = _STAGES if folded else ()  # most prospects name no stage
    return next((meaning for meaning, words in known if re.search(words, folded)), None)


def _folded(word: str) -> str:
    return re.sub(r"[\s_./|-]+", " ", fold(word[:200])).strip()
