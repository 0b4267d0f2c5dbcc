//! The words that the rules know, in one table. One lookup returns every list that contains a word.

use alloc::vec;
use alloc::vec::Vec;
use std::sync::OnceLock;

/// The lists that contain a word, one bit each.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Lists(u32);

impl Lists {
    pub const NONE: Self = Self(0);
    /// Names whose value is a secret, also at the end of a longer name: `DB_PASSWORD`, `userPassword`, `pgpassword`.
    pub const SURE: Self = Self(1 << 0);
    /// Names whose value is a secret, except in a sentence: `token: expired`.
    pub const USUAL: Self = Self(1 << 1);
    /// Names whose value is a secret unless it looks like something else.
    pub const LIKELY: Self = Self(1 << 2);
    /// Words before `key` that make it a secret.
    pub const SECRET_KEYS: Self = Self(1 << 3);
    /// Words before `key` that make it harmless, or a public key.
    pub const HARMLESS_KEYS: Self = Self(1 << 4);
    /// Words after a secret's name that make the name describe the secret rather than contain it: `tokenCount`.
    pub const ABOUT: Self = Self(1 << 5);
    /// Words before `token` that make it a token of a grammar, a paging cursor or a progress token.
    pub const HARMLESS_BEFORE_TOKEN: Self = Self(1 << 6);
    /// Words at the beginning of a name that make it a yes-or-no question, or the name of a failure.
    pub const QUESTIONS: Self = Self(1 << 7);
    /// Words at the beginning of a type's name that make it the name of a failure: `InvalidToken`, `ErrSecretNotFound`.
    pub const FAILURES: Self = Self(1 << 8);
    /// Words after a secret's name that change nothing: `tokenValue`, `secret_base64`.
    pub const SAME: Self = Self(1 << 9);
    /// Placeholders for a value, and words that describe its state. `token: expired` and `token: swordfish` have the same form,
    /// so a closed list has to tell a state from a value.
    pub const STATES: Self = Self(1 << 10);
    /// Authentication schemes that are followed by credentials.
    pub const SCHEMES: Self = Self(1 << 11);
    /// Words that belong to the name after them: `API key`, `access token`.
    pub const LEADS: Self = Self(1 << 12);
    /// Words that belong to the name before them, or separate it from its value: `API key provided: ..`. No sign does, and any
    /// word would make `the key of this box is: red` a secret.
    pub const TAILS: Self = Self(1 << 13);
    /// Wrappers that programs write around a value.
    pub const WRAPPERS: Self = Self(1 << 15);
    /// Words that end with `pass` but do not name a secret.
    pub const HARMLESS_PASS: Self = Self(1 << 16);
    /// Words before `key` that make it a secret only if its value looks like one.
    pub const LIKELY_KEYS: Self = Self(1 << 17);
    /// Names of the member that contains the value beside a name: `{"name": .., "value": ..}`.
    pub const VALUES: Self = Self(1 << 18);

    /// Names whose value may be digits alone.
    pub const NUMBERS: Self = Self(1 << 19);
    /// Names whose value may be a phrase of words.
    pub const PHRASES: Self = Self(1 << 20);
    /// What the name of an algorithm starts with: `SCRAM-SHA-256`.
    pub const ALGORITHMS: Self = Self(1 << 21);

    /// Returns whether a word is in at least one of the given lists.
    pub const fn has(self, some: Self) -> bool {
        self.0 & some.0 != 0
    }

    /// Returns the union of the lists.
    pub const fn or(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }
}

