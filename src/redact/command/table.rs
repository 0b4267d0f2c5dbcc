//! The table of commands whose arguments are secrets.

/// The position of a secret in an argument.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    /// `-pSECRET`
    Glued,
    /// `-p SECRET`
    Next,
    /// `-u user:SECRET`, `-U user%SECRET`
    Pair,
}

/// Flags whose value is a secret: the flag, the commands that accept it, separated by spaces, and the position of the secret.
#[rustfmt::skip]
pub(super) const FLAGS: &[(&str, &str, Place)] = &[
    ("-p", "\
        mysql mysqldump mysqladmin mysqlimport mysqlshow mysqlcheck mysqlslap mysqlbinlog mysqlsh mysqlpump mydumper \
        mariadb mariadb-dump mycli sshpass 7z 7za 7zr 7zz mytop innotop xtrabackup mariabackup rar unrar winrar smbexec \
        pt-query-digest", Place::Glued),
    ("-p", "\
        docker podman buildah skopeo nerdctl helm oc sshpass psexec psexec64 mongo mongosh mongodump mongorestore \
        mongoexport mongoimport mongostat mongotop az cf ibmcloud dsquery xfreerdp sqlpackage cqlsh tsh rar unrar \
        evil-winrm crackmapexec netexec nxc cifscreds clickhouse-client arangosh arangodump cypher-shell bteq vsql zxfer \
        keepassxc-cli ncftpput ncftpget ncftp smbget gcrane crane winrs security usermod useradd adduser \
        elasticsearch-users xcrun altool twine poetry rdesktop openfortivpn couchbase-cli cbq cbbackup influx iredis \
        smbmap hdbsql impdp expdp sqlldr nzsql monetdb mclient jfrog jf xcopy vmrun govc racadm puppet odo argocd harbor \
        cbc exp", Place::Next),
    ("-P", "\
        sqlcmd bcp osql isql tsql zip zipcloak unzip ipmitool ipmi-sensors kadmin freerdp mosquitto_pub mosquitto_sub \
        mosquitto_rr knife ssh-keygen security p4 funzip wbadmin fence_ipmilan ssh-copy-id dwdiff amqp-publish perccli", Place::Next),
    ("-P", "zip unzip sqlcmd bcp ipmitool osql isql", Place::Glued),
    ("-N", "ssh-keygen", Place::Next),
    ("-s", "ldappasswd", Place::Next),
    ("-u", "curl http https httpie wget svn cadaver elasticdump couchbase-cli lftp siege aria2c", Place::Pair),
    ("-U", "smbclient smbmap rpcclient net wmic winexe curl snmpget nmblookup smbtree smbcacls samba-tool", Place::Pair),
    ("-x", "curl", Place::Pair),
    ("-a", "http https httpie xh xhs", Place::Pair),
    ("-A", "ab hey bombardier", Place::Pair),
    ("-auth", "jenkins-cli.jar jenkins-cli java", Place::Pair),
    ("-a", "redis-cli valkey-cli keydb-cli redis-benchmark iredis dragonfly redis-dump memtier_benchmark bearer", Place::Next),
    ("-w", "\
        ldapsearch ldapadd ldapmodify ldapdelete ldappasswd ldapwhoami ldapcompare ldapmodrdn dsidm dsconf isql snmpv3 \
        kadmin kadmin.local ipa", Place::Next),
    ("-k", "openssl dotnet nuget gem logdna-agent", Place::Next),
    ("-K", "openssl", Place::Next),
    ("-A", "snmpget snmpwalk snmpset snmptrap snmpbulkwalk snmptable", Place::Next),
    ("-X", "snmpget snmpwalk snmpset snmptrap snmpbulkwalk snmptable", Place::Next),
    ("-c", "snmpget snmpwalk snmpset snmptrap snmpbulkwalk snmptable snmpgetnext snmp-check onesixtyone", Place::Next),
    ("-t", "\
        doctl ngrok influx flyctl fly hcloud vercel surge tailscale codecov codecovcli linode-cli percy netlify \
        semantic-release", Place::Next),
    ("-pw", "plink pscp psftp putty winscp kitty", Place::Next),
    ("/p", "schtasks signtool net psexec cmdkey certutil wmic winrs mstsc sqlplus xfreerdp xfreerdp3 wfreerdp", Place::Next),
    ("/rp", "schtasks", Place::Next),
    ("/pass", "cmdkey certutil rundll32", Place::Next),
    ("-W", "pg_basebackup vpnc wpa_cli", Place::Next),
    ("-b", "secret secrets", Place::Next),
    ("-body", "secret secrets", Place::Next),
    ("--body", "secret secrets", Place::Next),
    ("--value", "secret secrets securestring keyvault", Place::Next),
    ("--body", "variable", Place::Next),
    ("-hp", "rar unrar winrar", Place::Glued),
    ("-k", "security", Place::Next),
    ("-w", "security", Place::Next),
    ("-p", "certutil fab mkpasswd kcadm.sh add-user.sh openconnect snx sshuttle pscp", Place::Next),
    ("-gp", "vmrun", Place::Next),
];

