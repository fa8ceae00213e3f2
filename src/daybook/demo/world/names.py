"""Invented names from several parts of the world.

Given and family names are dealt at random within a bank; no combination is
meant to be anybody. A bank also says which languages its families may speak.
"""

from dataclasses import dataclass

import numpy as np

from daybook.demo.world.chance import pick

SERVICE_LANGUAGE = "en"


@dataclass(frozen=True, slots=True)
class Bank:
    key: str
    languages: tuple[str, ...]
    men: tuple[str, ...]
    women: tuple[str, ...]
    families: tuple[str, ...]
    # Some people write their name in another script and like to be addressed so.
    own_script: tuple[tuple[str, str], ...] = ()


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


BANKS = (
    Bank(
        "isles",
        ("en",),
        _words("Callum Rhys Declan Ewan Graham Owen Patrick Stuart Lewis Aidan"),
        _words("Bronwen Eilidh Maeve Hazel Morag Sinead Tamsin Nora"),
        _words(
            "Aldershaw Brannock Corrigane Dunmoor Fairlop Garrowby Hollinside Merrow Penhale "
            "Rathcoole Strathwick Tolland Wexcombe Yarrowlea"
        ),
    ),
    Bank(
        "low countries",
        ("nl", "fr"),
        _words("Bram Daan Floris Gijs Joris Maarten Pieter Ruben Thijs Wouter"),
        _words("Anouk Femke Lotte Marieke Sanne Tineke Veerle Jolien"),
        _words(
            "Broekhoven Dijkgraaf Geldermans Haverkate Kloosterdal Molenbeek Noordwal "
            "Ravenstijn Schellevis Terweide Veenhuis Wielstra Zandvoorde Ooijman"
        ),
    ),
    Bank(
        "german",
        ("de",),
        _words("Anton Bernd Falk Holger Jörg Lukas Matthias Rüdiger Sören Uwe"),
        _words("Annika Birgit Heike Käthe Liesel Margot Ulrike Wiebke"),
        _words(
            "Ahrensfeld Brückmoser Dörrwald Eichgruber Haselböck Kühnapfel Lindhuber "
            "Mühlrath Oelsenbach Rauschgold Sandkühler Tannhofer Weißlinger Zöllbach"
        ),
    ),
    Bank(
        "scandinavian",
        ("sv", "nb", "da"),
        _words("Anders Bjørn Elias Gunnar Håkon Jens Lars Nils Søren Åke"),
        _words("Astrid Freja Gry Ingrid Karin Maja Siv Tuva"),
        _words(
            "Askholm Bergånger Dalskog Fjellvang Granlund Hedestrøm Kvistgård Lövbrink "
            "Myrdahl Nordlien Rønnebæk Skogheim Tångberg Ødegren"
        ),
    ),
    Bank(
        "baltic",
        ("lt", "lv", "et"),
        _words("Andris Darius Gintaras Jānis Kęstutis Mārtiņš Raivo Tõnu Uldis Žygimantas"),
        _words("Aistė Daiva Eglė Ilze Kadri Līga Rūta Zane"),
        _words(
            "Ąžuolynas Bērziņkalns Daugmale Eglītakis Jūrkalns Kadakmäe Laukmanis Miškelis "
            "Ozolvalds Paukšnys Rudzītava Saulėnas Tammesalu Vėjūnas"
        ),
    ),
    Bank(
        "west slavic",
        ("pl", "cs", "sk"),
        _words("Bogdan Jiří Kamil Łukasz Matěj Ondrej Radek Sławomir Tomasz Zdeněk"),
        _words("Agnieszka Božena Hanka Jolanta Ľubica Małgorzata Šárka Zuzana"),
        _words(
            "Brzezowiak Čermolák Dąbrówka Hrubánek Jaworzyk Kaczmarzec Lipovský Mokrzyna "
            "Novotálek Ostrožan Piórkowic Řehounek Sobótkowicz Wierzbowy"
        ),
    ),
    Bank(
        "east slavic",
        ("uk", "ru", "be"),
        _words("Andriy Bohdan Dmytro Fedir Hryhoriy Maksym Oleh Pavlo Taras Yaroslav"),
        _words("Daryna Halyna Iryna Lesya Oksana Olena Svitlana Yulia"),
        _words(
            "Barvinchuk Chornolis Dubrovenko Hrabynets Kalynets Lozovyi Medvynsky Ozerchuk "
            "Pshenychnyk Riznychenko Sosnovyk Ternovets Verbychuk Zhytnyk"
        ),
        (("Olena", "Олена"), ("Dmytro", "Дмитро"), ("Taras", "Тарас"), ("Iryna", "Ірина")),
    ),
    Bank(
        "balkan",
        ("sr", "hr", "sq", "bs"),
        _words("Agron Besnik Dragan Goran Luan Mirko Nenad Petrit Vedran Zoran"),
        _words("Arta Dragana Elira Jasna Ljiljana Mirela Snežana Vjosa"),
        _words(
            "Bjelogorac Çelaj Drenovac Gashtani Hrastović Javorina Kodramali Lješnjak "
            "Mrkonjan Orahovčić Perlaska Ružičić Shkëmbi Vrbanjac"
        ),
        (("Goran", "Горан"), ("Snežana", "Снежана")),
    ),
    Bank(
        "southern",
        ("it", "el", "ro"),
        _words("Andrei Cosmin Dario Kostas Luca Mihai Nikos Răzvan Stavros Vito"),
        _words("Chiara Despina Elena Floriana Ioana Ornella Ștefania Zoe"),
        _words(
            "Altamurro Brancoveanu Castelpoggio Drăgușel Fontebuona Ghiocel Kastrinakis "
            "Lemonidis Montefalchi Pădureț Roccaforti Spinaretti Thalassinos Vulturaș"
        ),
        (("Stavros", "Σταύρος"), ("Despina", "Δέσποινα"), ("Kostas", "Κώστας")),
    ),
    Bank(
        "iberian",
        ("es", "pt", "ca"),
        _words("Álvaro Bruno Duarte Gonçalo Iñaki Joaquín Martim Raúl Tomás Xavier"),
        _words("Begoña Conceição Inês Lucía Marisol Núria Rocío Teresa"),
        _words(
            "Aldeanova Bonfim-Serra Carvalhosa Fontcuberta Hinojal Lagoaça Montealegre "
            "Olivença Peñaflor Quintãs Ribagorza Sotomolino Valdeprado Xirivella"
        ),
    ),
    Bank(
        "turkish",
        ("tr", "ku"),
        _words("Baran Cem Emrah Fikret Gökhan Kadir Onur Serkan Tolga Ümit"),
        _words("Ayşegül Berfin Dilek Elif Gülşen Nurcan Şirin Zehra"),
        _words(
            "Akçadere Bağıryan Çınarlı Demirbahçe Güneşoba Kavaklıdere Kuzugüden Özdağlı "
            "Pınarbaşlı Sarıkavun Taşköprücü Uçarsu Yağmurluk Zeytinoğul"
        ),
    ),
    Bank(
        "arabic",
        ("ar", "fr"),
        _words("Adil Bilal Farid Hicham Jamal Karim Nabil Rachid Samir Younes"),
        _words("Amal Hanane Iman Karima Lamia Nadia Rim Souad"),
        _words(
            "Al-Bustani Ben-Zahra Chafchaouni El-Wadi Haddioui Khouribgi Mansouriya "
            "Nakhlawi Oulad-Brahim Qasbawi Rihani-Tell Sebkhaoui Tazaghine Zeitouni-Amar"
        ),
        (("Younes", "يونس"), ("Samir", "سمير"), ("Nadia", "نادية"), ("Amal", "أمل")),
    ),
    Bank(
        "west african",
        ("fr", "yo", "wo", "en"),
        _words("Adébáyò Chukwudi Ebrima Idrissa Kofi Kwame Moussa Ousmane Seydou Tunde"),
        _words("Abena Aïssatou Efua Fatou Ìfẹ́olúwa Mariama Ngozi Yaa"),
        _words(
            "Adjeikrom Bangouraya Cissokoro Dembélani Ekwuemeka Faladesanmi Konatéba "
            "Mensahene Nwabunike Okonlawo Ouattaraga Sarrabah Tandiala Yeboahmaa"
        ),
    ),
    Bank(
        "horn of africa",
        ("ti", "am", "so"),
        _words("Abdi Dawit Filmon Girma Haile Kidane Liban Mulugeta Tesfay Yonas"),
        _words("Almaz Hodan Ifrah Makeda Selamawit Sagal Tirhas Zewdi"),
        _words(
            "Abrehaley Bekelework Dagaxtur Gebrenegus Habtemikal Jibrilow Kassahunde "
            "Mehariab Nuurcade Samatarow Tekleselam Warsamane Yohanneab Zerabruk"
        ),
    ),
    Bank(
        "vietnamese",
        ("vi",),
        _words("An Bảo Đức Hiếu Khánh Long Minh Quân Sơn Tuấn"),
        _words("Ánh Châu Hạnh Hương Lan Ngọc Thảo Yến"),
        _words(
            "Bùi-Trúc Cao-Thạch Đặng-Liễu Đoàn-Quế Hoàng-Sen Lương-Mai Mạc-Đào Phan-Tùng "
            "Quách-Lâm Tạ-Hồng Thái-Dương Trịnh-Bách Vương-Cúc Đinh-Phong"
        ),
    ),
    Bank(
        "south asian",
        ("ur", "hi", "pa", "ta", "bn"),
        _words("Anand Arif Dilip Harjit Imran Kavinesh Naveed Prakash Rohan Suresh"),
        _words("Anjali Farzana Kamala Meena Parveen Rupa Sunita Tharani"),
        _words(
            "Ambalakaran Bhattarangan Chandrapuri Dharmavel Gulzarani Jhelumi Kaveriyan "
            "Lahorwala Mirpuri-Shah Nilgirimani Phoolwari Rawalani Sarkarpur Thirumala"
        ),
        (("Rupa", "রূপা"), ("Anand", "आनन्द"), ("Kavinesh", "கவினேஷ்")),
    ),
    Bank(
        "caucasus",
        ("ka", "hy", "az"),
        _words("Aram Davit Giorgi Hayk Levan Nodar Rauf Tigran Vakhtang Zaur"),
        _words("Anahit Eteri Gayane Ketevan Lala Manana Nino Sevda"),
        _words(
            "Araratuni Bzhishkatsi Chinaradze Dilijanyan Gilavarli Gudauri-Eli Khachapyan "
            "Lomtatelava Narinjyan Ortachalidze Qarabulaqli Svanishvela Tsaghkuni Zagatali"
        ),
        (("Nino", "ნინო"), ("Hayk", "Հայկ"), ("Levan", "ლევან")),
    ),
    Bank(
        "latin american",
        ("es", "pt"),
        _words("Aurelio César Edwin Fabián Jhon Leonel Néstor Osvaldo Rubén Wilmer"),
        _words("Araceli Dayana Graciela Luz Milagros Paloma Rosaura Yesenia"),
        _words(
            "Achupalla Bocanegro Cordillerano Guayacán Huarangal Itapuã Lomaverde Manguezal "
            "Ñandubay Palosanto Quebrachal Samanguera Totoral Yaguarí"
        ),
    ),
)


