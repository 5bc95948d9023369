"""The names and phrases the bookshop is made of. Every person, house and title here is invented."""

FIRST_NAMES = (
    "Adaeze", "Anouk", "Björn", "Bronagh", "Catarina", "Dagny", "Dilara", "Efua", "Élise", "Farid", "Gwenllian",
    "Halvard", "Ilse", "Ingrid", "Jarek", "Jūratė", "Kaveh", "Kwabena", "Leocadia", "Łucja", "Maëlle", "Mireia",
    "Ngozi", "Nils", "Oksana", "Ömer", "Petronella", "Qian", "Rasmus", "Rūta", "Saoirse", "Sándor", "Tadeusz", "Þóra",
    "Uxía", "Vasco", "Wilhelmina", "Xoán", "Yusra", "Žofie",
)  # fmt: skip

FAMILY_NAMES = (
    "Abernath", "Åkerhjelm", "Barros-Quill", "Brask", "Čermáková", "D'Orveaux", "Dubrav", "Eskandor", "Fennimore",
    "Gràcia-Poll", "Hollowby", "Ibbotsen", "Jääskö", "Kettlewyn", "Kőszeghalmi", "Lindqvaal", "MacThorley",
    "Marchettone", "Nwakaeme", "O'Sheridane", "Østergrav", "Pellegrand", "Quistorp", "Rademaekar", "Sommerfjell",
    "Straßmeyr", "Tamberlin", "Uzunoğlar", "Vantongren", "Wrzosowski", "Yarborne", "Zubizarret",
)  # fmt: skip

NAMES_IN_OTHER_SCRIPTS = (
    "Сорена Велькова", "李岚舟", "Ελένη Δρυμού", "水野 灯里", "나서윤", "თამარ ველისძე",
)  # fmt: skip

COUNTRIES = (
    "Norway", "Ghana", "Portugal", "Poland", "Türkiye", "Ireland", "Japan", "Nigeria", "Chile", "Côte d'Ivoire",
    "Canada", "",
)  # fmt: skip

CITIES = (
    "Bergen", "Porto", "Kraków", "Ghent", "Galway", "Accra", "Graz", "Malmö", "İzmir", "Valparaíso",
)  # fmt: skip

HOUSES = (
    "Gannet House", "Driftwood & Daughter", "Éditions du Phare", "Kestrel Yard", "Lanternfish Press",
    "Mühlrad Verlag", "Ninth Ferry", "Old Weir Books", "Papelaria Azul", "Quillon", "Rookery Lane", "Saltpan",
    "Tern & Tide", "Underhill Academic", "Vesterhav Forlag", "Wick and Tallow", "Yellow Plum", "Zagrodnik",
    "Ørn Press", "四つ葉書房",
)  # fmt: skip

GENRES = {
    "Fiction": ("Crime", "Historical", "Science fiction", "Short stories", "Romance"),
    "Non-fiction": ("Biography", "Cookery", "Nature", "Travel", "Mathematics"),
    "Poetry": ("Haiku",),
    "Children": ("Picture books",),
}
"""Each genre of the top with the ones under it."""

SHOPS = (
    "The Long Shelf", "Quayside Books", "Blue Door", "Margin Notes", "The Dog-Ear", "Second Chapter", "Spine & Sons",
)  # fmt: skip

ADJECTIVES = (
    "Amber", "Borrowed", "Crooked", "Distant", "Eleventh", "Forgotten", "Glass", "Hollow", "Inland", "Last",
    "Midnight", "Narrow", "Paper", "Quiet", "Restless", "Silver", "Tidal", "Unfinished", "Velvet", "Winter",
)  # fmt: skip

NOUNS = (
    "Almanac", "Bridge", "Cartographer", "Dovecote", "Estuary", "Ferryman", "Garden", "Harbour", "Island", "Juniper",
    "Kiln", "Lighthouse", "Meadow", "Observatory", "Orchard", "Piano", "Quarry", "River", "Staircase", "Telescope",
    "Vineyard", "Weathervane",
)  # fmt: skip

PLACES = (
    "Ardmoor", "Bellhaven", "Cold Harbour", "Dunmarrow", "the Far Isles", "Gullwick", "Kråkøya", "Vila Serena",
    "Zaspa",
)  # fmt: skip

TITLE_SHAPES = (
    "The {adjective} {noun}", "{noun} and {other}", "The {noun} of {place}", "{a_noun} in {place}",
    "{adjective} {nouns}", "Who Built the {noun}?", "Notes on {a_adjective} {noun}", "From {place} to the {noun}",
)  # fmt: skip

BEFORE_A_ROAD = (
    "Along", "Back to", "Beyond", "Crossing", "Down", "Lost on", "Off", "Under", "We Built",
)  # fmt: skip

AFTER_A_ROAD = (
    "Again", "at Low Tide", "by Bicycle", "Cookbook", "Home", "in Winter", "Revisited", "Songbook", "Under Snow",
)  # fmt: skip

TITLES_IN_JAPANESE = (
    "塩の道の果て", "星図と猫", "渡し舟の朝", "灯台の夜", "霧の時刻表", "鐘の文法",
)  # fmt: skip

SUBTITLES = (
    "A novel", "a novel", "Collected poems", "A memoir in letters", "With 40 drawings", "Stories",
    "An illustrated history",
)  # fmt: skip

REMARKS = (
    "Read it in one sitting, then read it again.", "The cat knocked it off the shelf. The cat was right.",
    "Good maps.", "Too many lighthouses.", "My grandmother wants it back.", "", "I expected a cookbook.",
    "Wunderschön, aber lang.", "The ferry timetable in chapter 9 is out of date.", "10/10 would alphabetise again.",
)  # fmt: skip