/// The lists with their words, separated by spaces. Case is ignored. A list is one text, because in a position-independent program, a
/// pointer to each word would cost more than the word.
#[rustfmt::skip]
const WORDS: &[(Lists, &str)] = &[
    (Lists::SURE, "\
        password passwords passwd passphrase passphrases passcode passwort kennwort pasword apikey apikeys apitoken apisecret \
        accesstoken accesskey secretkey secretaccesskey authtoken authkey authpassword refreshtoken clientsecret privatekey \
        privkey signingkey encryptionkey masterkey appsecret appkey sharedkey sharedsecret sharedaccesskey accountkey \
        sessiontoken sessionkey bearertoken usertoken bottoken jwtsecret webhooksecret consumersecret requirepass masterauth \
        sshpass userpass dbpass dbpassword keypass storepass rootpw dbpw bindpw rootpass adminpass proxypass smtppass \
        becomepass connectionstring psk presharedkey wpapsk integrationkey ingestionkey licensekey deploykey unsealkey \
        subscriptionkey functionskey writekey secretstring secrettext totpsecret otpsecret passwordstring contraseña \
        contrasena senha clave hasło haslo wachtwoord parola şifre sifre пароль 密码 密碼 口令 rocommunity rwcommunity securestring \
        artapi パスワード 비밀번호 motdepasse 令牌 密钥 salasana lösenord losenord heslo jelszó mậtkhẩu passord passordet lösenordet \
        adgangskode kodeord jelszo contrasenya 암호 暗証番号 密鑰 parole parool lozinka geslo zaporka лозинка парола κωδικός senhas \
        palavrapasse katasandi authtok userpassword secretvalue cpassword mypassword secrettoken signingsecret apppassword \
        sastoken pgpassword passwordhash pairingcode"),
    (Lists::USUAL, "\
        token secret secrets cookie cookies pwd pw pass authorization credentials credential creds cred csrftoken xsrftoken \
        jsessionid phpsessid sessid ticket authorizationcode authcode codeverifier devicecode backupcode recoverycode \
        unlockcode accesscode cvv cvc cvv2"),
    (Lists::LIKELY, "\
        auth authentication session sessionid sid pin otp totp salt signature sig hmac mac jwt jwk jwks pat bearer dsn pem pfx \
        pkcs12 pkcs8 p12 seed mnemonic certificate community login ticket samlresponse assertion aspxauth tokens keyfile \
        keystore truststore p8 asc webhook keypair cookies antiforgery oobcode passkey pepper userpass basicauth upass pswd \
        passw pword authenticity verifier seedphrase recoveryphrase mnemonicphrase securitycode verificationcode smscode \
        mfacode onetimecode pincode otpcode totpcode twofactorcode logincode confirmationcode pukcode tancode lockcode \
        doorcode mtan sess cakephp estsauth estsauthpersistent phash bcrypt wif passwordsalt keymaterial keycontent sign dkey \
        skey akey aspxformsauth keycloakidentity jsessionidsso devkey pkey upwd authtoken setcookie gpgprivate pgpprivate \
        sshprivate apiauth accesssign hmackey xsrf privatepem"),
    (Lists::NUMBERS, "\
        pin otp totp cvv cvc cvv2 backupcode recoverycode securitycode verificationcode smscode mfacode onetimecode pincode \
        devicecode unlockcode accesscode otpcode totpcode twofactorcode logincode confirmationcode pairingcode pukcode tancode \
        lockcode doorcode mtan"),
    (Lists::PHRASES, "mnemonic seed seedphrase recoveryphrase mnemonicphrase"),
    (Lists::ALGORITHMS, "\
        scram hmac sha sha1 sha2 sha3 sha256 sha384 sha512 aes rsa ecdsa eddsa pbkdf2 tls hs256 hs384 hs512 rs256 es256 \
        chacha20 xchacha20 ecdh aws4 md5 blake2b blake3 argon2 argon2id x25519 ed25519"),
    (Lists::SECRET_KEYS, "\
        api private secret access encryption signing master admin auth account storage shared server service write app \
        application license ingestion ingest integration webhook session consumer client symmetric crypto hmac aes rsa dsa \
        ecdsa ed25519 pgp gpg ssh deploy unseal recovery global preshared subscription functions function authorization bearer \
        token jwt read query push user personal developer dev live prod production test sandbox pre wg tls ssl data transit \
        kms hook merchant bot sender device enrollment activation product serial backup decryption cipher des psk management \
        publisher salt hash install maintenance owner root machine code rest javascript"),
    (Lists::HARMLESS_KEYS, "\
        public pub websocket socket primary foreign unique cache partition sort routing row idempotency object map host \
        registry translation i18n message group lookup issue project hot shift meta config error publishable site dedup \
        deduplication index candidate composite natural surrogate ref reference hash range shard bucket column dict hmap redis \
        s3 image file feature flag locale label query react item list sorting order parent child ssh_host extra unknown \
        missing invalid duplicate bad wrong no the a this that any each every by for of with on in is press arrow enter return \
        escape esc tab space control ctrl alt function modifier media answer low sync tokens token users constraint storage \
        state context json yaml toml setting settings property attribute header field param parameter event metric log trace \
        span tag first last next prev previous"),
    (Lists::ABOUT, "\
        id ids identifier name names url urls uri uris path paths file files filename dir directory count counts limit limits \
        type types length len size expires expired expiry expiration exp at on by ttl age maxage policy policies required \
        requirements requirement field fields enabled disabled enable mode status state ref refs reference arn version \
        versions index offset position pos kind usage budget endpoint issuer audience scope scopes algorithm alg format domain \
        hint hints label prompt strength reset resets min max minimum maximum updated created rotated changed date time \
        timestamp duration lifetime window bucket provider providers manager store source service server handler method \
        methods rule rules rotation consent stdin confirm attempts attempt failures retries generator validator parser \
        mismatch missing invalid error errors exception notfound found failed failure denied present valid verified matches \
        match change history complexity entropy bits bytes chars characters per rate ratio cost price symbol address env var \
        variable column table schema model class interface protocol realm subject claims claim headers cookiename flow grant \
        response request requests page pages form input inputs output outputs view screen dialog button placeholder title \
        description desc help docs example banner samesite secure httponly ing izer s3 engine backend plugin module package \
        lib library client user username owner group role roles permission permissions level levels config configuration \
        settings options option preset fingerprint thumbprint checksum exists unset used remaining left total location regex \
        pattern prefix suffix separator delimiter info metadata meta tag tags note notes check checks test tests"),
    (Lists::HARMLESS_BEFORE_TOKEN, "\
        unexpected expected illegal lexer next page progress stray syntax unknown unrecognized unrecognised continuation eos \
        bos pad unk sep cls mask special cancellation cancel parse parser last stop first found current previous prev \
        lookahead sync erc erc20 native governance start end eof eol near toplevel concurrency semaphore fencing layout design \
        css color colour lexical keyword operator max min per input output prompt completion total cached resume paging \
        iteration change delta marker"),
    (Lists::QUESTIONS, "\
        is has have had no needs need requires require should can must use uses using allow allows show hide on max min num \
        number total count missing without supports support skip disable enable validate verify check forgot was are"),
    (Lists::FAILURES, "\
        invalid bad wrong missing unknown expired incorrect unexpected err error malformed revoked no e erc unsupported weak \
        empty mismatched duplicate illegal unauthorized exposed leaked get create list delete update rotate new find"),
    (Lists::SAME, "\
        value val string str text data plain plaintext raw base64 b64 encoded enc encrypted new old current default content \
        contents body base prod production dev development test staging live main primary secondary 1 2 backup hex cleartext x \
        a b confirmation header jar pem der hash again repeat verify sha1 sha256 sha384 sha512 md5"),
    (Lists::STATES, "\
        null nil none undefined nan true false yes no on off n/a na unset empty blank void required optional missing invalid \
        expired incorrect unauthorized forbidden denied failed failure malformed absent unknown unsupported revoked rejected \
        redacted filtered hidden masked secret sensitive removed omitted string str text bytes number int integer bool boolean \
        any object array char varchar password passwd token default disabled enabled inherit read write admin example changeme \
        placeholder todo tbd error eof ok set not bearer basic apikey jwt oauth2 digest secretstring uuid pass include \
        same-origin omit strict lax prompt ask stdin encrypted uint8array bytearray arraybuffer valid present value mismatch \
        timeout cancelled canceled unavailable wrong bad short weak strong wip env file fetch self this"),
    (Lists::SCHEMES, "\
        apikey api-key api-token api_key aws4-hmac-sha256 aws4-ecdsa-p256-sha256 aws basic bearer bot digest dpop geniekey \
        googlelogin hawk hmac jwt key mac negotiate ntlm oauth private-token scram-sha-256 sharedkey sharedkeylite \
        sharedaccesssignature snowflake splunk ssws token vapid webpush kerberos signature client-id discogs klaviyo-api-key \
        pve-apitoken rapid cloudsigma nexus goauth2 urn user tc acs mediabrowser"),
    (Lists::LEADS, "\
        api access auth secret private refresh client bearer session signing encryption master admin license oauth \
        subscription account shared csrf id"),
    (Lists::TAILS, "\
        key keys token id secret phrase code string value header provided given used was is received supplied invalid rejected \
        expired not found for user incorrect sent got"),
    (Lists::WRAPPERS, "\
        some ok just optional string secret secretstr secretstring secretbox password token bytestring sensitive value box \
        redacted str text buffer wrapped right left new apikey protected hidden masked plain utf8string bytes nsstring option \
        vec convertto-securestring quote base64decode unquote varchar nvarchar"),
    (Lists::HARMLESS_PASS, "\
        compass bypass trespass underpass overpass surpass encompass impass onepass multipass subpass renderpass lowpass \
        highpass bandpass"),
    (Lists::LIKELY_KEYS, "\
        read query push user data test live service server client code rest hook device root owner product function hash \
        install token javascript session app application serial"),
    (Lists::VALUES, "value val v data content parametervalue stringvalue received input given actual rejectedvalue attemptedvalue"),
];

