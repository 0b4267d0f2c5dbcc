//! Secrets in the arguments of commands and in protocol lines, with the table of commands.

use std::ops::Range;

use super::address::pair;
use super::ending::{end_of_line, quoted};
use super::escape::begins;
use super::opaque::is_opaque;
use super::plain::{is_placeholder, starts_as_placeholder};
use super::token::is_basic;
use super::word::{begins_word, is_word};
use mcp_error_codes_core::secret_name::is_one_of;

/// The position of a secret in an argument.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Place {
    /// `-pSECRET`
    Glued,
    /// `-p SECRET`
    Next,
    /// `-u user:SECRET`, `-U user%SECRET`
    Pair,
}

/// Flags whose value is a secret: the flag, the commands that accept it, and the position of the secret.
#[rustfmt::skip]
const FLAGS: &[(&str, &[&str], Place)] = &[
    ("-p", &["mysql", "mysqldump", "mysqladmin", "mysqlimport", "mysqlshow", "mysqlcheck", "mysqlslap", "mysqlbinlog", "mysqlsh", "mysqlpump", "mydumper", "mariadb", "mariadb-dump", "mycli", "sshpass", "7z", "7za", "7zr", "7zz", "mytop", "innotop", "xtrabackup", "mariabackup", "rar", "unrar", "winrar", "smbexec", "pt-query-digest"], Place::Glued),
    ("-p", &["docker", "podman", "buildah", "skopeo", "nerdctl", "helm", "oc", "sshpass", "psexec", "psexec64", "mongo", "mongosh", "mongodump", "mongorestore", "mongoexport", "mongoimport", "mongostat", "mongotop", "az", "cf", "ibmcloud", "dsquery", "xfreerdp", "sqlpackage", "cqlsh", "tsh", "rar", "unrar", "evil-winrm", "crackmapexec", "netexec", "nxc", "cifscreds", "clickhouse-client", "arangosh", "arangodump", "cypher-shell", "bteq", "vsql", "zxfer", "keepassxc-cli", "ncftpput", "ncftpget", "ncftp", "smbget", "gcrane", "crane", "winrs", "security", "usermod", "useradd", "adduser", "elasticsearch-users", "xcrun", "altool", "twine", "poetry", "rdesktop", "openfortivpn", "couchbase-cli", "cbq", "cbbackup", "influx", "iredis", "smbmap", "hdbsql", "impdp", "expdp", "sqlldr", "nzsql", "monetdb", "mclient", "jfrog", "jf", "xcopy", "vmrun", "govc", "racadm", "puppet", "odo", "argocd", "harbor", "cbc", "exp"], Place::Next),
    ("-P", &["sqlcmd", "bcp", "osql", "isql", "tsql", "zip", "zipcloak", "unzip", "ipmitool", "ipmi-sensors", "kadmin", "freerdp", "mosquitto_pub", "mosquitto_sub", "mosquitto_rr", "knife", "ssh-keygen", "security", "p4", "funzip", "wbadmin", "fence_ipmilan", "ssh-copy-id", "dwdiff", "amqp-publish", "perccli"], Place::Next),
    ("-P", &["zip", "unzip", "sqlcmd", "bcp", "ipmitool", "osql", "isql"], Place::Glued),
    ("-N", &["ssh-keygen"], Place::Next),
    ("-s", &["ldappasswd"], Place::Next),
    ("-u", &["curl", "http", "https", "httpie", "wget", "svn", "cadaver", "elasticdump", "couchbase-cli", "lftp", "siege", "aria2c"], Place::Pair),
    ("-U", &["smbclient", "smbmap", "rpcclient", "net", "wmic", "winexe", "curl", "snmpget", "nmblookup", "smbtree", "smbcacls", "samba-tool"], Place::Pair),
    ("-U", &["curl"], Place::Pair),
    ("-x", &["curl"], Place::Pair),
    ("-a", &["http", "https", "httpie", "xh", "xhs"], Place::Pair),
    ("-A", &["ab", "hey", "bombardier"], Place::Pair),
    ("-auth", &["jenkins-cli.jar", "jenkins-cli", "java"], Place::Pair),
    ("-a", &["redis-cli", "valkey-cli", "keydb-cli", "redis-benchmark", "iredis", "dragonfly", "redis-dump", "memtier_benchmark", "bearer"], Place::Next),
    ("-w", &["ldapsearch", "ldapadd", "ldapmodify", "ldapdelete", "ldappasswd", "ldapwhoami", "ldapcompare", "ldapmodrdn", "dsidm", "dsconf", "isql", "snmpv3", "kadmin", "kadmin.local", "ipa"], Place::Next),
    ("-k", &["openssl", "dotnet", "nuget", "gem", "logdna-agent"], Place::Next),
    ("-K", &["openssl"], Place::Next),
    ("-A", &["snmpget", "snmpwalk", "snmpset", "snmptrap", "snmpbulkwalk", "snmptable"], Place::Next),
    ("-X", &["snmpget", "snmpwalk", "snmpset", "snmptrap", "snmpbulkwalk", "snmptable"], Place::Next),
    ("-c", &["snmpget", "snmpwalk", "snmpset", "snmptrap", "snmpbulkwalk", "snmptable", "snmpgetnext", "snmp-check", "onesixtyone"], Place::Next),
    ("-t", &["doctl", "ngrok", "influx", "flyctl", "fly", "hcloud", "vercel", "surge", "tailscale", "codecov", "codecovcli", "linode-cli", "percy", "netlify", "semantic-release"], Place::Next),
    ("-pw", &["plink", "pscp", "psftp", "putty", "winscp", "kitty"], Place::Next),
    ("/p", &["schtasks", "signtool", "net", "psexec", "cmdkey", "certutil", "wmic", "winrs", "mstsc", "sqlplus", "xfreerdp", "xfreerdp3", "wfreerdp"], Place::Next),
    ("/rp", &["schtasks"], Place::Next),
    ("/pass", &["cmdkey", "certutil", "rundll32"], Place::Next),
    ("-W", &["pg_basebackup", "vpnc", "wpa_cli"], Place::Next),
    ("-b", &["secret", "secrets"], Place::Next),
    ("-body", &["secret", "secrets"], Place::Next),
    ("--body", &["secret", "secrets"], Place::Next),
    ("--value", &["secret", "secrets", "securestring", "keyvault"], Place::Next),
    ("--body", &["variable"], Place::Next),
    ("-hp", &["rar", "unrar", "winrar"], Place::Glued),
    ("-k", &["security"], Place::Next),
    ("-w", &["security"], Place::Next),
    ("-p", &["certutil", "fab", "mkpasswd", "kcadm.sh", "add-user.sh", "openconnect", "snx", "sshuttle", "pscp"], Place::Next),
    ("-gp", &["vmrun"], Place::Next),
];