def deal_names(
    rng: np.random.Generator, women: list[bool]
) -> tuple[list[tuple[str, str, str]], list[Bank]]:
    """(given, family, preferred) for each, all full names different, and the bank of each.

    Banks go round in a shuffled order, so that each has its equal share.
    """
    banks = [BANKS[i % len(BANKS)] for i in rng.permutation(len(women))]
    taken: set[tuple[str, str]] = set()
    names = []
    for bank, woman in zip(banks, women, strict=True):
        while True:
            given = pick(rng, bank.women if woman else bank.men)
            family = pick(rng, bank.families)
            if (given, family) not in taken:
                break
        taken.add((given, family))
        preferred = dict(bank.own_script).get(given, "")
        names.append((given, family, preferred if rng.random() < 0.6 else ""))
    return names, banks


def deal_languages(rng: np.random.Generator, bank: Bank) -> tuple[tuple[str, ...], bool]:
    """Languages, the best first, and whether an interpreter is needed."""
    home = pick(rng, bank.languages)
    if home == SERVICE_LANGUAGE:
        return (home,), False
    draw = rng.random()
    if draw < 0.45:
        return (SERVICE_LANGUAGE, home), False
    if draw < 0.85:
        return (home, SERVICE_LANGUAGE), False
    return (home,), True