/// How many slots the table has.
const SLOTS: usize = 4096;

/// No list contains a longer word.
const MAX_WORD: usize = 32;

/// The words by their hash.
struct Table {
    /// For each hash, the place of its word plus one; 0 if there is none.
    slots: Vec<u16>,
    words: Vec<(&'static str, Lists)>,
}

/// The table is created when a name is judged for the first time, because it would take more space in a program than its words.
static TABLE: OnceLock<Table> = OnceLock::new();

impl Table {
    fn new() -> Self {
        let mut own = Self { slots: vec![0; SLOTS], words: Vec::with_capacity(1024) };
        for (list, words) in WORDS {
            for word in words.split(' ') {
                own.add(word, *list);
            }
        }
        own
    }

    fn add(&mut self, word: &'static str, list: Lists) {
        let known = self.find(hash(word.as_bytes()), word.as_bytes());
        match known {
            Ok(at) => self.words[at].1 = self.words[at].1.or(list),
            Err(slot) => {
                self.words.push((word, list));
                self.slots[slot] = self.words.len() as u16;
            }
        }
    }

    /// Returns the place of a word whose first slot is known, or the slot where it would be.
    fn find(&self, mut slot: usize, word: &[u8]) -> Result<usize, usize> {
        while let Some(at) = usize::from(self.slots[slot]).checked_sub(1) {
            if self.words[at].0.as_bytes().eq_ignore_ascii_case(word) {
                return Ok(at);
            }
            slot = (slot + 1) % SLOTS;
        }
        Err(slot)
    }

