"""What people call the things that happen, and the kinds of the catalogue they mean."""

import hashlib
import re
from collections.abc import Mapping

from vincle.engine.tabular.limits import LONGEST_KIND
from vincle.kernel.words import fold, slug

_WORDS = {
    "order.placed": """order, orders, order placed, new order, purchase, purchases, purchased, sale, sales, sold,
        invoice, invoices, buy, checkout, transaction, transactions, basket, ticket sale, compra, compres, compras,
        comanda, comandes, pedido, pedidos, venda, vendes, venta, ventas, factura, factures, facturas, tiquet""",
    "order.returned": """return, returns, returned, refund, refunds, refunded, credit note, order returned,
        devolucio, devolucions, devolucion, devoluciones, reembossament, reembolso, abono""",
    "order.cancelled": """cancellation, cancelled order, canceled order, order cancelled, anul.lacio, cancel.lacio,
        cancelacion, anulacion, comanda anul.lada, pedido cancelado""",
    "payment.received": "payment, payments, paid, pagament, pagaments, pago, pagos, cobrament, cobro",
    "email.received": """email, emails, e mail, mail, mails, email received, inbound email, incoming email, correu,
        correus, correu electronic, correo, correos, correo electronico""",
    "email.sent": "email sent, outbound email, outgoing email, correu enviat, correo enviado",
    "campaign.opened": "email opened, email open, campaign opened, correu obert, correo abierto",
    "campaign.clicked": "email clicked, email click, campaign clicked, clic en correu, clic en correo",
    "campaign.delivered": "campaign, mailing, newsletter, campanya, campana",
    "coupon.redeemed": "coupon, coupon redeemed, redemption, voucher, cupo, cupon",
    "call.received": """call, calls, phone, phone call, inbound call, incoming call, telephone, trucada, trucades,
        trucada rebuda, llamada, llamadas, llamada recibida, telefon, telefono""",
    "call.made": "outbound call, outgoing call, call made, trucada feta, llamada realizada",
    "chat.message": """chat, chats, live chat, web chat, message, messages, whatsapp, sms, xat, xats, missatge,
        missatges, mensaje, mensajes""",
    "page.viewed": """visit, visits, page view, pageview, page views, pageviews, page visit, view, web visit, visita,
        visites, visitas, pagina vista""",
    "visit.made": "store visit, shop visit, visit in person, visita presencial",
    "file.downloaded": "download, downloads, downloaded, descarrega, descarregues, descarga, descargas",
    "form.sent": "form, form sent, form submitted, form submission, web form, contact form, formulari, formulario",
    "account.opened": """signup, sign up, signed up, registration, registered, register, account opened, new account,
        new customer, join, joined, alta, altes, altas, registre, registro, inscripcio, inscripcion""",
    "account.closed": "account closed, churn, churned, unsubscribe account, baixa, baixes, baja, bajas",
    "survey.answered": """survey, surveys, survey answered, nps, csat, feedback, rating, ratings, questionnaire,
        enquesta, enquestes, encuesta, encuestas, valoracio, valoracion, opinio, opinion""",
    "review.written": "review, reviews, ressenya, ressenyes, resena, resenas",
    "complaint.made": """complaint, complaints, claim, claims, queixa, queixes, queja, quejas, reclamacio, reclamacions,
        reclamacion, reclamaciones""",
    "case.opened": """case, cases, case opened, ticket, tickets, ticket opened, incident, incidents, support request,
        cas, caso, incidencia, incidencies, incidencias""",
    "case.resolved": """case closed, case resolved, ticket closed, ticket resolved, incident closed, incident resolved,
        cas tancat, caso cerrado, incidencia tancada, incidencia cerrada""",
    "case.reopened": "case reopened, ticket reopened, incident reopened, reopened, reoberta, reabierta",
    "donation.received": "donation, donations, gift, donacio, donacions, donacion, donaciones, donatiu, donativo",
    "event.attended": "attendance, attended, event attended, assistencia, asistencia",
    "lesson.answered": "answer, answers, exercise, quiz, assessment, exercici, ejercicio, avaluacio, evaluacion",
    "course.joined": "enrolment, enrollment, enrolled, matricula, matriculacio, matriculacion",
    "comment.written": "comment, comments, comentari, comentaris, comentario, comentarios",
    "idea.shared": "idea, ideas, idees, proposal, proposals, proposta, propostes, propuesta, propuestas",
    "note.written": "note, notes, nota, notas",
}  # fmt: skip

# Folded words -> kind. The table a mapping starts from.
KINDS: dict[str, str] = {
    " ".join(fold(word).replace(".", " ").split()): kind
    for kind, words in _WORDS.items()
    for word in (*words.split(","), kind)
}

DOTTED = re.compile(r"[a-z][a-z0-9_-]*(?:\.[a-z0-9][a-z0-9_-]*)+")
_LONGEST_NAME = 60
_NOT_WORDS = re.compile(r"[\W_]+")


def kind_of(words: str, source: str, known: Mapping[str, str] = KINDS) -> str:
    """The dotted kind that a source's own words stand for.

    A dotted lower-case name is one already; well-known words are looked up in `known` (folded words -> kind);
    anything else becomes a kind of the source: 'Taller de ioga' of 'centre' is 'centre.taller_de_ioga'.
    """
    if DOTTED.fullmatch(words) and len(words) <= LONGEST_KIND:
        return words
    plain = folded(words)
    if plain in known:
        return known[plain]
    name = (
        slug(words, separator="_")[:_LONGEST_NAME].strip("_")
        or f"kind_{hashlib.sha256(words.encode()).hexdigest()[:8]}"
    )
    owner = slug(source, separator="_")[: LONGEST_KIND - _LONGEST_NAME - len("source_.")]
    return f"{owner if owner[:1].isalpha() else f'source_{owner}'}.{name}"


def folded(words: str) -> str:
    """Words as they are looked up: 'E-mail_Received' becomes 'e mail received'."""
    return " ".join(_NOT_WORDS.sub(" ", fold(words)).split())