/// Flags that name the user. A password may follow after `-p`, whatever the command.
const USERS: &[&str] = &[
    " -u ",
    " -U ",
    " -l ",
    " --user ",
    " --username ",
    " --user=",
    " --username=",
    " /u:",
    " /user:",
    " -user ",
    " -username ",
];

/// Commands with an argument that is a secret, although no flag precedes it: the words before that argument. `*` stands
/// for an argument that is skipped.
#[rustfmt::skip]
pub(super) const BARE: &[&str] = &[
    "rclone obscure", "cargo login", "wrangler secret put", "npm config set _auth", "npm config set _password", "ngrok authtoken", "ngrok config add-authtoken",
    "travis encrypt", "composer config github-oauth.github.com", "composer config http-basic.* *", "composer config bearer.*", "heroku authorizations:create", "vault login",
    "vault operator unseal", "vault unseal", "bao login", "bao operator unseal", "tailscale up --authkey", "snyk auth", "surge token", "cloudflared service install",
    "netlify login", "doppler configure set token", "railway login", "pulumi login", "huggingface-cli login --token", "wandb login",
    "gcloud config set auth/access_token", "gcloud auth activate-refresh-token *", "pip config set global.password", "bundle config rubygems.pkg.github.com",
    "dotnet nuget setapikey", "dotnet user-secrets set *", "nuget setapikey", "nuget push -k", "nuget push *", "luarocks upload --api-key", "twine upload -p",
    "poetry config pypi-token.*", "poetry config http-basic.* *", "poetry publish -p", "ansible-vault encrypt_string", "kubeadm join --token",
    "vncpasswd", "passwd --stdin", "fly auth token", "ghcr login", "sentry-cli login --auth-token", "stripe login --api-key", "rails credentials:set",
    "dvc remote modify password", "dvc remote modify * password", "algolia profile add", "snmp-server community", "tacacs-server key 0", "tacacs-server key 7",
    "tacacs-server key", "radius-server key 0", "radius-server key 7", "radius-server key", "key-string 7", "key-string",
    "yarn config set npmauthtoken", "yarn config set npmauthident", "pnpm config set _auth", "net user *", "net use *", "createuser * sha", "createuser * md5", "net.exe user *", "net use * * /user:*", "net use * /user:*", "net use * *",
    "net.exe use * * /user:*", "net.exe use * /user:*", "net.exe use * *", "htpasswd -b * *", "htpasswd -nb *", "htpasswd -cb * *", "htpasswd -bc * *", "htpasswd -nbb *", "htpasswd -nbm *", "htpasswd -bbc * *",
    "htpasswd -nbB *", "rabbitmqctl add_user *", "rabbitmqctl change_password *", "rabbitmqctl authenticate_user *", "wpa_passphrase *", "bw unlock", "bw login *", "mc alias set * * *",
    "mc config host add * * *", "neo4j-admin dbms set-initial-password", "neo4j-admin set-initial-password", "grafana-cli admin reset-admin-password", "grafana cli admin reset-admin-password",
    "auth default", "nickserv identify", "nickserv :identify", "nickserv identify *", "rman target *", "twilio login *", "circleci setup --token", "buildkite-agent start --token",
    "semgrep login --token", "fastly profile create --token", "ibmcloud login --apikey", "mongosh --password", "asadmin change-admin-password", "zerotier-cli set token", "eas login",
    "expo login -p", "cordova build --keystorepassword", "dsmod user * -pwd", "dsadd user * -pwd", "smbpasswd -a *", "kadmin.local -q", "influx v1 auth set-password", 
    "conjur login -p", "summon -p", "chamber write * *", "credstash put *", "sops set * *", "llm keys set * --value", "gopass insert", "ejson encrypt", "travis login --github-token",
    "jfrog config add * --access-token", "jf config add * --access-token", "lpass login", "ykman oath accounts add *", "oathtool --totp -b", "oathtool -b --totp", "oathtool -b", "oathtool --totp",
    "openssl passwd -6", "openssl passwd -5", "openssl passwd -1", "openssl passwd -apr1", "openssl passwd", "mkpasswd -m *", "htpasswd -bB * *", "htpasswd -nbB *", "htpasswd -bcB * *",
    "composer config --auth http-basic.* *", "composer config -g http-basic.* *", "composer config -g github-oauth.github.com", "composer config --global github-oauth.github.com",
    "composer config --auth github-oauth.github.com", "drush user:password *", "drush upwd *", "connect to * user * using", "pulumi config set --secret *", "crypto isakmp key", "isakmp key",
    
    "snmp-server user * * auth md5", "snmp-server user * * auth sha", "snmp-agent community read", "ntp authentication-key * md5",
    
    "ipsec whack --psk", "wg set * private-key", "racadm set idrac.users.2.password", "omconfig preferences password", "esxcli system account set -i * -p", "clickhouse client --password",
];

