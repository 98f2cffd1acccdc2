"""The sentences that the engine says, marked for translation: it knows one language, the reader may have another.

Each is the engine's own sentence with its values named. What is missing here is shown as the engine said it;
tests/sources/test_words.py finds what is missing.
"""

from django.utils.translation import gettext_noop as _

# Why a row cannot enter
REASONS = (
    _("“%(value)s” in “%(column)s” is not a date"),
    _("“%(value)s” in “%(column)s” lies outside the years 1900 to 9999"),
    _("“%(value)s” in “%(column)s” lies outside %(low)s to %(high)s"),
    _("“%(value)s” in “%(column)s” is not a number"),
    _("“%(value)s” in “%(column)s” is not an amount written with a decimal point"),
    _("“%(value)s” in “%(column)s” is not an amount written with a decimal comma"),
    _("“%(value)s” in “%(column)s” is not the code of a currency"),
    _("“%(value)s” in “%(column)s” is not an e-mail address"),
    _("“%(value)s” in “%(column)s” is not a telephone number"),
    _("“%(value)s” in “%(column)s” does not say who it is"),
    _("“%(value)s” in “%(column)s” is longer than the %(most)s characters that fit"),
    _("“%(column)s” is empty, so it names nobody"),
    _("%(columns)s are empty, so it names nobody"),
    _("“%(column)s” is empty, so it says no date"),
    _("“%(column)s” is empty, so it says not what happened"),
    _("“%(column)s” holds a text of more than %(size)s, the most that fits"),
    _("The row has %(found)s cells where %(expected)s are expected."),
    _("The row has characters that are not %(encoding)s; say which encoding the file is in."),
    _("The formula in %(columns)s has no computed value."),
    _("The row names nobody"),
    _("The row has nothing but a name, which others in the file have too"),
    _("The card does not end."),
    _("The card has more than %(most)s lines."),
    _("The card holds more text than fits."),
    _("Line %(line)s of the file is no line of a card."),
    _("The card has letters that are not of the file's encoding."),
    _("The card is a group of others and not a person."),
    _("The card says neither a name nor an e-mail nor a telephone."),
)

# Why an event of a website, an app or a server cannot enter
EVENTS = (
    _("neither “userId” nor “anonymousId” is there"),
    _("“%(name)s” does not say who it is"),
    _("“%(name)s” is longer than %(most)s letters"),
    _("an event may hold %(size)s"),
    _("it is not a JSON object"),
    _("its type is none of %(types)s"),
    _("“event” is missing: what was tracked has no name"),
    _("its time cannot be read"),
    _("“groupId” is missing or says nothing"),
    _("“previousId” is missing or says nothing"),
    _("its properties are nested too deeply"),
    _("the database cannot keep something in it"),
    _("its name would be one more kind than the catalogue takes"),
)