    fn lists(&self, slot: usize, word: &[u8]) -> Lists {
        self.find(slot, word).map_or(Lists::NONE, |at| self.words[at].1)
    }
}

/// The hash of no bytes.
const EMPTY: u32 = 0x811C_9DC5;

/// Adds a byte to the hash of the bytes after it.
fn hashed(hash: u32, byte: u8) -> u32 {
    (hash ^ (byte | 0x20) as u32).wrapping_mul(0x0100_0193)
}

fn slot(hash: u32) -> usize {
    (hash ^ hash >> 15) as usize % SLOTS
}

fn hash(word: &[u8]) -> usize {
    slot(word.iter().rev().fold(EMPTY, |own, byte| hashed(own, *byte)))
}

/// Returns the lists that contain a word.
pub fn lists(word: &str) -> Lists {
    match word.len() <= MAX_WORD {
        true => TABLE.get_or_init(Table::new).lists(hash(word.as_bytes()), word.as_bytes()),
        false => Lists::NONE,
    }
}

/// Returns whether a word ends with a listed word of at least this many bytes.
pub(super) fn ends_with_one_of(word: &str, list: Lists, least: usize) -> bool {
    let (table, bytes) = (TABLE.get_or_init(Table::new), word.as_bytes());
    let mut own = EMPTY;
    let ends = bytes.iter().enumerate().rev().take(MAX_WORD).map(|(at, byte)| {
        own = hashed(own, *byte);
        (at, slot(own))
    });
    ends.filter(|(at, _)| bytes.len() - at >= least).any(|(at, slot)| table.lists(slot, &bytes[at..]).has(list))
}

/// Returns whether a list contains a word, ignoring case.
pub fn is_one_of(word: &str, words: &[&str]) -> bool {
    words.iter().any(|own| own.eq_ignore_ascii_case(word))
}

#[cfg(test)]
mod tests {
    use super::{MAX_WORD, SLOTS, TABLE, Table, WORDS};

    #[test]
    fn every_word_is_found_in_each_of_its_lists() {
        for (list, words) in WORDS {
            for word in words.split(' ') {
                assert!(!word.is_empty() && word.len() <= MAX_WORD, "{word}");
                assert!(super::lists(word).has(*list), "{word}");
            }
        }
        // Spaces and separators of a name do not count.
        for name in ["mật khẩu", "mật_khẩu", "mậtKhẩu"] {
            assert_eq!(crate::secret_name::known_name(name), Some(crate::secret_name::Strength::Sure), "{name}");
        }
        // The table has room, so that a search is short.
        assert!(TABLE.get_or_init(Table::new).words.len() < SLOTS / 3);
    }
}
