"""What address books and lists of people call their columns: Google, Outlook, HubSpot, Mailchimp, Odoo and whoever
writes one by hand, in English, Catalan and Spanish."""

from vincle.engine.tabular import header_words as h
from vincle.engine.tabular.header_words import Phrases


def _phrases(text: str) -> Phrases:
    return frozenset(" ".join(phrase.split()) for phrase in text.split(","))


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


ROW_ID = _phrases("""id, record id, contact id, external id, external identifier, leid, euid, uid, card uid, reference,
    contact reference, identificador, codi, codigo, numero, num, id extern, id externo, referencia del contacto""")

# Numbers at which nobody, or somebody else, answers.
NOT_THEIR_PHONE = _words("fax pager telex isdn tty tdd callback radio main assistant assistants manager")
# What says of which sort the cell beside it is.
LABELS = _words("label type etiqueta tipus tipo")
NOT_KEPT = _phrases("photo, foto, image, imagen, imatge, avatar, logo, image 1920, image 128")

UPDATED = _phrases("""updated at, updated on, updated, last updated, last updated on, last update, last modified, last
    modified date, last modified on, date modified, modified, modified at, modified on, modified time, last changed,
    last change, write date, rev, ultima modificacio, darrera modificacio, darrera actualitzacio, data de modificacio,
    data modificacio, actualitzat, actualitzat el, modificat, modificat el, ultima modificacion, ultima actualizacion,
    ultima actualizacion el, fecha de modificacion, fecha modificacion, actualizado, actualizado el, modificado,
    modificado el""")
CREATED = _phrases("""created at, created on, created, create date, date created, creation date, created time, created
    date, date added, added on, added, optin time, confirm time, registration date, date registration, signup date,
    sign up date, subscription date, subscribed on, member since, customer since, client since, joined, joined on, join
    date, data alta, data d alta, data de creacio, data creacio, creat el, alta, soci des de, fecha alta, fecha de alta,
    fecha de creacion, fecha creacion, creado el, socio desde, cliente desde""")

# What a file is called that holds people.
LISTS = _words("""contacts contact people persons person customers clients members subscribers subscribed leads
    donors volunteers students learners pupils staff employees users guests attendees participants families audience
    addresses address book partners res_partner contactes contacte persones clients socis socies membres subscriptors
    donants voluntaris alumnes usuaris participants families agenda contactos contacto personas clientes socios socias
    miembros suscriptores donantes voluntarios alumnos usuarios participantes familias directorio directori
    """)

# A name in one column, or a first name where a surname stands beside it.
PLAIN_NAME = _phrases("name, nom, nombre, prenom")
TITLE = _phrases("title, titol, titulo")
HONORIFICS = _words("""mr mrs ms miss mx dr dra prof sir sr sra srta don dona senyor senyora senor senora madam
    mister doctor doctora professor professora""")

# Said once of a person.
ATTRIBUTES: dict[str, Phrases] = {
    "given_name": h.ATTRIBUTES["given_name"] | _phrases("fname, firstname, primer nom, primer nombre"),
    "middle_name": _phrases("middle name, additional name, second name, segundo nombre, segon nom"),
    "family_name": h.ATTRIBUTES["family_name"] | _phrases("lname, lastname, primers cognoms"),
    "second_family_name": _phrases("second surname, segon cognom, segundo apellido"),
    "name": h.ATTRIBUTES["name"] | _phrases("display name, complete name, nom del contacte, nombre del contacto"),
    "name_prefix": _phrases("name prefix, prefix, honorific, salutation, tractament, tratamiento, prefijo"),
    "name_suffix": _phrases("name suffix, suffix, sufix, sufijo"),
    "nickname": _phrases("nickname, nick, alias, known as, sobrenom, malnom, apodo, mote"),
    "birthday": h.BIRTH | _phrases("birth day, birthday mm dd, data naix, fecha nac, f nacimiento, cumpleanos"),
    "anniversary": _phrases("anniversary, wedding anniversary, aniversario, aniversari"),
    "gender": h.ATTRIBUTES["gender"],
    "language": h.ATTRIBUTES["language"] | _phrases("""preferred language, language code, lang, idioma preferit,
        idioma preferido, llengua preferida"""),
    "company": h.ATTRIBUTES["company"] | _phrases("""company name, organization name, organisation name, organization 1
        name, associated company, related company, account name, parent, nom de l empresa, nombre de la empresa,
        nombre empresa, nom empresa, entitat, entidad"""),
    "department": _phrases("department, organization department, organization 1 department, departament, departamento"),
    "job_title": _phrases("""job title, job, organization title, organization 1 title, position, job position,
        occupation, profession, function, puesto, puesto de trabajo, cargo, carrec, lloc de treball, professio,
        profesion, ocupacio, ocupacion"""),
    "role": _phrases("role, rol, paper, funcio, funcion"),
    "tags": _phrases("""tags, tag, labels, categories, category, groups, group membership, group, etiquetes, etiquetas,
        categoria, categorias, grups, grup, grupos, grupo"""),
    "notes": _phrases("""notes, note, comment, comments, internal notes, remarks, observacions, observaciones, nota,
        notas, comentaris, comentari, comentarios, comentario"""),
    "address_line_2": _phrases("street2, street 2, address 2, address line 2, extended address, linia 2, linea 2"),
    "po_box": _phrases("po box, p o box, apartat de correus, apartado de correos, apartado postal"),
    "province": h.ATTRIBUTES["province"],
    "age": h.ATTRIBUTES["age"],
    "education": h.ATTRIBUTES["education"],
    "disability": h.ATTRIBUTES["disability"],
    "income": h.ATTRIBUTES["income"],
}  # fmt: skip

# Said perhaps of several places; the second is `town_2`. Words that only say which place it is come off first.
REPEATED: dict[str, Phrases] = {
    "address": h.ATTRIBUTES["address"]
    | _phrases("""address line 1, mailing address, full address, postal
        address, adreca postal"""),
    "town": h.ATTRIBUTES["town"],
    "region": h.ATTRIBUTES["region"] | _phrases("state, state region, state province, estat, estado"),
    "postcode": h.ATTRIBUTES["postcode"] | _phrases("zip postal code, zip postcode, c p, codi, codigo"),
    "country": h.ATTRIBUTES["country"] | _phrases("country region, country name, pais regio, pais region, cc"),
    "website": _phrases("""website, website url, web, web page, webpage, url, homepage, website value, pagina web,
        sitio web, lloc web"""),
}
WHICH_PLACE = _words("""home business work personal primary other main mailing private casa particular feina
    treball trabajo empresa 1 2 3""") | {"address"}  # fmt: skip
