"""The words in which lists tell what was done and how it ended, in the languages of the usual programs.

Words are folded (no capitals, no accents). Of ``RESULTS`` the first line with a phrase in the cell wins:
"not connected" is read before "connected". The long ids are those of HubSpot, the same for all its customers.
"""

import re
from collections.abc import Iterable
from enum import StrEnum

from review_board.pipeline.vocabulary import Outcome


class ActivityKind(StrEnum):
    """What sort of thing a row of history is about."""

    CALL = "call"
    EMAIL = "email"
    MEETING = "meeting"
    TASK = "task"
    NOTE = "note"
    QUOTE = "quote"
    FORM = "form"
    MESSAGE = "message"
    LETTER = "letter"
    MAILING = "mailing"
    SEEN = "seen"
    """Opened, clicked, bounced: nobody did anything."""


class ActivityState(StrEnum):
    """How far it is."""

    OPEN = "open"
    DONE = "done"
    CANCELLED = "cancelled"


KINDS: dict[ActivityKind, str] = {
    ActivityKind.SEEN: "email open,email opened,opened,email click,clicked,page view,bounced,email bounce,"
    "delivered,unsubscribed",
    ActivityKind.MAILING: "newsletter,marketing email,bulk email,mass email,mailing,email campaign,rundbrief,"
    "рассылка,boletin,infolettre",
    ActivityKind.QUOTE: "quote,quotation,proposal,offer,angebot,devis,offre,presupuesto,cotizacion,oferta,"
    "orcamento,proposta,preventivo,offerta,offerte,предложение,кп,bao gia",
    ActivityKind.FORM: "form,web form,webform,form submission,enquiry,inquiry,contact form,formular,anfrage,"
    "formulaire,formulario,modulo,formulier,aanvraag,форма,заявка,live chat",
    ActivityKind.NOTE: "note,notes,comment,notiz,kommentar,nota,commentaire,comentario,commento,notitie,"
    "opmerking,заметка,примечание,комментарии,ghi chu",
    ActivityKind.EMAIL: "email,e mail,mail,emailed,incoming email,outgoing email,courriel,correo,"
    "correo electronico,письмо,почта,thu đien tu",
    ActivityKind.CALL: "call,calls,phone,phone call,telephone,dial,called,cold call,anruf,telefonat,telefon,appel,"
    "telephonique,llamada,telefono,ligacao,chamada,telefonema,telefonata,chiamata,oproep,telefoon,"
    "telefoongesprek,звонок,телефон,cuoc goi,goi đien,đien thoai",
    ActivityKind.MEETING: "meeting,demo,appointment,visit,site visit,lunch,dinner,event,presentation,presentacion,apresentacao,prasentation,"
    "presentazione,presentatie,презентация,on site,"
    "besprechung,termin,treffen,besuch,rendez vous,rdv,reunion,cita,visita,reuniao,incontro,"
    "appuntamento,riunione,afspraak,vergadering,bezoek,встреча,визит,cuoc hop,cuoc gap,gap mat",
    ActivityKind.MESSAGE: "sms,text message,whatsapp,linkedin,linkedin message,message,chat,wechat,zalo,telegram,"
    "nachricht,mensaje,mensagem,messaggio,bericht,сообщение,tin nhan",
    ActivityKind.LETTER: "letter,postcard,brief,courrier,carta,lettera,письмо почтои",
    ActivityKind.TASK: "task,to do,todo,follow up,followup,deadline,reminder,aufgabe,wiedervorlage,tache,relance,"
    "tarea,seguimiento,tarefa,compito,taak,opvolging,задача,напоминание,cong viec,nhac nho",
}

