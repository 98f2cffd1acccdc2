"""What columns are called in English, Catalan and Spanish, and the roles those names stand for."""

import re

from vincle.kernel.words import fold

_HUMP = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
_GAP = re.compile(r"[^a-z0-9€$£]+")

Phrases = frozenset[str]


def words_of(header: str) -> str:
    """A header as plain words: 'InvoiceDate', 'invoice_date' and 'Invoice Date' are all 'invoice date'."""
    return _GAP.sub(" ", fold(_HUMP.sub(" ", header))).strip()


def fit(words: str, phrases: Phrases) -> float:
    """How well a header fits some phrases: 3 when it is one, 2 when it ends with one, 1 when it holds one, else 0."""
    if words in phrases:
        return 3.0
    padded = f" {words} "
    held = [phrase for phrase in phrases if f" {phrase} " in padded]
    if not held:
        return 0.0
    return 2.0 if any(padded.endswith(f" {phrase} ") for phrase in held) else 1.0


def _phrases(text: str) -> Phrases:
    return frozenset(" ".join(phrase.split()) for phrase in text.split(",") if phrase.strip())


EMAIL = _phrases("email, e mail, mail, email address, correu, correu electronic, correo, correo electronico, a e")
PHONE = _phrases("""phone, phone number, telephone, telephone number, tel, mobile, mobile number, cell, cell phone,
    msisdn, whatsapp, telefon, telefono, mobil, movil, telefon mobil, telefono movil""")

PERSON_TYPES = _phrases("""customer, client, user, member, student, learner, pupil, donor, patient, person, contact,
    household, subscriber, caller, author, participant, visitor, guest, buyer, shopper, citizen, voter, volunteer,
    supporter, attendee, consumer, applicant, employee, holder, uid, cliente, usuari, usuario, soci, socia, socio,
    alumne, alumna, alumno, estudiant, estudiante, pacient, paciente, donant, donante, persona, contacte, contacto,
    abonat, abonado, autor, participante, visitant, visitante, ciutada, ciudadano, voluntari, voluntario, llar,
    hogar, familia, comprador""")
_AS_ID = (
    "{}", "{} id", "id {}", "id de {}", "{} number", "{} no", "{} code", "{} key",
    "codi {}", "codigo {}", "num {}", "numero {}",
)  # fmt: skip
PERSON_ID = frozenset(form.format(who) for who in PERSON_TYPES for form in _AS_ID) | _phrases("""dni, nif, nie,
    passport, nhs number, crm id, distinct id, anonymous id, userid, customerid, clientid, cust id""")
ACCOUNT_ID = _phrases("""account, account id, account number, compte, cuenta, profile id, card number, loyalty card,
    carnet""")
NATIONAL_ID = _phrases("soc sec id, ssn, social security number, national id")

WHEN = _phrases("""date, time, datetime, date time, timestamp, time timestamp, when, moment, event time, event date,
    ts, event timestamp, occurred at, happened at, day, data, data hora, data i hora, hora, fecha, fecha hora, fecha
    y hora, dia""")
WHEN_FIRST = _phrases("""order date, invoice date, purchase date, transaction date, sale date, visit date, call
    date, payment date, donation date, booking date, registration date, signup date, answer date, complaint date,
    date submitted, submission date, data compra, data de compra, data comanda, data factura, fecha compra, fecha de
    compra, fecha pedido, fecha factura""")
WHEN_MADE = _phrases("""created at, created on, created, date created, creation date, create time, date received,
    received at, received on, submitted at, submitted on, review time, date registration, date added, recorded at,
    logged at, reg date, ordered at, data creacio, data de creacio, data alta, data registre, fecha creacion, fecha
    de creacion, fecha alta, fecha registro""")
WHEN_OPENED = _phrases("opened at, opened, start, started at, start time, start date, startdate, begin, inici, inicio")
WHEN_LATER = _phrases("""updated at, updated on, updated, modified at, last modified, sent at, date sent, closed at,
    closed, resolved at, end, ended at, end date, enddate, end time, due date, deadline, planned, expiry, expires
    at, completed at, delivered at, shipped at, paid at, final, fi, fin, venciment, vencimiento, last seen, date
    unregistration, sent to company""")
BIRTH = _phrases("""birthday, birth date, birthdate, date of birth, dob, data naixement, data de naixement,
    naixement, fecha nacimiento, fecha de nacimiento, nacimiento, year of birth""")

WHAT = _phrases("""event, event type, event name, action, activity, activity name, interaction, interaction type,
    concept name, type, kind, what, record type, message type, operation, transaction type, touch type, tipus, tipus
    d interaccio, accio, activitat, esdeveniment, tipo, accion, actividad, evento, tipo de interaccion""")
STATE = _phrases("status, state, incident state, ticket state, estat, estado, stage, phase, fase, lifecycle")

CHANNEL = _phrases("""channel, contact type, contact channel, medium, submitted via, via, origin, touchpoint,
    contact method, case channel, sales channel, canal, mitja, medi, medio, origen, canal de contacte, canal de
    contacto""")
PLACE = _phrases("""store, store id, store name, shop, branch, location, place, venue, site, centre, center, office,
    outlet, touchpoint name, botiga, establiment, local, oficina, lloc, tienda, sucursal, centro, establecimiento,
    lugar""")

AMOUNT = _phrases("""amount, total, total amount, total price, order total, order value, dollar value, sales value,
    revenue, sales, net amount, gross amount, amount paid, paid, spend, subtotal, donation amount, sum, grand total,
    line total, purchase amount, amount req, eur, euros, usd, import, import total, import net, total factura, total
    comanda, facturacio, quantia, importe, importe total, total pedido, facturacion, monto, cuantia, cantidad pagada""")