/// Returns the words of a command up to the first skipped argument.
pub(super) const fn literal(bare: &'static str) -> &'static [u8] {
    let bytes = bare.as_bytes();
    let mut end = 0;
    while end < bytes.len() && bytes[end] != b'*' {
        end += 1;
    }
    bytes.split_at(end).0
}

/// Finds the secret of a command in the table, given the position of the command.
pub(super) fn bare(text: &str, at: usize, pattern: &str) -> Option<Range<usize>> {
    let bytes = text.as_bytes();
    if at > 0 && bytes[at - 1].is_ascii_alphanumeric() {
        return None;
    }
    let mut parts = pattern.split('*').peekable();
    let mut from = at;
    while let Some(part) = parts.next() {
        let own = text.get(from..from + part.len()).filter(|own| own.eq_ignore_ascii_case(part))?;
        from += own.len();
        if parts.peek().is_some() {
            from += bytes[from..].iter().take_while(|byte| !byte.is_ascii_whitespace()).count();
        }
    }
    let line = end_of_line(bytes, from);
    // `secret put NAME <<< ..`
    if let Some(here) = text[from..line].find("<<<") {
        from += here + 3;
    }
    (bytes.get(from) == Some(&b' ')).then_some(())?;
    argument(text, from).filter(|found| {
        let value = &text[found.clone()];
        let is_short_word = is_word(value) && value.len() < 16;
        let is_path = value.contains("://") || value.starts_with(['/', '\\', '*']);
        value.len() >= 6 && !is_short_word && !is_path
    })
}

/// Finds the value of a flag that starts at the given position, after a space.
pub(super) fn flag(text: &str, at: usize) -> Option<Range<usize>> {
    let bytes = text.as_bytes();
    let rest = text.get(at..)?;
    let line = bytes[at.saturating_sub(256)..at]
        .iter()
        .rposition(|byte| *byte == b'\n')
        .map_or(at.saturating_sub(256), |end| at.saturating_sub(256) + end + 1);
    let line = (line..at).find(|place| text.is_char_boundary(*place))?;
    // `--value SECRET --type SecureString`
    let whole = if rest.starts_with("--value") { end_of_line(bytes, at).min(at + 256) } else { at };
    let whole = (at..=whole).rev().find(|place| text.is_char_boundary(*place)).unwrap_or(at);
    let commands = text[line..whole]
        .split([' ', '/', '\'', '"', '`', '[', '(', ',', '\\', '=', '$'])
        .filter(|word| word.as_bytes().first().is_some_and(u8::is_ascii_alphanumeric))
        .map(|word| word.strip_suffix(".exe").unwrap_or(word));
    FLAGS
        .iter()
        .find_map(|(flag, owners, place)| {
            let after = rest.strip_prefix(flag)?;
            let from = at + flag.len();
            let byte = *after.as_bytes().first()?;
            let fits = match place {
                Place::Glued => !byte.is_ascii_whitespace() && byte != b'-' && byte != b'=',
                Place::Next => matches!(byte, b' ' | b'=' | b':'),
                Place::Pair => matches!(byte, b' ' | b'=' | b'"' | b'\'') || byte.is_ascii_alphanumeric(),
            };
            (fits && commands.clone().any(|command| is_one_of(command, owners))).then_some(())?;
            match place {
                Place::Glued => argument(text, from),
                // `docker run -p 8080:80` publishes a port.
                Place::Next => argument(text, from + 1).filter(|found| !is_port(&text[found.clone()])),
                Place::Pair => user_and_password(text, from),
            }
        })
        .or_else(|| after_user(text, line, at))
        .or_else(|| any_pair(text, at))
}

/// Finds the password in a user argument of any command: `tool --user app:SECRET`.
fn any_pair(text: &str, at: usize) -> Option<Range<usize>> {
    let rest = text.get(at..)?;
    let flags = [
        "-u",
        "-U",
        "--user",
        "--creds",
        "--auth",
        "--uri",
        "--src-creds",
        "--dest-creds",
        "--proxy-user",
        "--basic",
        "--credentials",
    ];
    let flag =
        flags.iter().find(|flag| rest.strip_prefix(**flag).is_some_and(|after| after.starts_with([' ', '='])))?;
    user_and_password(text, at + flag.len() + 1).filter(|found| {
        let value = &text[found.clone()];
        is_opaque(value) && value.bytes().any(|byte| byte.is_ascii_digit()) && value.len() >= 6 && !value.contains('/')
    })
}

/// Finds the password in the arguments of any command that names its user first: `tool -u app -p SECRET`.
fn after_user(text: &str, line: usize, at: usize) -> Option<Range<usize>> {
    let rest = text.get(at..)?;
    let from = ["-p ", "-P ", "-w ", "-p=", "-pw "]
        .iter()
        .find(|flag| rest.starts_with(**flag))
        .map(|flag| at + flag.len())?;
    let found =
        argument(text, from).filter(|found| is_opaque(&text[found.clone()]) && !text[found.clone()].contains('/'))?;
    USERS.iter().any(|flag| text[line..at].contains(flag)).then_some(found)
}

/// Returns whether an argument is a port or a port mapping: `8080`, `127.0.0.1:8080:80/tcp`.
fn is_port(value: &str) -> bool {
    let is_number = |part: &str| part.len() <= 5 && part.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-');
    let value = value.strip_suffix("/tcp").or_else(|| value.strip_suffix("/udp")).unwrap_or(value);
    let mut parts = value.rsplit(':');
    let last = parts.next().is_some_and(is_number);
    let rest: usize = parts.clone().count();
    last && rest > 0
        && parts.all(|part| is_number(part) || part.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.'))
}

/// Finds the value of a flag that starts at the given position, in a list of quoted arguments.
pub(super) fn quoted_flag(text: &str, at: usize) -> Option<Range<usize>> {
    let bytes = text.as_bytes();
    let from = (at.saturating_sub(256)..=at).find(|place| text.is_char_boundary(*place))?;
    let before = &text[from..at];
    let (found, next) = quoted(bytes, at)?;
    let own = text.get(found.clone())?;
    let words = before.split([' ', '\'', '"', '[', ',', '(', '/']);
    // `"-pSECRET"`
    let glued = FLAGS.iter().find(|(flag, commands, place)| {
        *place == Place::Glued
            && own.len() > flag.len() + 3
            && own.starts_with(flag)
            && words.clone().any(|word| is_one_of(word, commands))
    });
    if let Some((flag, _, _)) = glued {
        let value = found.start + flag.len()..found.end;
        return (!is_placeholder(&text[value.clone()]) && !text[value.clone()].starts_with(['-', '=']))
            .then_some(value);
    }
    let (_, _, place) =
        FLAGS.iter().find(|(flag, commands, _)| *flag == own && words.clone().any(|word| is_one_of(word, commands)))?;
    let skipped = bytes[next..].iter().take(8).take_while(|byte| matches!(byte, b' ' | b',' | b'\n')).count();
    let value = next + skipped;
    matches!(bytes.get(value), Some(b'"' | b'\'')).then_some(())?;
    match place {
        Place::Pair => user_and_password(text, value),
        _ => argument(text, value),
    }
}

/// Finds the text that PowerShell converts to a secret: `ConvertTo-SecureString "SECRET"`.
pub(super) fn secure_string(text: &str, at: usize) -> Option<Range<usize>> {
    let rest = text.get(at..)?;
    rest.get(..12).filter(|own| own.eq_ignore_ascii_case("securestring"))?;
    let after = rest[12..].trim_start_matches([' ', '(']);
    let after = after.strip_prefix("-String ").unwrap_or(after);
    after.starts_with(['"', '\'']).then(|| argument(text, text.len() - after.len())).flatten()
}

/// Reads one argument.
fn argument(text: &str, from: usize) -> Option<Range<usize>> {
    let bytes = text.as_bytes();
    let from = from + bytes[from..].iter().take(8).take_while(|byte| **byte == b' ').count();
    let found = match bytes.get(from)? {
        b'"' | b'\'' => quoted(bytes, from)?.0,
        _ => {
            from..from
                + bytes[from..]
                    .iter()
                    .take_while(|byte| !byte.is_ascii_whitespace() && !matches!(byte, b'"' | b'`'))
                    .count()
        }
    };
    let value = text.get(found.clone())?;
    (!value.is_empty() && !value.starts_with('-') && !is_placeholder(value) && !starts_as_placeholder(value))
        .then_some(found)
}

/// Reads `user:password` and `user%password`.
fn user_and_password(text: &str, from: usize) -> Option<Range<usize>> {
    let whole = argument(text, from)?;
    let value = &text[whole.clone()];
    let value = value.rsplit_once("://").map_or(value, |(_, value)| value);
    let start = whole.end - value.len();
    let at = value.find([':', '%']).or_else(|| value.find(',').filter(|_| text[..from].ends_with("-u ")))?;
    let end = value
        .rfind('@')
        .filter(|end| {
            *end > at
                && value.len() > end + 1
                && value[..*end].len() > at + 1
                && value.as_bytes()[at] == b':'
                && start > whole.start
        })
        .unwrap_or(value.len());
    let password = &value[at + 1..end];
    (!is_placeholder(password) && !starts_as_placeholder(password) && !password.is_empty())
        .then_some(start + at + 1..start + end)
}

/// Finds the secret in a command or a protocol line that starts at the given position.
pub(super) fn command(text: &str, at: usize) -> Option<Range<usize>> {
    let bytes = text.as_bytes();
    if at > 0 && bytes[at - 1].is_ascii_alphanumeric() {
        return None;
    }
    let rest = text.get(at..)?;
    let starts = |start: &str| rest.get(..start.len()).is_some_and(|own| own.eq_ignore_ascii_case(start));
    if starts("echo ") || starts("printf ") || starts("print ") {
        return piped(text, at);
    }
    if starts("auth plain ") || starts("auth login ") || starts("auth xoauth2 ") || starts("334 ") {
        let from = rest.find(['\n', ' ']).map(|end| at + end + 1)?;
        let from = if starts("334 ") {
            end_of_line(bytes, at)
        } else {
            from + bytes[from..].iter().take(12).position(|byte| *byte == b' ')? + 1
        };
        let from = from + bytes[from..].iter().take_while(|byte| byte.is_ascii_whitespace()).count();
        let length = bytes[from..]
            .iter()
            .take_while(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/' | b'='))
            .count();
        return (length >= 8).then_some(from..from + length);
    }
    // `AUTH SECRET` and `AUTH user SECRET` of Redis
    if rest.starts_with("AUTH ") && (at == 0 || bytes[at - 1] == b'\n' || text[..at].ends_with(['"', '\'', '>', ' '])) {
        let line = text[at + 5..end_of_line(bytes, at)].trim_end_matches(['"', '\'']);
        let value = line.rsplit(' ').next()?;
        let from = at + 5 + line.len() - value.len();
        let has_digit = value.bytes().any(|byte| byte.is_ascii_digit());
        return (line.split(' ').count() <= 2 && has_digit && is_opaque(value) && !value.contains(':'))
            .then_some(from..from + value.len())
            .or_else(|| pair(text, at + 4));
    }
    // `openssl .. -passin pass:SECRET`
    if starts("pass:") {
        let is_flag = ["-passin ", "-passout ", "-pass ", "-passin=", "-passout=", "-srcpass ", "-kdfopt "]
            .iter()
            .any(|flag| text[..at].ends_with(flag));
        return is_flag.then(|| argument(text, at + 5)).flatten();
    }
    if starts("identified ") {
        return identified(text, at);
    }
    // `SET PASSWORD FOR app = 'SECRET'`
    if starts("set password for ") {
        let equals = rest.bytes().take(160).position(|byte| byte == b'=')?;
        let value = rest[equals + 1..].trim_start();
        let value = value.strip_prefix("PASSWORD(").unwrap_or(value);
        return value.starts_with('\'').then(|| argument(text, text.len() - value.len())).flatten();
    }
    if starts("pass ")
        && (at == 0 || bytes[at - 1] == b'\n' || text[..at].ends_with(": "))
        && rest.is_char_boundary(5)
        && rest.starts_with("PASS")
    {
        return argument(text, at + 5)
            .filter(|found| text[found.end..].starts_with(['\r', '\n']) || found.end == text.len())
            .filter(|found| is_opaque(&text[found.clone()]));
    }
    if starts("expect ") || starts("send ") {
        let inner = rest.find('"').filter(|open| *open <= 12).map(|open| at + open)?;
        let (found, _) = quoted(bytes, inner)?;
        let value = text.get(found.clone())?.trim_end_matches("\\r").trim_end_matches("\\n");
        return (is_opaque(value) && value.bytes().any(|byte| byte.is_ascii_digit()) && !value.contains(' '))
            .then_some(found.start..found.start + value.len());
    }
    if starts("login ")
        || starts("credentials ")
        || starts("auth: ")
        || starts("login: ")
        || starts("proxy=")
        || starts("auth ")
        || starts("user ")
    {
        let word = rest.find([' ', ':', '='])?;
        return pair(text, at + word);
    }
    None
}

/// Finds the secret after `IDENTIFIED BY` and `IDENTIFIED WITH plugin AS`.
fn identified(text: &str, at: usize) -> Option<Range<usize>> {
    let bytes = text.as_bytes();
    let line = end_of_line(bytes, at);
    let own = text.get(at..line)?;
    let lower = own.to_ascii_lowercase();
    let by = lower.find(" by ").map(|by| by + 4).or_else(|| lower.find(" as ").map(|by| by + 4))?;
    let from = at + by + own[by..].len() - own[by..].trim_start().len();
    let from = if text[from..].to_ascii_lowercase().starts_with("password ") { from + 9 } else { from };
    argument(text, from)
}

/// Finds the text that a command pipes into another one that reads a secret:
/// `echo SECRET | docker login --password-stdin`.
fn piped(text: &str, at: usize) -> Option<Range<usize>> {
    let bytes = text.as_bytes();
    let line = bytes[at..].iter().position(|byte| *byte == b'\n').map_or(bytes.len(), |end| at + end);
    let own = text.get(at..line)?;
    let bar = own.find(" | ").or_else(|| own.find('|'))?;
    let reader = own[bar..].to_ascii_lowercase();
    let reads = [
        "chpasswd",
        "password-stdin",
        "with-token",
        "passwd",
        "sudo -s",
        "login",
        "--stdin",
        "secret",
        "gpg",
        "openssl",
        "kinit",
        "cryptsetup",
        "vault",
        "smbpasswd",
        "htpasswd",
        "base64",
    ];
    if !reads.iter().any(|own| reader.contains(own)) {
        return None;
    }
    let mut from = at + own.find(' ')?;
    loop {
        from += bytes[from..].iter().take_while(|byte| **byte == b' ').count();
        let word = text.get(from..at + bar)?.split(' ').next()?;
        match word.starts_with('-') || matches!(word.trim_matches(['"', '\'']), "%s" | "%s\\n") {
            true => from += word.len(),
            false => break,
        }
    }
    let found = argument(text, from).filter(|found| found.end <= at + bar + 1)?;
    let value = &text[found.clone()];
    match value.split_once(':') {
        Some((user, password))
            if reader.contains("chpasswd") && is_word(user)
                || user.len() < 24 && !password.is_empty() && reader.contains("passwd") =>
        {
            Some(found.start + user.len() + 1..found.end)
        }
        _ => (!(is_word(value) && value.len() < 8)).then_some(found),
    }
}

/// Finds the text that a shell passes to a command that reads a secret: `sudo -S <<< SECRET`.
pub(super) fn here_string(text: &str, at: usize) -> Option<Range<usize>> {
    let bytes = text.as_bytes();
    if !bytes[at..].starts_with(b"<<<") {
        return None;
    }
    let from = at.saturating_sub(128);
    let from = (from..=at).find(|place| text.is_char_boundary(*place))?;
    let before = text[from..at].to_ascii_lowercase();
    let reads = [
        "sudo",
        "login",
        "secret",
        "pass",
        "token",
        "gpg",
        "openssl",
        "kinit",
        "vault",
        "auth",
        "credential",
        "crypt",
        "key",
        "keystore",
    ];
    reads.iter().any(|own| before.contains(own)).then_some(())?;
    let start = at + bytes[at..].iter().take(4).take_while(|byte| **byte == b'<').count();
    argument(text, start)
}

/// Finds the text after the name of a scheme: `Bearer ..`, `Basic ..`, `SSWS ..`.
pub(super) fn credentials(text: &str, at: usize) -> Option<Range<usize>> {
    const OWN: &[&str] = &[
        "bearer",
        "basic",
        "negotiate",
        "ntlm",
        "ssws",
        "dpop",
        "apikey",
        "token",
        "genieky",
        "geniekey",
        "splunk",
        "digest",
        "api-key",
        "private-token",
        "jwt",
        "kerberos",
        "hawk",
        "bot",
    ];
    let bytes = text.as_bytes();
    let length = bytes[at..].iter().take(16).take_while(|byte| byte.is_ascii_alphabetic() || **byte == b'-').count();
    let scheme = text.get(at..at + length)?;
    if bytes.get(at + length..).is_none_or(|rest| rest.len() <= 8) {
        return None;
    }
    if !begins(bytes, at) {
        return None;
    }
    let mut from = at + length;
    let mut seen = 0;
    while let Some(own) = super::escape::unit(bytes, from)
        && matches!(
            own.byte,
            b' ' | b'\t'
                | b'\n'
                | b'\r'
                | b'+'
                | b':'
                | b'='
                | b'"'
                | b'\''
                | b','
                | b'['
                | b'<'
                | b'`'
                | super::escape::UNSEEN
        )
        && seen < 6
    {
        from += own.length;
        seen += 1;
    }
    if seen == 0 || begins_word(bytes, from) {
        return None;
    }
    let count = bytes[from..]
        .iter()
        .take_while(|byte| {
            byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~' | b'+' | b'/' | b'=')
        })
        .count();
    let value = text.get(from..from + count)?.trim_end_matches('.');
    if value.len() < 8 || !is_one_of(scheme, OWN) {
        return None;
    }
    let is_bearer = is_one_of(scheme, &["bearer"]);
    let letters = |upper: bool| {
        value.bytes().skip(1).any(|byte| if upper { byte.is_ascii_uppercase() } else { byte.is_ascii_lowercase() })
    };
    let has_digit = value.bytes().any(|byte| byte.is_ascii_digit());
    let fits = match () {
        () if is_one_of(scheme, &["basic"]) => is_basic(value) || value.len() >= 16 && has_digit && is_opaque(value),
        () if is_bearer => {
            is_opaque(value) && (has_digit || value.len() >= 16 && letters(true) && letters(false))
                || value.len() >= 24 && is_opaque(value)
        }
        () if is_one_of(scheme, &["negotiate", "ntlm", "dpop", "ssws", "kerberos", "splunk", "hawk"]) => {
            value.len() >= 12 && is_opaque(value) && has_digit
        }
        () => {
            value.len() >= 20
                && has_digit
                && letters(true)
                && is_opaque(value)
                && text.as_bytes().get(at).is_some_and(u8::is_ascii_uppercase)
        }
    };
    // `token_type=bearer expires_in=3600`
    let is_pair = value
        .split_once('=')
        .is_some_and(|(name, after)| name.len() <= 16 && !after.trim_start_matches('=').is_empty());
    (fits && !is_pair).then_some(from..from + value.len())
}
