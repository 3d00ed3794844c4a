//! Call notes a second without and with trace, a note of 2 kB, and the time to compile the base set, beside a loop that looks
//! every term up with `contains`.
//!
//! `zen-engine` is no rival here: its build was measured at more than six minutes on two cores, longer than everything else
//! together, and it reads no text.

use std::hint::black_box;
use std::time::Duration;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use kabat_classify::{Classifier, Note, RuleSet};

const NOTES: [&str; 6] = [
    "opa zit blauw in zetel, geen ademhaling meer",
    "incendie d'appartement au 3e, quelqu'un est encore dedans",
    "Auffahrunfall ohne Verletzte, beide Wagen stehen am Rand",
    "elderly man fell off his bike, hip pain, awake",
    "wespennest in de rolluikkast van kinderkamer, niemand gestoken",
    "mon vélo a été volé devant la gare hier soir",
];

fn classify(c: &mut Criterion) {
    let classifier = Classifier::new(RuleSet::base());
    let notes = NOTES.map(Note::new);
    let terms: Vec<String> = classifier
        .rule_set()
        .document()
        .concept
        .values()
        .flat_map(|k| [&k.nl, &k.fr, &k.de, &k.en])
        .flat_map(|list| list.split(','))
        .map(|term| term.trim().trim_matches('*').to_owned())
        .collect();
    let mut group = c.benchmark_group("classify");
    group
        .measurement_time(Duration::from_secs(1))
        .warm_up_time(Duration::from_millis(300))
        .sample_size(10);
    group.throughput(Throughput::Elements(6));
    group.bench_function("no_trace", |b| {
        b.iter(|| {
            notes
                .iter()
                .filter(|n| classifier.classify(black_box(n)).is_unknown())
                .count()
        })
    });
    group.bench_function("trace", |b| {
        b.iter(|| {
            notes
                .iter()
                .filter(|n| classifier.explain(black_box(n)).verdict.is_unknown())
                .count()
        })
    });
    let long: String = NOTES.join(". ").chars().cycle().take(2_000).collect();
    let long = Note::new(long);
    group.throughput(Throughput::Bytes(2_000));
    group.bench_function("trace_2_kb", |b| {
        b.iter(|| classifier.explain(black_box(&long)).trace().len());
    });
    group.throughput(Throughput::Elements(6));
    group.bench_function("naive_contains", |b| {
        b.iter(|| {
            NOTES
                .iter()
                .map(|n| {
                    let text = black_box(n).to_lowercase();
                    terms
                        .iter()
                        .filter(|term| text.contains(term.as_str()))
                        .count()
                })
                .sum::<usize>()
        });
    });
    group.finish();
    let mut group = c.benchmark_group("classify_compile");
    group
        .measurement_time(Duration::from_secs(2))
        .sample_size(20);
    group.bench_function("base", |b| b.iter(RuleSet::base));
    group.finish();
}

criterion_group!(benches, classify);
criterion_main!(benches);