RESULTS: dict[Outcome, str] = {
    Outcome.DO_NOT_CONTACT: "do not call,do not contact,remove from list,nicht mehr anrufen,ne plus appeler,"
    "no volver a llamar,nao ligar,non chiamare,niet meer bellen,не звонить,khong goi lai nua",
    Outcome.AUTO_REPLY: "out of office,auto reply,autoreply,automatic reply,abwesenheitsnotiz,"
    "absence du bureau,fuera de la oficina,fora do escritorio,fuori sede,afwezig,автоответ",
    Outcome.DEFERRED: "call back later,callback later,call back,callback,callback requested,call later,"
    "requested callback,ruckruf,spater anrufen,rappeler,a rappeler,llamar mas tarde,volver a llamar,"
    "ligar depois,retornar,richiamare,terugbellen,перезвонить,goi lai sau",
    Outcome.VOICEMAIL: "b2cf5968-551e-4856-9783-52b3da59a7d0,"
    "left voicemail,left vm,left voice mail,voicemail,voice mail,vm,answering machine,"
    "left message,mailbox,nachricht hinterlassen,anrufbeantworter,message vocal,repondeur,messagerie,"
    "message laisse,buzon de voz,dejo mensaje,mensaje dejado,mensaje de voz,correio de voz,caixa postal,"
    "deixou recado,segreteria telefonica,lasciato messaggio,messaggio lasciato,voicemail ingesproken,"
    "автоответчик,голосовая почта,оставил сообщение,hop thu thoai,đe lai tin nhan",
    Outcome.GATEKEEPER: "a4c4c377-d246-4b32-a13b-75a56a4cd0ff,"
    "gatekeeper,left live message,receptionist,front desk,reached assistant,vorzimmer,"
    "sekretariat,sekretarin,secretaire,secretaria,recepcion,recepcao,segretaria,centralino,receptie,"
    "secretaresse,секретарь,thu ky,le tan",
    Outcome.NO_ANSWER: "73a0d17f-1163-4015-bdd5-ec830791da20,9d9162e7-6cf3-4944-bf63-4dff82258764,"
    "17b47fee-58de-441e-a44c-c6300d46f273,"
    "no answer,not answered,unanswered,no response,no reply,not reached,unreachable,busy,"
    "line busy,missed,no pick up,did not pick up,didnt pick up,no contact,not connected,wrong number,"
    "bad number,failed,ring out,rings out,attempted,no show,noshow,no shows,keine antwort,nicht erreicht,"
    "nicht erreichbar,niemand erreicht,besetzt,verpasst,falsche nummer,nicht erschienen,pas de reponse,"
    "sans reponse,pas repondu,occupe,injoignable,manque,faux numero,non joint,sin respuesta,no contesta,"
    "no contesto,no responde,no respondio,ocupado,no disponible,numero equivocado,no se presento,perdida,"
    "sem resposta,nao atendeu,nao atendida,nao respondeu,numero errado,nao compareceu,nessuna risposta,"
    "non risponde,non ha risposto,occupato,irraggiungibile,numero sbagliato,geen gehoor,niet bereikt,"
    "niet opgenomen,bezet,geen antwoord,gemist,не ответил,нет ответа,занято,недоступен,не дозвонились,"
    "недозвон,не берет трубку,пропущенныи,khong tra loi,khong nghe may,may ban,khong lien lac duoc,"
    "khong bat may,goi nho",
    Outcome.ADVANCED: "meeting booked,meeting scheduled,meeting set,appointment set,appointment booked,demo booked,"
    "demo scheduled,quote requested,requested quote,asked for a quote,details completed,details received,"
    "signed quote,signed,order placed,referred,termin vereinbart,angebot angefordert,rendez vous pris,"
    "rdv pris,devis demande,cita agendada,reunion agendada,presupuesto solicitado,reuniao agendada,"
    "orcamento solicitado,appuntamento fissato,preventivo richiesto,afspraak gemaakt,offerte aangevraagd,"
    "встреча назначена,запросил кп,đa hen gap,yeu cau bao gia",
    Outcome.TALKED: "f240bbac-87c9-4f6e-bf70-924b57d47db7,"
    "connected,answered,spoke,spoken,talked,reached,conversation,contacted,replied,reply,responded,"
    "interested,not interested,successful,live call,erreicht,gesprochen,verbunden,telefoniert,angenommen,"
    "beantwortet,kein interesse,joint,repondu,echange,connecte,pas interesse,conectado,conectada,"
    "contestada,contesto,hablado,contactado,respondio,no interesado,atendida,atendeu,falou,respondeu,"
    "sem interesse,risposto,connesso,parlato,contattato,non interessato,bereikt,gesproken,opgenomen,"
    "verbonden,beantwoord,geen interesse,дозвонились,ответил,поговорили,состоялся,не интересно,"
    "đa tra loi,nghe may,đa lien lac,ket noi,khong quan tam",
}  # fmt: skip

STATES: dict[ActivityState, str] = {
    ActivityState.CANCELLED: "canceled,cancelled,rescheduled,deferred,postponed,abgesagt,storniert,verschoben,"
    "annule,annulee,reporte,cancelado,cancelada,aplazado,adiado,annullato,annullata,rinviato,geannuleerd,"
    "verplaatst,отменен,отменена,отменено,huy,đa huy,declined",
    ActivityState.OPEN: "scheduled,planned,open,not started,in progress,waiting,pending,upcoming,incomplete,"
    "not completed,needs action,geplant,offen,ausstehend,in bearbeitung,prevu,prevue,"
    "planifie,planifiee,en cours,en attente,programado,programada,pendiente,agendado,agendada,pendente,"
    "programmato,programmata,in programma,in sospeso,gepland,openstaand,запланирован,запланирована,"
    "запланировано,в работе,đa len lich,đang cho,chua hoan thanh",
    ActivityState.DONE: "completed,complete,done,held,finished,closed,sent,logged,attended,took place,confirmed,"
    "erledigt,abgeschlossen,durchgefuhrt,stattgefunden,gesendet,termine,terminee,effectue,"
    "effectuee,envoye,completado,completada,realizado,realizada,enviado,enviada,concluido,concluida,"
    "feito,completato,completata,fatto,inviato,inviata,voltooid,gedaan,verzonden,завершен,завершена,"
    "завершено,выполнено,отправлено,hoan thanh,đa gui,đa xong",
}

INBOUND = (
    "inbound,incoming,received,eingehend,erhalten,empfangen,entrant,entrante,recu,recue,recibido,recibida,"
    "recebido,recebida,entrada,in entrata,ricevuto,ricevuta,inkomend,ontvangen,входящии,входящая,получено,"
    "đa nhan,goi đen"
)
OUTBOUND = (
    "outbound,outgoing,sent,ausgehend,gesendet,sortant,sortante,saliente,enviado,saida,in uscita,uitgaand,"
    "исходящии,исходящая,goi đi"
)


def phrases(words: str | Iterable[str]) -> re.Pattern[str]:
    """Return what finds any of the phrases as whole words in folded text."""
    listed = words.split(",") if isinstance(words, str) else words
    ordered = sorted(listed, key=len, reverse=True)
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, ordered))})(?!\w)")
