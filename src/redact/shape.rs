//! Secrets that are known by their shape, whatever stands around them.

use std::ops::Range;

use super::structure::{alnum, base64, dotted, token, upper, word};
use super::structure::{discord_bot, has_digit, head, json_web_token, run, telegram_bot};

/// A secret that is known by how it begins.
struct Shape {
    prefix: &'static str,
    /// How many characters follow at the least.
    shortest: usize,
    /// Which characters it is made of.
    is_part: fn(u8) -> bool,
    kind: Kind,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// The prefix belongs to the secret.
    Whole,
    /// As `Whole`, and 16 letters and digits stand together in it, with a digit: words that are joined by `-` begin alike.
    Mixed,
    /// The prefix says what follows, and stays.
    Behind,
}

const fn whole(prefix: &'static str, shortest: usize, is_part: fn(u8) -> bool) -> Shape {
    Shape { prefix, shortest, is_part, kind: Kind::Whole }
}

const fn mixed(prefix: &'static str, shortest: usize, is_part: fn(u8) -> bool) -> Shape {
    Shape { prefix, shortest, is_part, kind: Kind::Mixed }
}

const fn behind(prefix: &'static str, shortest: usize, is_part: fn(u8) -> bool) -> Shape {
    Shape { prefix, shortest, is_part, kind: Kind::Behind }
}

fn hex(byte: u8) -> bool {
    byte.is_ascii_digit() || matches!(byte, b'a'..=b'f')
}

fn encoded(byte: u8) -> bool {
    token(byte) || byte == b'%'
}

fn path(byte: u8) -> bool {
    word(byte) || byte == b'/'
}

fn bot(byte: u8) -> bool {
    word(byte) || byte == b':'
}