PRICE = _phrases("price, unit price, item price, cost, value, preu, preu unitari, precio, precio unitario, valor")
QUANTITY = _phrases("""quantity, qty, units, number of units, items, number of items, number of cds, quantitat,
    unitats, cantidad, unidades""")
CURRENCY = _phrases("currency, currency code, moneda, divisa")
CURRENCY_WORDS = {
    "eur": "EUR", "euro": "EUR", "euros": "EUR", "€": "EUR", "usd": "USD", "dollar": "USD", "dollars": "USD",
    "gbp": "GBP", "£": "GBP", "chf": "CHF", "mxn": "MXN",
}  # fmt: skip

SCORE = _phrases("""rating, score, nps, nps score, csat, ces, stars, satisfaction, satisfaction score, review score,
    sentiment, alignment, puntuacio, valoracio, satisfaccio, estrelles, puntuacion, valoracion, satisfaccion,
    estrellas""")
MARK = _phrases("grade, mark, marks, exam, nota, nota final, qualificacio, calificacion, assessment")
TEXT = _phrases("""text, comment, comments, message, body, content, description, notes, note, feedback, review,
    review text, remarks, what happened, complaint, narrative, transcript, summary, comentari, comentaris, missatge,
    descripcio, observacions, comentario, comentarios, mensaje, descripcion, observaciones, nota, resum, resumen,
    opinion, opinio""")

STAFF = _phrases("""staff, agent, agent name, operator, employee name, assigned to, assignee, handled by, attended
    by, resource, org resource, salesperson, sales rep, seller, teacher, advisor, responsible, atendio, atendido
    por, ates per, agente, operador, operadora, empleat, empleado, venedor, vendedor, comercial, professor,
    profesor, tecnic, tecnico, responsable""")
STAFF_WRITING = _phrases("updated by, modified by, resolved by, closed by, answered by, signed by, actualitzat per")
STAFF_OPENING = _phrases("opened by, created by, registered by, creat per, creado por, registrado por")

EVENT_ID = _phrases("""id, event id, message id, transaction id, uuid, guid, log id, record id, row id, activity id,
    interaction id, entry id, identity id, id esdeveniment, id evento, id transaccio, id transaccion, id registre,
    id registro""")

ATTRIBUTES = {
    "given_name": _phrases("given name, first name, forename, nom de pila, nombre de pila, prenom"),
    "family_name": _phrases("""surname, last name, family name, cognom, cognoms, apellido, apellidos, primer cognom,
        primer apellido"""),
    "name": _phrases("""name, full name, customer name, client name, user name, username, contact name, student
        name, member name, caller name, nom, nom complet, nom i cognoms, nom client, nombre, nombre completo, nombre
        y apellidos, nombre cliente"""),
    "birthday": BIRTH,
    "town": _phrases("""town, city, suburb, municipality, poblacio, ciutat, municipi, localitat, poblacion, ciudad,
        municipio, localidad"""),
    "postcode": _phrases("postcode, post code, postal code, zip, zip code, zipcode, codi postal, cp, codigo postal"),
    "province": _phrases("province, county, provincia, comarca"),
    "region": _phrases("region, regio, comunitat, comunidad"),
    "country": _phrases("country, country code, pais"),
    "address": _phrases("""address, street, street address, address 1, adreca, carrer, domicili, direccion, calle,
        domicilio"""),
    "gender": _phrases("gender, sex, genere, sexe, genero, sexo"),
    "language": _phrases("language, locale, idioma, llengua, lengua"),
    "company": _phrases("""company, organisation, organization, employer, empresa, organitzacio, organizacion,
        companyia, compania"""),
    "age": _phrases("age, age band, age group, edat, edad"),
    "education": _phrases("education, highest education, estudis, estudios"),
    "disability": _phrases("disability, discapacitat, discapacidad"),
    "income": _phrases("income, household income, ingressos, ingresos"),
}  # fmt: skip

OBJECTS = {
    "order": _phrases("""order, order id, order no, order number, invoice, invoice no, invoice number, invoice id,
        basket, basket id, receipt, receipt number, comanda, num comanda, factura, num factura, tiquet, pedido, num
        pedido, numero factura"""),
    "product": _phrases("""product, product id, product code, sku, stock code, item, item id, item code, article,
        article id, isbn, ean, product name, producte, codi producte, producto, codigo producto, articulo,
        referencia"""),
    "case": _phrases("""case, case id, case concept name, case number, ticket, ticket id, ticket number, incident,
        incident id, incident number, complaint id, request id, cas, expedient, num expedient, caso, expediente, id
        incidencia, incidencia"""),
    "campaign": _phrases("campaign, campaign id, campaign name, campanya, campana, utm campaign"),
    "course": _phrases("""course, course id, course code, code module, module, subject, curs, curso, assignatura,
        asignatura"""),
    "assessment": _phrases("assessment id, id assessment, exam id, test id, quiz id, exercise id"),
    "session": _phrases("session, session id, visit id, sessio, sesion"),
    "project": _phrases("project, project id, projecte, proyecto"),
    "proposal": _phrases("proposal, proposal id, proposta, propuesta"),
}  # fmt: skip
OBJECT_LABELS = {
    "product": _phrases("""description, product name, item name, product, product description, descripcio,
        descripcion, nom producte, nombre producto, article"""),
}  # fmt: skip
