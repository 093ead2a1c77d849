//! Any order, any batches, any sharing out over threads: the same incidents, to the byte.

use crate::invented::{Dice, articles, digest};
use account::Kind;
use archive::{Archive, Author, Filter, Pointed, Told};
use incident::{Decided, Filed, Group, Incident, Linker};

/// All incidents as JSON, in the order of their ids.
fn json(mut incidents: Vec<Incident>) -> String {
    incidents.sort_by(|a, b| a.id.cmp(&b.id));
    serde_json::to_string(&incidents).unwrap()
}

/// Everything that the archive says of its incidents.
fn dump(archive: &Archive) -> Vec<String> {
    let mut out = Vec::new();
    let each = |w: archive::Whole| -> Result<(), ()> {
        out.push(format!("{} {:?}", serde_json::to_string(&w.incident).unwrap(), w.accounts));
        Ok(())
    };
    archive.incidents(&Filter::default(), each).unwrap().unwrap();
    out
}

/// Links accounts that come in the order given, compared in stretches on so many threads, parts in an order of their own.
fn linked(filed: &[Filed], threads: usize, d: &mut Dice) -> String {
    let mut linker = Linker::default();
    filed.iter().for_each(|f| _ = linker.add(f));
    let round = linker.round(&Decided::default(), &[]);
    let mut cuts: Vec<usize> = (1..threads).map(|_| d.below(round.len() + 1)).chain([0, round.len()]).collect();
    cuts.sort_unstable();
    let edges = std::thread::scope(|s| {
        let round = &round;
        let handles: Vec<_> =
            cuts.windows(2).map(|w| (w[0], w[1])).map(|(a, b)| s.spawn(move || round.edges(a..b))).collect();
        let mut found: Vec<_> = handles.into_iter().map(|h| h.join().unwrap()).collect();
        d.shuffle(&mut found);
        found.concat()
    });
    let mut parts = round.parts(&edges);
    d.shuffle(&mut parts);
    let incident = |g: &Group| linker.incident(g, &g.accounts.iter().map(|n| &filed[*n as usize]).collect::<Vec<_>>());
    json(parts.iter().flat_map(|p| round.groups(p)).map(|g| incident(&g)).collect())
}

#[test]
fn linking_knows_no_order_and_no_threads() {
    // The larger ones have keys that so many share that they are hubs.
    for (seed, count) in (0..).zip([60, 90, 150, 420]) {
        let told = articles(count, seed);
        let mut filed: Vec<Filed> = told.iter().flat_map(Told::filed).collect();
        let expected = json(incident::link(filed.clone(), &Decided::default()));
        assert!(serde_json::from_str::<Vec<Incident>>(&expected).unwrap().iter().any(|i| i.accounts.len() > 2));
        let mut d = Dice(seed);
        for threads in [1, 2, 5] {
            d.shuffle(&mut filed);
            assert!(linked(&filed, threads, &mut d) == expected, "seed {seed}, {threads} threads");
        }
    }
}

/// Decisions of two people on what an archive holds.
fn decide(archive: &mut Archive, d: &mut Dice) {
    let author = |who: &str| Author::now(who, "");
    for n in 0..6 {
        let ids: Vec<String> = archive.changes("").unwrap().into_iter().map(|c| c.incident).collect();
        let pick = |d: &mut Dice| archive.leads(&ids[d.below(ids.len())]).unwrap();
        let (Some(a), Some(b)) = (pick(d), pick(d)) else { continue };
        let who = author(["Ada", "Ben"][n % 2]);
        let act = match d.below(5) {
            0 | 1 => archive.merging(&[&a, &b]),
            2 => archive.splitting(&a, &[1]),
            3 => archive.dismissing(&Pointed::Incident(a)),
            _ => archive.correcting(&a, "kind", Kind::Raid.name()),
        };
        // What cannot be done (an incident with itself, one account apart from none) is refused.
        if let Ok(act) = act {
            _ = archive.decide(&who, act);
            if archive.is_stale().unwrap() {
                archive.relink().unwrap();
            }
        }
    }
}

#[test]
fn batches_and_decisions_in_between_change_nothing() {
    for (seed, count) in (0..).zip([20, 35, 50, 90, 140]) {
        let mut d = Dice(seed ^ 0xbabe);
        let mut told = articles(count, seed);
        let mut whole = Archive::in_memory().unwrap();
        whole.keep(&told.iter().map(digest).collect::<Vec<_>>()).unwrap();
        whole.relink().unwrap();
        let undecided = dump(&whole);
        decide(&mut whole, &mut d);
        let expected = dump(&whole);
        let decisions = whole.export_decisions().unwrap();
        assert!(decisions.is_empty() || expected != undecided, "seed {seed}: no decision did anything");
        for _ in 0..2 {
            d.shuffle(&mut told);
            let mut archive = Archive::in_memory().unwrap();
            let (mut at, turn) = (0, d.below(told.len()));
            while at < told.len() {
                let end = (at + 1 + d.below(told.len() / 3)).min(told.len());
                if (at..end).contains(&turn) {
                    archive.import_decisions(&decisions).unwrap();
                }
                archive.keep(&told[at..end].iter().map(digest).collect::<Vec<_>>()).unwrap();
                archive.relink().unwrap();
                at = end;
            }
            assert!(dump(&archive) == expected, "seed {seed}");
            archive.relink_all().unwrap();
            assert!(dump(&archive) == expected, "seed {seed}, all at once");
        }
    }
}
