//! Short notes: a plain word for a danger is enough, and a word in passing neither calls it off nor makes one.
//!
//! Written from the label scheme of the notes, not from answers: each is what a call taker types in five words.

use kabat_classify::{Classifier, Note, RuleSet, Verdict};
use kabat_core::Priority;

/// A note and the category that it must get.
type Case = (&'static str, &'static str);

/// Life in danger, in few and plain words: priority 1.
const DANGERS: [Case; 94] = [
    ("toddler choking at restaurant", "medical"),
    ("baby choking, can't breathe", "medical"),
    ("kind, stukje appel in keel, kan niet ademen", "medical"),
    ("man gestoken op straat", "police"),
    ("mijn vriend is gestoken, veel bloed", "police"),
    ("twee jongeren gestoken aan het station", "police"),
    ("mes in hals, bloedt hevig", "police"),
    ("couteau dans le cou, saigne beaucoup", "police"),
    ("couteau dans le flanc", "police"),
    ("knife in his neck, lots of blood", "police"),
    ("my brother got shot twice", "police"),
    ("someone shot outside the bar", "police"),
    ("man shot in the leg", "police"),
    ("il tire sur des passants", "police"),
    ("quelqu'un tire sur tout le monde", "police"),
    ("wife blacked out on the couch, not responding", "medical"),
    ("praat plots wartaal, 70j, mond scheef", "medical"),
    ("suddenly talking nonsense, face drooping", "medical"),
    ("keukenbrand, opa nog binnen", "fire"),
    ("huis in brand, bewoner nog binnen", "fire"),
    (
        "bestuurder geraakt niet uit zijn wagen, gecrasht",
        "traffic",
    ),
    ("kind heeft aanval, schuim op de mond, schokt", "medical"),
    ("aanval, schokt over heel het lichaam", "medical"),
    ("schuim op de lippen en schokken", "medical"),
    ("homme en train de se noyer dans le canal", "rescue"),
    ("il se noie, étang", "rescue"),
    ("kajak tegen boot, man in het water", "rescue"),
    ("voiture contre un mur, conducteur coincé", "traffic"),
    ("la maison a sauté, gravats partout", "fire"),
    ("elle est sur le pont, va sauter", "medical"),
    ("bras coincé dans la moissonneuse", "rescue"),
    ("arm caught in combine harvester", "rescue"),
    ("heard bangs like gunshots in the street", "police"),
    ("coup de fusil dans le dos, il saigne", "police"),
    ("schoten in hoofd, man ligt dood op straat", "police"),
    ("in onderrug geschoten door inbreker", "police"),
    (
        "on entend comme des coups de fusil dans l'immeuble",
        "police",
    ),
    ("reçu deux balles dans la jambe", "police"),
    ("tire sur les passants avec une carabine à air", "police"),
    ("not fireworks, real shots, man bleeding", "police"),
    ("found her unconscious on the kitchen floor", "medical"),
    ("belde daarnet, nu bewusteloos", "medical"),
    (
        "elle est retrouvée inconsciente dans la salle de bain",
        "medical",
    ),
    ("pijn op borst straalt uit naar linkerarm, zweet", "medical"),
    (
        "Brustschmerz strahlt in linken Arm, kalter Schweiß",
        "medical",
    ),
    ("man is in het water terecht gekomen", "rescue"),
    (
        "einer ist frei, zweiter noch unter Maschine eingeklemmt, kommt schnell",
        "rescue",
    ),
    (
        "des gamins qui jouent sur les rails, train arrive",
        "traffic",
    ),
    ("kind piept bij ademen, ziet blauw", "medical"),
    ("auto aan de verkeerde kant op de snelweg", "traffic"),
    ("iemand rijdt langs de verkeerde kant op de E19", "traffic"),
    ("tombé du pont sur la berge, 6 m", "medical"),
    ("von der Brücke gestürzt, liegt unten", "medical"),
    ("enlevée de force dans une voiture", "police"),
    ("Frau tot in der Wohnung, noch warm", "medical"),
    ("personne coincée sous une voiture", "traffic"),
    (
        "finalement elle a quand même mal à la poitrine et transpire",
        "medical",
    ),
    (
        "mon mari s'est réveillé avec une douleur dans la poitrine",
        "medical",
    ),
    ("a man turned up at the school with a knife", "police"),
    ("oh sorry, my mother can't breathe, please hurry", "medical"),
    (
        "nobody answers the door, I see her on the floor, not moving",
        "medical",
    ),
    (
        "laat maar niemand binnen, huis staat in brand, opa zit boven",
        "fire",
    ),
    ("homme poignardé en promenant son chien", "police"),
    ("man neergestoken, zijn hond staat ernaast", "police"),
    ("dame dans le canal avec son chien", "rescue"),
    ("man en hond in kanaal gevallen", "rescue"),
    ("inbreker in kanaal gesprongen, gaat kopje onder", "rescue"),
    ("train a percuté un homme et son chien", "traffic"),
    ("Geiselnahme, zwei Frauen werden festgehalten", "police"),
    ("clients retenus dans la banque", "police"),
    ("vom Dach gestürzt, 6 Meter, stöhnt", "medical"),
    ("Kind unter Wasser im Schwimmbad", "rescue"),
    ("enfant tout raide, yeux révulsés", "medical"),
    ("hij wurgt haar, ze wordt blauw", "police"),
    ("homme en train de tirer sur des gens", "police"),
    ("quelqu'un a tiré dans le café", "police"),
    ("schutter op kerstmarkt, mensen liggen neer", "police"),
    ("juwelier: man met hamer slaat vitrines in", "police"),
    ("bijouterie, deux hommes armés", "police"),
    ("she has had a fit, still jerking", "medical"),
    ("elle pousse, le bébé arrive", "medical"),
    ("fait un AIT, ne parle plus", "medical"),
    (
        "voies respiratoires obstruées par un morceau de pain",
        "medical",
    ),
    ("bleeding from neck, wont stop", "medical"),
    ("homme emporté dans l'Ourthe", "rescue"),
    ("gasfles in brand, gaat ontploffen", "fire"),
    ("feu au foyer pour personnes handicapées", "fire"),
    ("brand in foyer van het theater, mensen binnen", "fire"),
    ("ils l'ont mis de force dans une voiture", "police"),
    ("vastgeraakt in modder tot borst, vloed komt op", "rescue"),
    (
        "diabeet heeft drugs genomen, bewusteloos, suiker 30",
        "medical",
    ),
    (
        "moto onderuit gegaan in de bocht, man bewusteloos",
        "traffic",
    ),
    (
        "fût renversé, produit chimique, deux ouvriers toussent",
        "hazmat",
    ),
    ("dakwerker gevallen van dak, benen gebroken", "medical"),
];

