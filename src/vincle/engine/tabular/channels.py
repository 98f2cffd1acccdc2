"""What people call the ways by which they are reached, and the channels those are."""

from vincle.engine.tabular.kinds import folded
from vincle.kernel.words import slug

_WORDS = {
    "web": "web, website, site, internet, online, browser, pagina web, lloc web, sitio web, ecommerce, e commerce",
    "email": "email, e mail, mail, correu, correu electronic, correo, correo electronico",
    "phone": "phone, telephone, call, call center, call centre, telefon, telefono, trucada, llamada",
    "chat": "chat, live chat, webchat, web chat, xat",
    "app": "app, mobile, mobile app, aplicacio, aplicacion, movil, mobil",
    "shop": "shop, store, in store, instore, retail, tienda, botiga",
    "counter": "counter, in person, walk in, desk, office, taulell, presencial, mostrador, finestreta, ventanilla",
    "social": "social, social media, social network, facebook, instagram, twitter, linkedin, tiktok, xarxes, redes",
    "post": "post, letter, postal mail, carta, correu postal, correo postal",
    "sms": "sms, text message",
    "fax": "fax",
    "referral": "referral, derivacio, derivacion",
    "whatsapp": "whatsapp",
}

CHANNELS: dict[str, str] = {folded(word): channel for channel, words in _WORDS.items() for word in words.split(",")}


def channel_of(words: str) -> str:
    """The channel that a source's own words mean; an unknown one keeps its name: 'Self-service' is 'self_service'."""
    return CHANNELS.get(folded(words)) or slug(words, separator="_") or words