# Why a column was taken for what it was, and what is asked
GUESSES = (
    _("Kept with each row as it stands."),
    _("Called “%(column)s”."),
    _("Called “%(column)s”, and %(share)s of its cells are dates."),
    _("Its name says little, but %(share)s of its cells are dates."),
    _("Called “%(column)s”, and its numbers are dates counted as %(unit)s."),
    _("Called “%(column)s”, with %(distinct)s different values in %(cells)s cells."),
    _("%(share)s of its cells are e-mail addresses."),
    _("%(share)s of its cells are telephone numbers."),
    _("A name, for want of anything that identifies a person better."),
    _("Called “%(column)s”, with few different words."),
    _("%(distinct)s different words that repeat: %(words)s."),
    _("Called “%(column)s”, and its cells are numbers; multiplied by “%(times)s”."),
    _("Called “%(column)s”, and its cells are numbers."),
    _("Called “%(column)s”: “%(price)s” is the price of one."),
    _("Called “%(column)s”, and its cells are codes of currencies."),
    _("Called “%(column)s”, with numbers on a scale from %(low)s to %(high)s."),
    _("Its cells are texts of %(length)s characters on average."),
    _("Called “%(column)s”: the %(thing)s it was about."),
    _("Called “%(column)s”: the key of something it was about."),
    _("Called “%(column)s”, and it comes back: rows are steps of a case."),
    _("The name of the %(thing)s in “%(column)s”."),
    _("Called “%(column)s”: the person's %(thing)s."),
    _("Called “%(column)s”, and different in every row."),
    _(
        "This is a list of people: nothing that happened is in it. Each row says what was known of one person at the "
        "date in “%(column)s”."
    ),
    _(
        "This is a list of people: nothing that happened is in it. Each row says what was known of one person on the "
        "day the file was written (%(day)s)."
    ),
    _("Pictures are not kept."),
    _("Objects of this type are people."),
    _("So the OCEL standard says."),
    _("Held in “%(column)s” already."),
    _("Which column says who each row is about?"),
    _("No column clearly identifies a person; “%(column)s” was taken. Is that who each row is about?"),
    _("Which column says when it happened? “%(column)s” was taken."),
    _("No column says when it happened, so every row gets the day the file was written (%(day)s)."),
    _("“%(value)s” in “%(column)s”: which comes first, the day or the month?"),
    _(
        "“%(value)s” in “%(column)s”: which comes first, the day or the month? Some values fit only one of the two "
        "and others only the other."
    ),
    _("Most dates in “%(column)s” have the day first, but not all; the others would be rejected."),
    _("Most dates in “%(column)s” have the month first, but not all; the others would be rejected."),
    _("the day"),
    _("the month"),
    _("the day comes first"),
    _("the month comes first"),
    _("“%(value)s” in “%(column)s”: does its mark separate decimals or thousands?"),
    _("decimals are written with a point"),
    _("decimals are written with a comma"),
    _("“%(column)s” was read as satisfaction from %(low)s (worst) to %(high)s (best)."),
    _("No column says what happened; every row was taken as “%(kind)s”."),
    _(
        "No column says what happened; every row was taken as “%(kind)s”. Rows look like lines of orders: each enters "
        "by itself, so an order of three lines counts as three."
    ),
    _("What does a row of this file stand for? For now each is “%(kind)s”."),
)

# How a file was read
NOTES = (
    _("Text in %(encoding)s, cells separated by commas."),
    _("Text in %(encoding)s, cells separated by semicolons."),
    _("Text in %(encoding)s, cells separated by tabs."),
    _("Text in %(encoding)s, cells separated by spaces."),
    _("Text in %(encoding)s, cells separated by “%(mark)s”."),
    _("Lines above the table were left out: “%(words)s”."),
    _("The first line is data already, so the columns have numbers for names."),
    _("The first row is data already, so columns are numbered."),
    _("Sheet “%(sheet)s” was read; not %(others)s."),
    _("Column %(place)s is called “%(name)s” like another one, so here it is “%(given)s”."),
    _("Pictures, logos, sounds and keys of the cards are not kept."),
    _("The columns “line” and “reason” of an earlier import are ignored."),
    _("Its file and its rejected rows were removed on %(day)s, because somebody who was in them has been erased."),
)