/// Words in passing that sound like a call-off, a test, a joke or a greater danger: the category stands, and it is not priority 1.
const IN_PASSING: [Case; 38] = [
    ("a car drove into the back of mine, neck hurts", "traffic"),
    (
        "van drove into the wall of my garage, nobody hurt",
        "traffic",
    ),
    ("der Einbrecher ist wieder da, im Garten", "police"),
    ("mein Ex ist wieder da und hämmert an die Tür", "police"),
    (
        "livreur de pizza renversé par une voiture, jambe cassée",
        "traffic",
    ),
    (
        "livreur de pizza braqué, deux hommes partis avec la caisse",
        "police",
    ),
    (
        "smoked something, giggling, heart racing, confused",
        "medical",
    ),
    ("been gebroken bij oefening van de brandweer", "medical"),
    ("bei einer Übung gestürzt, Bein gebrochen", "medical"),
    (
        "code donné pour la barrière, brûlure au bras au barbecue",
        "medical",
    ),
    ("Verlegung nach Lüttich, stabil", "medical"),
    ("kommt nicht mehr hoch, Hexenschuss", "medical"),
    (
        "wrong account number, money sent to a fake landlord",
        "police",
    ),
    ("swallowed a strip of paracetamol, says sorry", "medical"),
    (
        "two people swapping insurance details, small dent",
        "traffic",
    ),
    ("my bike was pinched from the station", "police"),
    ("singing and noise in the street", "police"),
    ("child has a cold, wants a doctor on Monday", "medical"),
    (
        "voiture devant l'accès du garage, conducteur introuvable",
        "police",
    ),
    ("pitbull bit me in the arm", "medical"),
    ("vrouw meldt hond in kanaal", "rescue"),
    ("shoplifter being held by the guard", "police"),
    ("can I swim in the river here", "other"),
    ("une rafale a arraché des tuiles", "technical"),
    (
        "oma ligt achter de deur en roept hulp, ruit is stuk geslagen",
        "rescue",
    ),
    ("verdacht pakket onder bank, hond ruikt eraan", "police"),
    ("sac suspect à la gare, odeur bizarre", "police"),
    ("dronken chauffeur zigzagt, hond op de achterbank", "police"),
    (
        "chien a mordu l'enfant à la main près de la portière",
        "medical",
    ),
    ("enfant disparu depuis hier, blessé à la tête", "police"),
    ("gsm gerold op kerstmarkt", "police"),
    (
        "clés restées à l'intérieur, rien sur la cuisinière",
        "technical",
    ),
    ("Lift steht, Techniker hat eine Stunde Anfahrt", "rescue"),
    ("trottoir en pavés, cheville tordue", "medical"),
    ("alarm juwelier, camera toont beweging", "police"),
    ("intercom dead, three of us in the lift, all fine", "rescue"),
    ("cheminée à ramoner, qui contacter", "other"),
    ("manteau volé au vestiaire", "police"),
];

/// The notes whose answer is not as wanted, with what they got.
fn wrong(cases: &[Case], fits: impl Fn(&Verdict) -> bool) -> Vec<String> {
    let classifier = Classifier::new(RuleSet::base());
    let verdicts = cases
        .iter()
        .map(|&(text, category)| (text, category, classifier.classify(&Note::new(text))));
    verdicts
        .filter(|(_, category, verdict)| {
            verdict.category.as_deref() != Some(category) || !fits(verdict)
        })
        .map(|(text, _, verdict)| format!("{text}: {:?} {:?}", verdict.type_code, verdict.priority))
        .collect()
}

#[test]
fn a_plain_word_for_a_danger_is_enough() {
    let urgent = |verdict: &Verdict| verdict.priority == Some(Priority::P1);
    let wrong = wrong(&DANGERS, urgent);
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn a_word_in_passing_decides_nothing() {
    let calm = |verdict: &Verdict| verdict.priority != Some(Priority::P1);
    let wrong = wrong(&IN_PASSING, calm);
    assert!(wrong.is_empty(), "{wrong:#?}");
}
