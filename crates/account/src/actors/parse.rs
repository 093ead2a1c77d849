//! Reads the stanzas of an actor list.

use super::{Actor, Alias, Class, Form};
use article::{Edtf, Problem};
use std::collections::HashMap;

/// Adds the stanzas of `text` to `list`. *Errors*: the problem of the first bad line, with what was read before it.
pub(super) fn stanzas(text: &str, mut list: Vec<Actor>) -> Result<Vec<Actor>, (Problem, Vec<Actor>)> {
    let mut keys: HashMap<String, usize> = list.iter().enumerate().map(|(i, a)| (a.key.clone(), i)).collect();
    let mut open: Option<Open> = None;
    for (n, line) in text.lines().enumerate() {
        let line = line.trim();
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        let fault = match head(line) {
            Some(key) => {
                let closed = close(open.take(), &mut list, &mut keys);
                open = Some(Open::new(key, n));
                closed
            }
            None => match &mut open {
                Some(o) => o.field(line).map_err(|what| (n, what)),
                None => Err((n, "a field stands before the first [key]".to_owned())),
            },
        };
        if let Err((n, what)) = fault {
            return Err((problem(n, &what), list));
        }
    }
    match close(open, &mut list, &mut keys) {
        Ok(()) => Ok(list),
        Err((n, what)) => Err((problem(n, &what), list)),
    }
}

fn problem(line: usize, what: &str) -> Problem {
    Problem::new("actors/list", format!("line {}: {what}", line + 1))
}

fn head(line: &str) -> Option<&str> {
    line.strip_prefix('[')?.strip_suffix(']').map(str::trim)
}

/// A stanza while it is read.
struct Open {
    line: usize,
    key: String,
    name: Option<String>,
    class: Option<Class>,
    countries: Vec<String>,
    aliases: Vec<Alias>,
    parent: Option<String>,
    from: Option<Edtf>,
    until: Option<Edtf>,
}

impl Open {
    fn new(key: &str, line: usize) -> Open {
        Open {
            line,
            key: key.to_owned(),
            name: None,
            class: None,
            countries: Vec::new(),
            aliases: Vec::new(),
            parent: None,
            from: None,
            until: None,
        }
    }

    fn field(&mut self, line: &str) -> Result<(), String> {
        let (field, value) =
            line.split_once(':').ok_or("write `field: value`, or begin the line with # for a comment")?;
        let value = value.trim();
        match field.trim() {
            "name" => self.name = Some(value.to_owned()),
            "class" => {
                self.class = Some(Class::ALL.iter().copied().find(|c| c.name() == value).ok_or_else(|| {
                    let all: Vec<&str> = Class::ALL.iter().map(|c| c.name()).collect();
                    format!("`{value}` is no class; write one of {}", all.join(", "))
                })?);
            }
            "country" => {
                for c in value.split_whitespace() {
                    if c.len() != 3 || !c.bytes().all(|b| b.is_ascii_uppercase()) {
                        return Err(format!("`{c}` is no country code; write three capitals such as AFG"));
                    }
                    self.countries.push(c.to_owned());
                }
            }
            "aliases" => self.names(value, Form::Name)?,
            "acronyms" => self.names(value, Form::Acronym)?,
            "adjectives" => self.names(value, Form::Adjective)?,
            "weak" => self.names(value, Form::Weak)?,
            "parent" => self.parent = Some(value.to_owned()),
            "from" => self.from = Some(date(value)?),
            "until" => self.until = Some(date(value)?),
            "match" | "no match" => {}
            other => return Err(format!("`{other}` is no field; the head of the built-in list names them all")),
        }
        Ok(())
    }

    fn names(&mut self, value: &str, form: Form) -> Result<(), String> {
        for part in value.split(';').map(str::trim).filter(|p| !p.is_empty()) {
            let (name, when) = part.split_once('|').map_or((part, ""), |(n, w)| (n.trim(), w.trim()));
            if super::index::squeeze(&article::fold(name)).is_empty() {
                return Err(format!("`{name}` holds no letter"));
            }
            let mut alias = Alias { name: name.to_owned(), form, from: None, until: None };
            let mut words = when.split_whitespace();
            while let Some(w) = words.next() {
                let day = date(words.next().unwrap_or(""))?;
                match w {
                    "from" => alias.from = Some(day),
                    "until" => alias.until = Some(day),
                    _ => return Err(format!("after `|` write `from DATE` or `until DATE`, not `{w}`")),
                }
            }
            self.aliases.push(alias);
        }
        Ok(())
    }
}

fn date(s: &str) -> Result<Edtf, String> {
    s.parse::<Edtf>().map_err(|e| e.to_string())
}

/// Ends a stanza: a new actor, or more names for a known one.
fn close(open: Option<Open>, list: &mut Vec<Actor>, keys: &mut HashMap<String, usize>) -> Result<(), (usize, String)> {
    let Some(o) = open else { return Ok(()) };
    if o.key.is_empty() || o.key.contains(char::is_whitespace) {
        return Err((o.line, "a key is one word such as [red-valley-front]".to_owned()));
    }
    if let Some(known) = keys.get(&o.key).and_then(|i| list.get_mut(*i)) {
        known.aliases.extend(o.aliases);
        known.countries.extend(o.countries.into_iter().filter(|c| !known.countries.contains(c)).collect::<Vec<_>>());
        if let Some(name) = o.name {
            known.aliases.push(Alias { name: name.clone(), form: Form::Name, from: None, until: None });
            known.name = name;
        }
        known.class = o.class.unwrap_or(known.class);
        known.parent = o.parent.or(known.parent.take());
        known.from = o.from.or(known.from.take());
        known.until = o.until.or(known.until.take());
        return Ok(());
    }
    let name = o.name.ok_or_else(|| (o.line, format!("[{}] has no `name:`", o.key)))?;
    let class = o.class.ok_or_else(|| (o.line, format!("[{}] has no `class:`", o.key)))?;
    let mut aliases = vec![Alias { name: name.clone(), form: Form::Name, from: None, until: None }];
    aliases.extend(o.aliases);
    keys.insert(o.key.clone(), list.len());
    list.push(Actor {
        key: o.key,
        name,
        class,
        countries: o.countries,
        aliases,
        parent: o.parent,
        from: o.from,
        until: o.until,
    });
    Ok(())
}
