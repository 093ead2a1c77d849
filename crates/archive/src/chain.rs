//! The source chain of an incident that is kept.

use crate::find::Whole;
use article::sketch;
use incident::{Chain, Filed};

impl Whole {
    /// Which of its accounts go back to which outlet, and the words that say so. *Cost*: near linear in the accounts and
    /// their texts.
    pub fn chain(&self) -> Chain {
        let filed: Vec<Filed> = (0..self.accounts.len()).filter_map(|at| self.filed(at)).collect();
        incident::chain(&filed.iter().collect::<Vec<_>>())
    }

    /// The account at `position` as far as its origin is concerned.
    fn filed(&self, position: usize) -> Option<Filed> {
        let (at, kept) = (self.incident.accounts.get(position)?, self.article(position)?);
        let published = kept.article.published.as_ref();
        Some(Filed {
            article: at.article.clone(),
            ordinal: at.ordinal,
            outlet: kept.article.outlet_name().unwrap_or_default().to_owned(),
            published: kept.article.published_on().cloned(),
            published_time: published.and_then(|p| p.value.time.clone()),
            source_chain: kept.source_chain.clone(),
            sketch: sketch(&kept.article),
            said: Vec::new(),
            account: self.accounts.get(position)?.clone(),
        })
    }
}