/// What the secrets of each issuer begin with.
#[rustfmt::skip]
const SHAPES: &[Shape] = &[
    // Clouds and infrastructure.
    whole("AKIA", 16, upper),                          // Amazon Web Services, access key id
    whole("ASIA", 16, upper),                          // Amazon Web Services, access key id of a session
    behind("X-Amz-Signature=", 32, hex),               // Amazon Web Services, signed URL
    whole("AIza", 30, word),                           // Google, API key
    whole("ya29.", 20, token),                         // Google, OAuth access token
    whole("1//0", 30, word),                           // Google, OAuth refresh token
    whole("GOCSPX-", 20, word),                        // Google, OAuth client secret
    behind("X-Goog-Signature=", 32, hex),              // Google, signed URL
    behind("AccountKey=", 20, base64),                 // Azure, storage account
    behind("SharedAccessKey=", 20, base64),            // Azure, service bus and event hub
    behind("sig=", 32, encoded),                       // Azure, shared access signature
    whole("dop_v1_", 30, alnum),                       // DigitalOcean, personal token
    whole("doo_v1_", 30, alnum),                       // DigitalOcean, OAuth token
    whole("dor_v1_", 30, alnum),                       // DigitalOcean, refresh token
    mixed("dapi", 32, hex),                            // Databricks
    mixed("HRKU-", 30, word),                          // Heroku
    whole("hvs.", 20, word),                           // HashiCorp Vault, service token
    whole("hvb.", 20, word),                           // HashiCorp Vault, batch token
    whole("hvr.", 20, word),                           // HashiCorp Vault, recovery token
    mixed("pul-", 40, hex),                            // Pulumi
    whole("tskey-", 16, word),                         // Tailscale
    whole("dp.pt.", 30, alnum),                        // Doppler
    whole("glsa_", 30, word),                          // Grafana
    whole("sntrys_", 30, token),                       // Sentry
    whole("NRAK-", 20, upper),                         // New Relic
    whole("AGE-SECRET-KEY-1", 40, upper),              // age
    // Forges and package registries.
    whole("ghp_", 30, alnum),                          // GitHub, personal access token
    whole("gho_", 30, alnum),                          // GitHub, OAuth token
    whole("ghu_", 30, alnum),                          // GitHub, token of a user of an app
    whole("ghs_", 30, alnum),                          // GitHub, token of a server of an app
    whole("ghr_", 30, alnum),                          // GitHub, refresh token
    whole("github_pat_", 20, word),                    // GitHub, fine-grained token
    whole("glpat-", 16, dotted),                       // GitLab, personal access token
    whole("gldt-", 16, dotted),                        // GitLab, deploy token
    whole("glrt-", 16, dotted),                        // GitLab, runner token
    whole("glptt-", 16, dotted),                       // GitLab, pipeline trigger
    whole("glcbt-", 16, dotted),                       // GitLab, job token
    whole("gloas-", 16, dotted),                       // GitLab, OAuth secret
    whole("glsoat-", 16, dotted),                      // GitLab, SCIM token
    whole("glft-", 16, dotted),                        // GitLab, feed token
    whole("glimt-", 16, dotted),                       // GitLab, incoming mail
    whole("glagent-", 16, dotted),                     // GitLab, agent for Kubernetes
    whole("ATBB", 24, token),                          // Bitbucket, app password
    whole("ATATT3", 30, token),                        // Atlassian, API token
    whole("ATCTT3", 30, token),                        // Bitbucket, token of a repository or workspace
    whole("npm_", 30, alnum),                          // npm
    mixed("pypi-", 50, word),                          // PyPI
    mixed("cio", 32, alnum),                           // crates.io
    whole("rubygems_", 30, alnum),                     // RubyGems
    whole("dckr_pat_", 20, word),                      // Docker Hub
    whole("lin_api_", 30, alnum),                      // Linear
    mixed("ntn_", 40, alnum),                          // Notion
    mixed("secret_", 40, alnum),                       // Notion, former
    whole("figd_", 30, word),                          // Figma
    mixed("PMAK-", 30, word),                          // Postman
    // Model providers.
    whole("sk-ant-", 20, word),                        // Anthropic
    whole("sk-proj-", 20, word),                       // OpenAI, key of a project
    whole("sk-svcacct-", 20, word),                    // OpenAI, key of a service
    whole("sk-admin-", 20, word),                      // OpenAI, key of an administrator
    whole("sk-or-v1-", 20, word),                      // OpenRouter
    mixed("sk-", 18, word),                            // OpenAI, DeepSeek, Moonshot and others
    whole("hf_", 24, alnum),                           // Hugging Face
    whole("gsk_", 30, alnum),                          // Groq
    whole("xai-", 30, alnum),                          // xAI
    whole("r8_", 30, alnum),                           // Replicate
    whole("pplx-", 30, alnum),                         // Perplexity
    whole("nvapi-", 30, word),                         // Nvidia
    whole("tgp_v1_", 30, word),                        // Together
    mixed("csk-", 30, alnum),                          // Cerebras
    mixed("tvly-", 20, word),                          // Tavily
    whole("lsv2_pt_", 20, word),                       // LangSmith, personal
    whole("lsv2_sk_", 20, word),                       // LangSmith, service
    // Chat, mail, payment and shops.
    whole("xoxb-", 10, word),                          // Slack, bot
    whole("xoxp-", 10, word),                          // Slack, user
    whole("xoxa-", 10, word),                          // Slack, workspace
    whole("xoxs-", 10, word),                          // Slack, session
    whole("xoxr-", 10, word),                          // Slack, refresh
    whole("xapp-", 10, word),                          // Slack, app
    behind("hooks.slack.com/services/", 20, path),     // Slack, webhook
    behind("discord.com/api/webhooks/", 20, path),     // Discord, webhook
    behind("discordapp.com/api/webhooks/", 20, path),  // Discord, webhook
    behind("api.telegram.org/bot", 30, bot),           // Telegram, bot
    behind("api.telegram.org/file/bot", 30, bot),      // Telegram, bot
    whole("sk_live_", 12, alnum),                      // Stripe
    whole("sk_test_", 12, alnum),                      // Stripe, test
    whole("rk_live_", 12, alnum),                      // Stripe, restricted
    whole("rk_test_", 12, alnum),                      // Stripe, restricted test
    whole("whsec_", 16, base64),                       // Stripe and others, webhook
    mixed("SK", 32, hex),                              // Twilio
    whole("SG.", 40, dotted),                          // SendGrid
    mixed("xkeysib-", 40, word),                       // Brevo
    whole("shpat_", 30, alnum),                        // Shopify, access token
    whole("shpss_", 30, alnum),                        // Shopify, shared secret
];

