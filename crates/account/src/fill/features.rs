//! What the models see of a mention, a sentence, an article, and a part of a phrase.
//!
//! Each feature has a readable name: `p=Object:kill` says that the noun is the object of "kill", `pt=` gives the list
//! of deeds in place of the verb, `c=` the class of the noun. Patwardhan and Riloff 2009 and Huang and Riloff 2011 found
//! that roles need both what stands beside a noun and whether the sentence tells of an event at all; so sentences and
//! articles are seen by models of their own, whose scores the later ones read.

use super::keys::Keys;
use super::mention::{Candidate, Part};
use super::view::{Line, Word};
use article::grammar::Upos;

/// Words on either side that are its neighbourhood.
const WIDE: usize = 6;
/// Arcs to the farthest trigger that counts.
const ARCS: usize = 4;
/// Members of one list that are looked at.
const LIST: usize = 6;

/// What is told by where the noun stands and what it is.
pub(crate) fn mention(lines: &[Line<'_>], c: &Candidate, k: &mut Keys<'_>) {
    let line = &lines[c.line];
    let (words, tree) = (&line.words, line.tree);
    let w = &words[c.word];
    let shape = if w.class.is_empty() { if w.tag == Upos::Propn { "N" } else { "c" } } else { w.class.as_str() };
    k.put(&["h=", &w.lemma]);
    k.put(&["tag=", w.tag.name()]);
    k.put(&["rel=", w.label]);
    w.classes.iter().for_each(|x| k.put(&["c=", x.name()]));
    k.put(&["plural=", flag(w.form != w.lemma && w.form.ends_with('s'))]);
    for child in tree.children(c.word) {
        around(words, tree.children(child).find(|p| *p < child && words[*p].relation() == "case"), child, c.word, k);
    }
    words[c.first..c.word].iter().for_each(|m| k.put(&["lw=", &m.lemma]));
    // How long a name is, and whether a title heads it.
    let names = words[c.first..=c.last].iter().filter(|x| x.tag == Upos::Propn).count();
    k.put(&["names=", number(names.min(5)), ":", shape]);
    if c.last > c.word {
        k.put(&["titled=", &w.class]);
    }
    if let Some(head) = tree.nodes[c.word].head {
        let h = &words[head];
        k.put(&["hd=", w.relation(), ":", &h.lemma]);
        k.put(&["hdc=", w.relation(), ":", &h.class]);
        h.triggers.iter().for_each(|t| k.put(&["hdt=", w.relation(), ":", t]));
        if matches!(w.relation(), "compound" | "amod" | "nmod") {
            for (p, slot) in &h.heads {
                k.put(&["g2=", w.relation(), ":", slot, ":", &words[*p].lemma]);
                words[*p].triggers.iter().for_each(|t| k.put(&["g2t=", w.relation(), ":", slot, ":", t]));
            }
        }
    }
    for (p, slot) in &w.heads {
        predicate(line, c.word, *p, slot, shape, k);
    }
    beside(words, c, k);
    // What else the sentence tells.
    let mut told: Vec<&str> = words.iter().flat_map(|x| x.triggers.iter().copied()).collect();
    told.sort_unstable();
    told.dedup();
    for t in told {
        k.put(&["st=", t]);
        k.put(&["stc=", t, ":", shape]);
        k.put(&["hst=", t, ":", &w.lemma]);
    }
    for (i, x) in words.iter().enumerate() {
        if i != c.word && matches!(x.tag, Upos::Verb | Upos::Noun) {
            k.put(&["s=", &x.lemma]);
        }
    }
    kin(line, c, k);
    for (n, name) in [(c.line.checked_sub(1), "Pt="), (Some(c.line + 1), "Xt=")] {
        let beside = n.and_then(|n| lines.get(n)).into_iter().flat_map(|l| &l.words).flat_map(|x| &x.triggers);
        beside.for_each(|t| k.put(&[name, t]));
    }
    anchors(line, k);
    let early = number(c.line.min(5));
    k.put(&["pos=", early]);
    k.put(&["posc=", number(c.line.min(3)), ":", shape]);
}

fn around(words: &[Word<'_>], case: Option<usize>, child: usize, noun: usize, k: &mut Keys<'_>) {
    let m = &words[child];
    if child < noun {
        match m.relation() {
            _ if m.label == "nmod:poss" => k.put(&["poss=", &m.lemma]),
            "amod" | "compound" | "nmod" => {
                k.put(&["m=", &m.lemma]);
                m.classes.iter().for_each(|x| k.put(&["mc=", x.name()]));
            }
            "det" => k.put(&["det=", &m.lemma]),
            "nummod" => k.put(&["num"]),
            _ => {}
        }
        return;
    }
    k.put(&["post=", m.relation(), ":", case.map_or("", |p| &words[p].lemma)]);
    if matches!(m.relation(), "nmod" | "appos" | "acl") {
        k.put(&["pl=", m.label, ":", &m.lemma]);
        m.classes.iter().for_each(|x| k.put(&["pc=", m.relation(), ":", x.name()]));
    }
}

/// What is told by a word of which the noun is an argument.
fn predicate(line: &Line<'_>, noun: usize, at: usize, slot: &str, shape: &str, k: &mut Keys<'_>) {
    let (words, tree) = (&line.words, line.tree);
    let p = &words[at];
    k.put(&["p=", slot, ":", &p.lemma]);
    k.put(&["ps=", slot]);
    k.put(&["psh=", slot, ":", &p.lemma, ":", shape]);
    for t in &p.triggers {
        k.put(&["pt=", slot, ":", t]);
        k.put(&["ptc=", slot, ":", t, ":", shape]);
    }
    for (other, node) in p.arguments.iter().filter(|(other, node)| *node != noun && *other != slot) {
        let o = &words[*node];
        k.put(&["p2=", slot, ":", &p.lemma, ":", other, ":", &o.lemma]);
        k.put(&["p2c=", slot, ":", other, ":", &o.class]);
        o.triggers.iter().for_each(|t| k.put(&["p2t=", slot, ":", other, ":", t]));
    }
    for (above, above_slot) in &p.heads {
        k.put(&["p3=", slot, ":", &p.lemma, ":", above_slot, ":", &words[*above].lemma]);
        words[*above].triggers.iter().for_each(|t| k.put(&["p3t=", slot, ":", above_slot, ":", t]));
    }
    if p.tag != Upos::Verb {
        return;
    }
    if let Some(head) = tree.nodes[at].head {
        k.put(&["ph=", slot, ":", p.relation(), ":", &words[head].lemma]);
    }
    // How it is said: tense, mood, whether it is denied, and when and where.
    let helpers: Vec<&str> = tree
        .children(at)
        .filter(|c| matches!(words[*c].relation(), "aux" | "mark" | "cop"))
        .map(|c| words[c].lemma.as_str())
        .collect();
    let helpers = helpers.join(",");
    let form = match p.form.as_str() {
        f if f.ends_with("ing") => "ing",
        f if f != p.lemma && !f.ends_with('s') => "ed",
        _ => "base",
    };
    k.put(&["vf=", slot, ":", form, ":", &helpers]);
    k.put(&["vr=", slot, ":", p.relation()]);
    if !p.triggers.is_empty() {
        k.put(&["vft=", slot, ":", form, ":", &helpers]);
    }
    if tree.children(at).any(|c| words[c].tag == Upos::Part && words[c].relation() == "advmod") {
        k.put(&["neg"]);
    }
}

/// The words close by.
fn beside(words: &[Word<'_>], c: &Candidate, k: &mut Keys<'_>) {
    let before = |d: usize| c.first.checked_sub(d).map_or("<s>", |i| words[i].lemma.as_str());
    let behind = |d: usize| words.get(c.last + d).map_or("</s>", |w| w.lemma.as_str());
    for (d, name) in [(1, "1="), (2, "2="), (3, "3=")] {
        k.put(&["w-", name, before(d)]);
        k.put(&["w+", name, behind(d)]);
    }
    k.put(&["b-=", before(2), "_", before(1)]);
    k.put(&["b+=", behind(1), "_", behind(2)]);
}

/// Words of the wider neighbourhood; triggers by the way to them through the tree; the noun's letters; who stands in one
/// list with it.
fn kin(line: &Line<'_>, c: &Candidate, k: &mut Keys<'_>) {
    let (words, tree) = (&line.words, line.tree);
    let plain = |i: &usize| !matches!(words[*i].tag, Upos::Punct | Upos::Det);
    (c.first.saturating_sub(WIDE)..c.first).filter(plain).for_each(|i| k.put(&["nl=", &words[i].lemma]));
    (c.last + 1..words.len().min(c.last + 1 + WIDE)).filter(plain).for_each(|i| k.put(&["nr=", &words[i].lemma]));
    ways(line, c.word, k);
    let form = &words[c.word].form;
    let cut = |n: usize| form.char_indices().nth(n).map_or(form.len(), |(i, _)| i);
    let letters = form.chars().count();
    k.put(&["pre=", &form[..cut(4)]]);
    k.put(&["suf=", &form[cut(letters.saturating_sub(3))..]]);
    let mut first = c.word;
    for _ in 0..LIST {
        match tree.nodes[first].head.filter(|_| words[first].relation() == "conj") {
            Some(head) => first = head,
            None => break,
        }
    }
    let others = tree.children(first).filter(|i| words[*i].relation() == "conj").chain([first]);
    let others: Vec<usize> = others.filter(|i| *i != c.word).take(LIST).collect();
    for i in &others {
        k.put(&["cj=", &words[*i].lemma]);
        words[*i].classes.iter().for_each(|x| k.put(&["cjc=", x.name()]));
    }
    k.put(&["ncj=", number(others.len().min(4))]);
}

/// The triggers within a few arcs, with the relations on the way: up `^`, down by name.
fn ways(line: &Line<'_>, from: usize, k: &mut Keys<'_>) {
    let (words, tree) = (&line.words, line.tree);
    let mut open = vec![(from, from, String::new())];
    let mut nearest = true;
    for depth in 0..=ARCS {
        let mut next = Vec::new();
        for (i, back, way) in &open {
            if depth > 0 && !words[*i].triggers.is_empty() {
                k.put(&["path=", &words[*i].lemma, ":", way]);
                words[*i].triggers.iter().for_each(|t| k.put(&["patht=", t, ":", way]));
                if std::mem::take(&mut nearest) {
                    k.put(&["near=", &words[*i].lemma]);
                }
            }
            if depth == ARCS {
                continue;
            }
            let empty = |r: &str| matches!(r, "punct" | "det");
            if let Some(head) = tree.nodes[*i].head.filter(|h| h != back && !empty(words[*i].relation())) {
                next.push((head, *i, format!("{way}/^{}", words[*i].relation())));
            }
            let down = tree.children(*i).filter(|c| c != back && !empty(words[*c].relation()));
            next.extend(down.map(|c| (c, *i, format!("{way}/{}", words[c].relation()))));
        }
        open = next;
    }
}

fn anchors(line: &Line<'_>, k: &mut Keys<'_>) {
    k.put(&["age=", line.age]);
    k.put(&["timed=", flag(line.timed)]);
    k.put(&["placed=", flag(line.placed)]);
}

/// What a sentence tells by its words and by who is what to whom.
pub(crate) fn sentence(lines: &[Line<'_>], at: usize, k: &mut Keys<'_>) {
    let line = &lines[at];
    for w in &line.words {
        if matches!(w.tag, Upos::Verb | Upos::Noun | Upos::Adj | Upos::Propn | Upos::Adv | Upos::Aux) {
            k.put(&["w=", &w.lemma]);
        }
        w.classes.iter().for_each(|x| k.put(&["c=", x.name()]));
        let argument = |node: usize| -> &str {
            let o = &line.words[node];
            if o.class.is_empty() && o.tag == Upos::Propn { "N" } else { &o.class }
        };
        for t in &w.triggers {
            k.put(&["t=", t]);
            w.arguments.iter().for_each(|(slot, node)| k.put(&["ta=", t, ":", slot, ":", argument(*node)]));
        }
        if w.tag == Upos::Verb {
            for (slot, node) in &w.arguments {
                k.put(&["a=", &w.lemma, ":", slot, ":", &line.words[*node].lemma]);
                k.put(&["ac=", &w.lemma, ":", slot, ":", argument(*node)]);
            }
        }
    }
    anchors(line, k);
    k.put(&["pos=", number(at.min(4))]);
    k.put(&["last=", flag(at + 1 == lines.len())]);
    k.put(&["length=", number((line.words.len() / 8).min(9))]);
}

/// What an article tells by its words, beside what its sentences tell: the words of triggers with what they are said of,
/// and the words of its beginning.
pub(crate) fn article(lines: &[Line<'_>], k: &mut Keys<'_>) {
    for (n, line) in lines.iter().enumerate() {
        for w in &line.words {
            if n < 2 && matches!(w.tag, Upos::Verb | Upos::Noun) {
                k.put(&["0=", &w.lemma]);
            }
            if !w.triggers.is_empty() && w.tag != Upos::Verb {
                for (slot, node) in &w.arguments {
                    k.put(&["a=", &w.lemma, ":", slot, ":", &line.words[*node].lemma]);
                    k.put(&["ac=", &w.lemma, ":", slot, ":", &line.words[*node].class]);
                }
            }
        }
    }
}

/// Words that begin an article: where it was written, by whom, and what it is.
const BEGIN: usize = 50;

/// The words of a whole article and pairs of them, and those that begin it.
pub(crate) fn page(words: &[&str], k: &mut Keys<'_>) {
    let plain = |w: &&&str| w.chars().next().is_some_and(char::is_alphanumeric);
    let words: Vec<&str> = words.iter().filter(plain).copied().collect();
    for (n, w) in words.iter().enumerate() {
        let next = words.get(n + 1).copied().unwrap_or_default();
        k.put(&["w=", w]);
        k.put(&["ww=", w, " ", next]);
        if n < BEGIN {
            k.put(&["b=", w]);
            k.put(&["bb=", w, " ", next]);
        }
    }
}

/// How well a part of the phrase names the thing: what it takes in and what it leaves out.
pub(crate) fn variant(line: &Line<'_>, c: &Candidate, part: Part, k: &mut Keys<'_>) {
    let w = &line.words;
    let full = flag(part.from == c.first);
    k.put(&["n=", number((part.to + 1 - part.from).min(7))]);
    k.put(&["k=", part.kind]);
    k.put(&["kf=", part.kind, ":", full]);
    k.put(&["nl=", number(c.word.saturating_sub(part.from).min(5))]);
    k.put(&["nr=", number((part.to - c.word).min(8))]);
    if part.from > c.word {
        k.put(&["title=", &w[c.word].lemma]);
        k.put(&["titlec=", &w[c.word].class]);
    }
    k.put(&["rn=", &w[c.word].lemma]);
    if part.from == c.word && part.kind == "core" {
        k.put(&["solo=", w[c.word].tag.name()]);
    }
    if part.from > c.first {
        let (out, first) = (&w[part.from - 1], &w[part.from]);
        k.put(&["out=", &out.lemma]);
        k.put(&["outc=", &out.class]);
        k.put(&["outr=", out.relation()]);
        k.put(&["oo=", out.tag.name(), ":", first.tag.name()]);
        w[c.first..part.from].iter().for_each(|x| k.put(&["anyout=", &x.lemma]));
    }
    k.put(&["in=", &w[part.from].lemma]);
    k.put(&["intag=", w[part.from].tag.name()]);
    k.put(&["inr=", if part.from == c.word { "head" } else { w[part.from].relation() }]);
    let tags: Vec<&str> = w[part.from..=part.to].iter().take(5).map(|x| x.tag.name()).collect();
    k.put(&["tags=", &tags.join("_")]);
    for x in &w[part.from..c.word.max(part.from)] {
        k.put(&["has=", &x.lemma]);
        k.put(&["hast=", x.tag.name()]);
    }
    let next = w.get(part.to + 1);
    if part.to > c.word {
        let behind = &w[(c.last + 1).min(w.len() - 1)].lemma;
        k.put(&["r1=", behind]);
        k.put(&["rw=", &w[c.word].lemma, ":", behind]);
        k.put(&["rl=", &w[part.to].lemma]);
        k.put(&["rlt=", w[part.to].tag.name()]);
    } else {
        k.put(&["nx=", next.map_or("", |x| &x.lemma)]);
        k.put(&["nxt=", next.map_or("", |x| x.tag.name())]);
        k.put(&["nxw=", &w[c.word].lemma, ":", next.map_or("", |x| &x.lemma)]);
    }
}

fn flag(yes: bool) -> &'static str {
    if yes { "1" } else { "0" }
}

fn number(n: usize) -> &'static str {
    ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9"].get(n).copied().unwrap_or("9")
}