/// Flags that name the user. A password may follow after `-p`, whatever the command.
pub(super) const USERS: &[&str] = &[
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

/// Commands with an argument that is a secret, although no flag precedes it: the words before that argument, separated by `|`. `*`
/// stands for an argument that is skipped.
#[rustfmt::skip]
pub(crate) const BARE: &str = concat!(
    "rclone obscure|cargo login|wrangler secret put|npm config set _auth|npm config set _password|ngrok authtoken|",
    "ngrok config add-authtoken|travis encrypt|composer config github-oauth.github.com|composer config http-basic.* *|",
    "composer config bearer.*|heroku authorizations:create|vault login|vault operator unseal|vault unseal|bao login|",
    "bao operator unseal|tailscale up --authkey|snyk auth|surge token|cloudflared service install|netlify login|",
    "doppler configure set token|railway login|pulumi login|huggingface-cli login --token|wandb login|",
    "gcloud config set auth/access_token|gcloud auth activate-refresh-token *|pip config set global.password|",
    "bundle config rubygems.pkg.github.com|dotnet nuget setapikey|dotnet user-secrets set *|nuget setapikey|",
    "nuget push -k|nuget push *|luarocks upload --api-key|twine upload -p|poetry config pypi-token.*|",
    "poetry config http-basic.* *|poetry publish -p|ansible-vault encrypt_string|kubeadm join --token|vncpasswd|",
    "passwd --stdin|fly auth token|ghcr login|sentry-cli login --auth-token|stripe login --api-key|rails credentials:set|",
    "dvc remote modify password|dvc remote modify * password|algolia profile add|snmp-server community|",
    "tacacs-server key 0|tacacs-server key 7|tacacs-server key|radius-server key 0|radius-server key 7|radius-server key|",
    "key-string 7|key-string|yarn config set npmauthtoken|yarn config set npmauthident|pnpm config set _auth|net user *|",
    "net use *|createuser * sha|createuser * md5|net.exe user *|net use * * /user:*|net use * /user:*|net use * *|",
    "net.exe use * * /user:*|net.exe use * /user:*|net.exe use * *|htpasswd -b * *|htpasswd -nb *|htpasswd -cb * *|",
    "htpasswd -bc * *|htpasswd -nbb *|htpasswd -nbm *|htpasswd -bbc * *|rabbitmqctl add_user *|",
    "rabbitmqctl change_password *|rabbitmqctl authenticate_user *|wpa_passphrase *|bw unlock|bw login *|",
    "mc alias set * * *|mc config host add * * *|neo4j-admin dbms set-initial-password|neo4j-admin set-initial-password|",
    "grafana-cli admin reset-admin-password|grafana cli admin reset-admin-password|auth default|nickserv identify|",
    "nickserv :identify|nickserv identify *|rman target *|twilio login *|circleci setup --token|",
    "buildkite-agent start --token|semgrep login --token|fastly profile create --token|ibmcloud login --apikey|",
    "mongosh --password|asadmin change-admin-password|zerotier-cli set token|eas login|expo login -p|",
    "cordova build --keystorepassword|dsmod user * -pwd|dsadd user * -pwd|smbpasswd -a *|kadmin.local -q|",
    "influx v1 auth set-password|conjur login -p|summon -p|chamber write * *|credstash put *|sops set * *|",
    "llm keys set * --value|gopass insert|ejson encrypt|travis login --github-token|jfrog config add * --access-token|",
    "jf config add * --access-token|lpass login|ykman oath accounts add *|oathtool --totp -b|oathtool -b --totp|",
    "oathtool -b|oathtool --totp|openssl passwd -6|openssl passwd -5|openssl passwd -1|openssl passwd -apr1|",
    "openssl passwd|mkpasswd -m *|htpasswd -bB * *|htpasswd -nbB *|htpasswd -bcB * *|",
    "composer config --auth http-basic.* *|composer config -g http-basic.* *|composer config -g github-oauth.github.com|",
    "composer config --global github-oauth.github.com|composer config --auth github-oauth.github.com|",
    "drush user:password *|drush upwd *|connect to * user * using|pulumi config set --secret *|crypto isakmp key|",
    "isakmp key|snmp-server user * * auth md5|snmp-server user * * auth sha|snmp-agent community read|",
    "ntp authentication-key * md5|ipsec whack --psk|wg set * private-key|racadm set idrac.users.2.password|",
    "omconfig preferences password|esxcli system account set -i * -p|clickhouse client --password",
);

/// Returns the words of a command up to the first skipped argument.
pub(crate) fn literal(bare: &'static str) -> &'static [u8] {
    bare.split_once('*').map_or(bare, |(literal, _)| literal).as_bytes()
}