/// The first shape of each byte that a secret begins with, and of each shape the next that begins alike.
const INDEX: ([usize; 256], [usize; SHAPES.len()]) = {
    let (mut first, mut next) = ([usize::MAX; 256], [usize::MAX; SHAPES.len()]);
    let mut at = SHAPES.len();
    while at > 0 {
        at -= 1;
        let byte = SHAPES[at].prefix.as_bytes()[0] as usize;
        next[at] = first[byte];
        first[byte] = at;
    }
    (first, next)
};
static FIRST: [usize; 256] = INDEX.0;
static NEXT: [usize; SHAPES.len()] = INDEX.1;

/// Which two bytes a secret can be announced by, a bit for each second byte: those that the shapes begin with, `eyJ`, the bots'
/// numbers, `Bearer` and `Basic`, and the signs behind a label. Few words of harmless text begin so.
static WATCHED: [[u64; 4]; 256] = {
    const fn allow(starts: &mut [[u64; 4]; 256], first: u8, second: u8) {
        starts[first as usize][(second >> 6) as usize] |= 1 << (second & 63);
    }
    let mut starts = [[0; 4]; 256];
    let mut at = 0;
    while at < SHAPES.len() {
        let prefix = SHAPES[at].prefix.as_bytes();
        allow(&mut starts, prefix[0], prefix[1]);
        at += 1;
    }
    allow(&mut starts, b'e', b'y');
    let scheme = b"BbEeAa";
    let mut second = 2;
    while second < scheme.len() {
        allow(&mut starts, scheme[0], scheme[second]);
        allow(&mut starts, scheme[1], scheme[second]);
        second += 1;
    }
    let mut byte = 0u8;
    while byte < 128 {
        if byte.is_ascii_digit() {
            let mut digit = b'0';
            while digit <= b'9' {
                allow(&mut starts, byte, digit);
                digit += 1;
            }
        }
        if matches!(byte, b'M'..=b'O') {
            starts[byte as usize] = [u64::MAX; 4];
        }
        byte += 1;
    }
    // `::` and `==` are told apart later.
    let signs = b":=>%";
    let mut sign = 0;
    while sign < signs.len() {
        starts[signs[sign] as usize] = [u64::MAX; 4];
        sign += 1;
    }
    allow(&mut starts, b'-', b'-');
    starts
};

/// Finds the first byte that can announce a secret together with the one behind it.
pub(super) fn first_watched(bytes: &[u8]) -> Option<usize> {
    let (&first, rest) = bytes.split_first()?;
    let mut row = &WATCHED[usize::from(first)];
    rest.iter().position(|&second| {
        let is_watched = row[usize::from(second >> 6)] >> (second & 63) & 1 == 1;
        row = &WATCHED[usize::from(second)];
        is_watched
    })
}

/// Finds the secret with which a text begins.
pub(super) fn secret(rest: &str) -> Option<Range<usize>> {
    let mut at = FIRST[usize::from(*rest.as_bytes().first()?)];
    while let Some(shape) = SHAPES.get(at) {
        if let Some(found) = shape.find(rest) {
            return Some(found);
        }
        at = NEXT[at];
    }
    let end = match rest.as_bytes()[0] {
        b'e' => json_web_token(rest),
        b'M'..=b'O' => discord_bot(rest),
        b'0'..=b'9' => telegram_bot(rest),
        _ => None,
    };
    end.map(|end| 0..end)
}

impl Shape {
    fn find(&self, rest: &str) -> Option<Range<usize>> {
        let body = rest.strip_prefix(self.prefix)?;
        if self.kind == Kind::Mixed && !holds_random_run(head(body, self.is_part)) {
            return None;
        }
        // What ends a sentence is no part of it.
        let body = run(body, self.is_part).trim_end_matches('.');
        let fits = body.len() >= self.shortest;
        let start = if self.kind == Kind::Behind { self.prefix.len() } else { 0 };
        fits.then_some(start..self.prefix.len() + body.len())
    }
}

/// Tells whether 16 letters and digits stand together somewhere, with a digit.
fn holds_random_run(text: &str) -> bool {
    text.split(|c: char| !c.is_ascii_alphanumeric()).any(|run| run.len() >= 16 && has_digit(run))
}
