//! The error numbers of MySQL and MariaDB, which say more than the SQLSTATE: most errors share `HY000` or `42000`.

use crate::convert::sqlstate::{CUT_OFF, DENIED, FULL, IN_USE, Meaning, REFUSED, REJECTED, SLOW, STOPPING};
use crate::{common, orchestrator};

/// Returns the number in the text of an error with this SQLSTATE. Only the driver for MySQL writes `1205 (HY000): text`.
pub(super) fn number(state: &str, text: &str) -> Option<u16> {
    let (number, rest) = text.split_once(" (")?;
    rest.strip_prefix(state)?.starts_with("): ").then(|| number.parse().ok())?
}

/// Returns the code and the message for the peer, or `None` if the SQLSTATE says as much.
pub(super) const fn meaning(number: u16) -> Option<Meaning> {
    Some(match number {
        LOCK_WAIT_TIMEOUT | LOCK_ABORTED | USER_LOCK_DEADLOCK | LOCK_NOWAIT => IN_USE,
        QUERY_TIMEOUT | STATEMENT_TIMEOUT => SLOW,
        QUERY_INTERRUPTED => (common::CANCELLED, "the statement was interrupted"),
        OPTION_PREVENTS_STATEMENT | READ_ONLY_MODE => DENIED,
        DISK_FULL | RECORD_FILE_FULL => FULL,
        OUT_OF_MEMORY | OUT_OF_SORT_MEMORY | OUT_OF_RESOURCES | CANNOT_CREATE_THREAD => {
            (common::EXHAUSTED, "the database is out of memory or another resource")
        }
        PACKET_TOO_LARGE => (common::TOO_LARGE, "the statement is larger than the database allows"),
        TOO_MANY_CONNECTIONS | TOO_MANY_USER_CONNECTIONS | USER_LIMIT_REACHED => CUT_OFF,
        SERVER_SHUTDOWN => STOPPING,
        DATABASE_ACCESS_DENIED
        | UNKNOWN_DATABASE
        | HOST_BLOCKED
        | HOST_NOT_PRIVILEGED
        | TABLE_ACCESS_DENIED
        | COLUMN_ACCESS_DENIED
        | SPECIFIC_ACCESS_DENIED
        | PROCEDURE_ACCESS_DENIED
        | PLUGIN_NOT_LOADED => REFUSED,
        INCORRECT_VALUE_FOR_FIELD | DATA_TRUNCATED => REJECTED,
        INCORRECT_KEY_FILE | TABLE_CRASHED | TABLE_CRASHED_ON_REPAIR | INDEX_CORRUPT => {
            (orchestrator::DATABASE_CORRUPTION, "the data in the database is damaged")
        }
        _ => return None,
    })
}

// https://dev.mysql.com/doc/mysql-errors/8.4/en/server-error-reference.html
const DISK_FULL: u16 = 1021;
const INCORRECT_KEY_FILE: u16 = 1034;
const OUT_OF_MEMORY: u16 = 1037;
const OUT_OF_SORT_MEMORY: u16 = 1038;
const TOO_MANY_CONNECTIONS: u16 = 1040;
const OUT_OF_RESOURCES: u16 = 1041;
const DATABASE_ACCESS_DENIED: u16 = 1044;
const UNKNOWN_DATABASE: u16 = 1049;
const SERVER_SHUTDOWN: u16 = 1053;
const RECORD_FILE_FULL: u16 = 1114;
const HOST_BLOCKED: u16 = 1129;
const HOST_NOT_PRIVILEGED: u16 = 1130;
const CANNOT_CREATE_THREAD: u16 = 1135;
const TABLE_ACCESS_DENIED: u16 = 1142;
const COLUMN_ACCESS_DENIED: u16 = 1143;
const PACKET_TOO_LARGE: u16 = 1153;
const TABLE_CRASHED: u16 = 1194;
const TABLE_CRASHED_ON_REPAIR: u16 = 1195;
const TOO_MANY_USER_CONNECTIONS: u16 = 1203;
const LOCK_WAIT_TIMEOUT: u16 = 1205;
const USER_LIMIT_REACHED: u16 = 1226;
const SPECIFIC_ACCESS_DENIED: u16 = 1227;
const DATA_TRUNCATED: u16 = 1265;
const OPTION_PREVENTS_STATEMENT: u16 = 1290;
const QUERY_INTERRUPTED: u16 = 1317;
const INCORRECT_VALUE_FOR_FIELD: u16 = 1366;
const PROCEDURE_ACCESS_DENIED: u16 = 1370;
const PLUGIN_NOT_LOADED: u16 = 1524;
const LOCK_ABORTED: u16 = 1689;
const INDEX_CORRUPT: u16 = 1712;
const READ_ONLY_MODE: u16 = 1836;
const QUERY_TIMEOUT: u16 = 3024;
const USER_LOCK_DEADLOCK: u16 = 3058;
const LOCK_NOWAIT: u16 = 3572;
// https://mariadb.com/docs/server/reference/error-codes
const STATEMENT_TIMEOUT: u16 = 1969;
