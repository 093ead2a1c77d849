//! How often one address may ask: often enough for a person and a program, too seldom for guessing passwords.

use axum::Router;
use axum::extract::ConnectInfo;
use axum::http::Request;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;
use tower_governor::GovernorLayer;
use tower_governor::errors::GovernorError;
use tower_governor::governor::GovernorConfigBuilder;
use tower_governor::key_extractor::KeyExtractor;

/// Who asks: the address of the connection; behind a proxy on this machine the address that the proxy says asked it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Asker;

impl KeyExtractor for Asker {
    type Key = IpAddr;

    fn extract<T>(&self, request: &Request<T>) -> Result<IpAddr, GovernorError> {
        let peer = request.extensions().get::<ConnectInfo<SocketAddr>>().map(|c| c.0.ip());
        let peer = peer.unwrap_or(IpAddr::V4(Ipv4Addr::LOCALHOST));
        let forwarded =
            || request.headers().get("x-forwarded-for")?.to_str().ok()?.rsplit(',').next()?.trim().parse().ok();
        // Only the last entry was written by the proxy; those before it by whoever asked.
        let asker = if peer.is_loopback() { forwarded().unwrap_or(peer) } else { peer };
        Ok(match asker {
            // One holder of IPv6 addresses has at least this many of them.
            IpAddr::V6(a) => IpAddr::V6((u128::from(a) & !u128::from(u64::MAX)).into()),
            a => a,
        })
    }
}

/// At most 500 requests a second of one address, and 4000 at once.
pub(crate) fn limit_requests<S: Clone + Send + Sync + 'static>(router: Router<S>) -> Router<S> {
    limit(router, Duration::from_millis(2), 4000)
}

/// At most ten at once, then one in six seconds: for logging in.
pub(crate) fn limit_logins<S: Clone + Send + Sync + 'static>(router: Router<S>) -> Router<S> {
    limit(router, Duration::from_secs(6), 10)
}

fn limit<S: Clone + Send + Sync + 'static>(router: Router<S>, period: Duration, burst: u32) -> Router<S> {
    let mut builder = GovernorConfigBuilder::default().key_extractor(Asker);
    let Some(config) = builder.period(period).burst_size(burst).finish() else { return router };
    let limiter = Arc::downgrade(config.limiter());
    // Addresses that have not asked for a while are forgotten, so that their number stays small.
    std::thread::spawn(move || {
        loop {
            std::thread::sleep(Duration::from_secs(60));
            let Some(limiter) = limiter.upgrade() else { break };
            limiter.retain_recent();
        }
    });
    router.layer(GovernorLayer::new(config))
}
