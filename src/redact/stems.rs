//! The table of stems: strings that announce a secret without a known shape, each with the syntax that may start there.

/// What may start at a position, besides a shape.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Begins {
    /// A part of the name of a secret.
    Name,
    /// The name of a parameter of an address.
    Parameter,
    /// The scheme of a header.
    Scheme,
    /// A word before a user and a password.
    Pair,
    /// A command with an argument that is a secret.
    Command,
    /// A record whose values have no names next to them.
    Record,
    /// The second field of an entry in a password file.
    Entry,
    /// A flag, after a space.
    Flag,
    /// A comment in a statement.
    Remark,
    /// A quoted flag, or the end of a quoted value.
    Quote,
    /// A string that a shell passes to a command.
    HereString,
    /// The part of a Go data source after its password.
    GoAddress,
    /// The part of an address after its scheme.
    Address,
}

/// Strings that announce a secret without a known shape, separated by `|`. Case makes no difference.
#[rustfmt::skip]
pub(super) const STEMS: &[(Begins, &str)] = &[
    (Begins::Name, concat!(
        "pass|pasw|pwd|pswd|wort|secr|toke|key|keys|auth|cook|cred|sess|sid|_pw|-pw|bpw|tpw|dpw|opw|lpw|ppw|rpw|pat|psk|pin|",
        "otp|salt|sig|jwt|jwk|pem|cert|login|dsn|hmac|muni|bearer|seed|mnem|saml|pkcs|webh|priv|ionst|ion_st|ion-st|crypt|",
        "pfx|tick|csrf|xsrf|senh|clav|ntrase|hasl|wachtw|parola|sifr|aspx|forg|sign|hash|serti|licens|paro|motd|salas|hesl|",
        "remem|logged_|apik|api-k|secures|пар|密|口令|パス|비밀|şifr|令牌|hasł| pw|rifier|e_code|icecode|p_code|pcode|y_code|ycode|",
        "n_code|oncode|cvv|pukc|mtan|ncode|rcode|rt-api|cakep|ests|phash|bcrypt|wif|ssess|scode|s_code|kcode|k_code|lcode|",
        "g_code|katas|κωδ|лоз|暗|암호|jelsz|adgang|kodeo|zapor|lozin|geslo|_sk|cvc|pepp",
    )),
    (Begins::Parameter, concat!(
        "code=|code%|sig=|sig%|signature|hmac=|hash=|sign=|otp=|pin=|key=|key%|jwt=|sid=|auth=|pass|st=|&t=|rlkey=|resourcek|",
        "token=|dkey=|pwd=|?s=|&tk=|?tk=|?t=|&s=|&p=|?k=|&k=|?p=|?ak=|&ak=|?sk=|&sk=|sas=|hdnt|hdne|ticket=|md5=|wstoken|",
        "magic=|invite=|verify=|assertion|samlr|policy=|access|apik|session|appid=|relay|nonce=|token_hint=",
    )),
    (Begins::Scheme, "bearer|basic|digest|negotiate|ntlm|ssws|dpop|hawk |splunk |genie|apikey|api-key|token|private-t|jwt |kerberos |bot "),
    (Begins::Pair, "sqlplus|thin:"),
    (Begins::GoAddress, "@tcp(|@unix("),
    (Begins::Pair, concat!(
        "roxy=|roxy |roxy:|login|logon|ad line|credentials|creds |auth |auth:|user |r.info=|user=|userid=|impdp |expdp |",
        "sqlldr |account ",
    )),
    (Begins::Command, "echo |printf |identified|334 |expect |send |auth plain|auth login|auth xo|AUTH |PASS |pass:|set passw"),
    (Begins::Record, "insert into|row contains|rs: (|rs: {|rs: [|kind:|kind\"|kind\\|on >|securestr"),
    (Begins::Entry, "*:*:|:543|:330|:143|:152|:270|:637"),
    (Begins::Flag, concat!(
        " -p| -P| -u| -U| -a| -w| -k| -K| -A| -X| -c| -t| -W| -b| -x| -y| /p| /rp| --b| --v| -N| -hp| -gp| --us| --cr| --au|",
        " --ur| --sr| --de| --pr| -s",
    )),
    (Begins::Remark, " -- "),
    (Begins::Quote, concat!(
        "' for|\" * \"| * |'-p|\"-p|'-u'|\"-u\"|'-a'|\"-a\"|'-P'|\"-P\"|'-w'|\"-w\"|'-t'|\"-t\"|'-U'|\"-U\"|\"d\":|\"p\":|",
        "\"q\":|\"k\":|\"dp\"|\"dq\"|\"qi\"",
    )),
    (Begins::HereString, "<<<"),
    (Begins::Address, "://|:\\/\\/|%3a%2f%2f"),
];