# Why a file, or what somebody said of it, cannot be used; and what to do
REFUSALS = (
    _("“%(file)s” is empty."),
    _("“%(file)s” has column names but no rows."),
    _("“%(file)s” has columns but no rows."),
    _("“%(file)s” has no rows below its column names."),
    _("“%(file)s” is not text, so it is not a CSV file whatever its name says."),
    _("“%(file)s” is damaged: it cannot be unpacked to its end."),
    _("“%(file)s” is damaged: it is not a whole Excel workbook."),
    _("“%(file)s” is damaged: it is not a whole Parquet file."),
    _("“%(file)s” is a ZIP archive, not an Excel workbook."),
    _("“%(file)s” has no sheet “%(sheet)s”."),
    _("The file holds nothing but empty lines."),
    _("Nothing says who each row is about."),
    _("Nothing says when each row happened."),
    _("Nothing says what happened in each row."),
    _("Choose the column that identifies the person."),
    _("Choose the column with the date."),
    _("Choose a column or one kind for all rows."),
    _("Choose one of them, and something else for the rest."),
    _("%(columns)s are taken for the same thing."),
    _("Check that it is the file you meant; nothing was imported."),
    _("Check that it is the file you meant."),
    _("Check that the export is complete."),
    _("Ask for the file again."),
    _("Save it again, or save it as CSV."),
    _("Unpack it and import the files inside."),
    _("Export it as CSV, XLSX, JSON Lines or Parquet and import that."),
    _("“%(file)s” holds no card."),
    _("Export the address book again as vCard (.vcf)."),
    _("Export it as CSV, XLSX, JSON Lines, Parquet, vCard, XES or OCEL 2.0."),
    _("Give its encoding, for example cp1252."),
    _("The mapping's “%(key)s” is “%(value)s”; it must be %(wanted)s."),
)

# Why something that a program sent was kept out, or could not enter
SENT = (
    _("It is not JSON."),
    _("It has nothing at “%(path)s”."),
    _("It holds more happenings than are taken at once."),
    _("It is no JSON object."),
    _("Nothing can be made of it."),
    _("A program sends what happens, not a list of people."),
    _("A request may hold 4 MB, unpacked; send less at a time."),
    _("The signature is missing, wrong or too old."),
    _("There is nothing in the body."),
    _("The body says it is gzip and cannot be unpacked."),
    _("The body ends in the middle of its gzip."),
    _("The body is packed in too many parts."),
    _("The content encoding “%(value)s” is not understood; gzip is."),
    _("the database cannot keep something in it"),
    _("its name would be one more kind than the catalogue takes"),
)

# What the page says otherwise: the sentence as it is said, and ours
OTHERWISE = (
    (
        "“%(value)s” in “%(column)s” could have the day or the month first: say which (date_order)",
        _("“%(value)s” in “%(column)s” could have the day or the month first"),
    ),
    ('"%(field)s" is a required property', _("%(field)s is missing")),
    ("the value is less than the minimum of %(limit)s", _("it is less than %(limit)s")),
    ("the value is greater than the maximum of %(limit)s", _("it is more than %(limit)s")),
    ("the value is less than or equal to the minimum of %(limit)s", _("it is not more than %(limit)s")),
    ("the value is greater than or equal to the maximum of %(limit)s", _("it is not less than %(limit)s")),
    ("the value is longer than %(limit)s characters", _("it has more than %(limit)s letters")),
    ("the value is longer than %(limit)s character", _("it has more than %(limit)s letter")),
    ("the value is shorter than %(limit)s characters", _("it has fewer than %(limit)s letters")),
    ("the value is shorter than %(limit)s character", _("it is empty")),
    ("the value is not one of %(limit)s", _("it is none of %(limit)s")),
    ('the value is not of type "number"', _("it is not a number")),
    ('the value is not of type "integer"', _("it is not a whole number")),
    ('the value is not of type "string"', _("it is not text")),
    ('the value is not of type "boolean"', _("it is not yes or no")),
    ("the value is not of types %(limit)s", _("it is none of %(limit)s")),
    ('the value is not a "%(limit)s"', _("it does not look like %(limit)s")),
    ("the value does not match %(limit)s", _("it does not look like %(limit)s")),
    ("the value is not a multiple of %(limit)s", _("it is not a multiple of %(limit)s")),
    ("False schema does not allow the value", _("it should not be there")),
    ("%(limit)s was expected", _("it is not %(limit)s")),
    ("Additional properties are not allowed (%(limit)s was unexpected)", _("%(limit)s should not be there")),
    ("Additional properties are not allowed (%(limit)s were unexpected)", _("%(limit)s should not be there")),
)
