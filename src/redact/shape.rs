//! Secrets that are known by their shape, whatever stands around them.

use std::ops::Range;

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

fn upper(byte: u8) -> bool {
    byte.is_ascii_uppercase() || byte.is_ascii_digit()
}

fn hex(byte: u8) -> bool {
    byte.is_ascii_digit() || matches!(byte, b'a'..=b'f')
}

fn alnum(byte: u8) -> bool {
    byte.is_ascii_alphanumeric()
}

fn word(byte: u8) -> bool {
    alnum(byte) || matches!(byte, b'_' | b'-')
}

fn dotted(byte: u8) -> bool {
    word(byte) || byte == b'.'
}

fn base64(byte: u8) -> bool {
    alnum(byte) || matches!(byte, b'+' | b'/' | b'=')
}

fn token(byte: u8) -> bool {
    dotted(byte) || base64(byte) || byte == b'~'
}

fn encoded(byte: u8) -> bool {
    token(byte) || byte == b'%'
}

fn path(byte: u8) -> bool {
    word(byte) || byte == b'/'
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
    whole("sk_live_", 12, alnum),                      // Stripe
    whole("sk_test_", 12, alnum),                      // Stripe, test
    whole("rk_live_", 12, alnum),                      // Stripe, restricted
    whole("rk_test_", 12, alnum),                      // Stripe, restricted test
    whole("whsec_", 16, base64),                       // Stripe and others, webhook
    mixed("SK", 32, hex),                              // Twilio
    mixed("SG.", 30, dotted),                          // SendGrid
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

/// Tells whether a secret can begin with a byte.
#[inline]
pub(super) fn may_start(byte: u8) -> bool {
    FIRST[usize::from(byte)] != usize::MAX || byte.is_ascii_digit() || matches!(byte, b'e' | b'M'..=b'O' | b'B' | b'b')
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
        // What ends a sentence is no part of it.
        let body = run(body, self.is_part).trim_end_matches('.');
        let fits = body.len() >= self.shortest && (self.kind != Kind::Mixed || holds_random_run(body));
        let start = if self.kind == Kind::Behind { self.prefix.len() } else { 0 };
        fits.then_some(start..self.prefix.len() + body.len())
    }
}

/// The beginning of a text that is made of such bytes.
fn run(text: &str, is_part: fn(u8) -> bool) -> &str {
    // All of them are ASCII.
    &text[..text.bytes().take_while(|byte| is_part(*byte)).count()]
}

/// Tells whether 16 letters and digits stand together somewhere, with a digit.
fn holds_random_run(text: &str) -> bool {
    text.split(|c: char| !c.is_ascii_alphanumeric()).any(|run| run.len() >= 16 && has_digit(run))
}

fn has_digit(text: &str) -> bool {
    text.bytes().any(|byte| byte.is_ascii_digit())
}

/// A JSON Web Token: `eyJ`, which is `{"`, and a second part at the least.
fn json_web_token(rest: &str) -> Option<usize> {
    let all = run(rest.strip_prefix("eyJ")?, token).trim_end_matches('.');
    let (head, body) = all.split_once('.')?;
    (head.len() >= 10 && body.len() >= 10 && run(head, word) == head).then_some("eyJ".len() + all.len())
}

/// The token of a bot of Discord: a number in base64, a time and a signature.
fn discord_bot(rest: &str) -> Option<usize> {
    let all = run(rest, dotted).trim_end_matches('.');
    let mut parts = all.split('.');
    let (number, time, signature) = (parts.next()?, parts.next()?, parts.next()?);
    let fits = (23..=28).contains(&number.len()) && (6..=7).contains(&time.len()) && signature.len() >= 27;
    (fits && parts.next().is_none() && decoded(number).all(|byte| byte.is_ascii_digit())).then_some(all.len())
}

/// The token of a bot of Telegram: a number, a colon and a key that begins with `AA`.
fn telegram_bot(rest: &str) -> Option<usize> {
    let number = rest.bytes().take(11).take_while(u8::is_ascii_digit).count();
    let key = run(rest[number..].strip_prefix(":AA")?, word);
    ((8..=10).contains(&number) && key.len() >= 30).then_some(number + ":AA".len() + key.len())
}

/// Finds what follows `Bearer ` or `Basic `, where it is no word of prose.
pub(super) fn credentials(rest: &str) -> Option<Range<usize>> {
    let (scheme, is_credentials): (&str, fn(&str) -> bool) = match rest.as_bytes().get(1)? {
        b'e' | b'E' => ("bearer ", is_bearer),
        b'a' | b'A' => ("basic ", is_basic),
        _ => return None,
    };
    rest.get(..scheme.len()).filter(|head| head.eq_ignore_ascii_case(scheme))?;
    let body = rest[scheme.len()..].trim_start_matches(' ');
    let start = rest.len() - body.len();
    let body = run(body, token).trim_end_matches('.');
    is_credentials(body).then_some(start..start + body.len())
}

fn is_bearer(text: &str) -> bool {
    let is_mixed =
        text.bytes().skip(1).any(|byte| byte.is_ascii_uppercase()) && text.bytes().any(|b| b.is_ascii_lowercase());
    match text.len() {
        0..8 => false,
        8..16 => has_digit(text),
        16..24 => has_digit(text) || is_mixed,
        _ => has_digit(text) || is_mixed || run(text, alnum) == text,
    }
}

/// A name and a password in base64, with a colon between.
fn is_basic(text: &str) -> bool {
    let is_pair = decoded(text).all(|byte| matches!(byte, b' '..=b'~')) && decoded(text).any(|byte| byte == b':');
    (text.len() >= 8 && is_pair) || (text.len() >= 16 && has_digit(text))
}

/// Reads base64. Characters that are none of it are passed over.
fn decoded(text: &str) -> impl Iterator<Item = u8> {
    let (mut bits, mut count) = (0_u32, 0);
    text.bytes().filter_map(move |byte| {
        let six = match byte {
            b'A'..=b'Z' => byte - b'A',
            b'a'..=b'z' => byte - b'a' + 26,
            b'0'..=b'9' => byte - b'0' + 52,
            b'+' | b'-' => 62,
            b'/' | b'_' => 63,
            _ => return None,
        };
        bits = (bits << 6 | u32::from(six)) & 0xFFFF;
        count += 6;
        if count < 8 {
            return None;
        }
        count -= 8;
        u8::try_from(bits >> count & 0xFF).ok()
    })
}

/// Finds `-----BEGIN … PRIVATE KEY-----` up to its end, or the end of the text.
pub(super) fn private_key(rest: &str) -> Option<Range<usize>> {
    let head = rest.strip_prefix("-----BEGIN ")?;
    let label = run(head, |byte| upper(byte) || byte == b' ').trim_end_matches(" BLOCK");
    let key = head.strip_prefix(label)?;
    let key = key.strip_prefix(" BLOCK").unwrap_or(key).strip_prefix("-----")?;
    // A mark without a key is prose.
    let is_key = label.ends_with("PRIVATE KEY") && key.bytes().take(LONGEST_GAP).any(alnum);
    is_key.then(|| {
        let closing = "-----END ";
        let end = key.find(closing).map(|at| at + closing.len());
        let end = end.and_then(|end| Some(end + key[end..].find("-----")? + "-----".len()));
        0..rest.len() - key.len() + end.unwrap_or(key.len())
    })
}

/// A key begins this soon behind its mark.
const LONGEST_GAP: usize = 16;
