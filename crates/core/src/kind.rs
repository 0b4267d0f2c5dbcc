//! The kinds of failures: one vocabulary for the codes of every system, with the facts of each kind.

use crate::word::vocabulary;
use crate::{Category, RetryClass, Severity, Surface};

/// The facts of a kind.
struct Facts {
    http_statuses: &'static [u16],
    grpc_codes: &'static [&'static str],
    retry_classes: &'static [RetryClass],
    severity: Severity,
    category: Category,
    is_recoverable: bool,
    surface: Surface,
    hint: &'static str,
    differs: &'static str,
    actor: &'static str,
}

/// Declares the vocabulary and its facts from one table. The doc of a value is the definition of the kind. The first HTTP status
/// and the first retry class are the defaults of its records; the others are accepted too.
macro_rules! kinds {
    ($(
        $(#[doc = $doc:literal])+
        $kind:ident = $word:literal {
            http: [$($status:literal),+],
            grpc: [$($grpc:literal),+],
            retry: [$($class:ident),+],
            $severity:ident, $category:ident, recoverable: $recoverable:literal, $surface:ident,
            hint: $hint:literal,
            differs: $differs:literal,
            actor: $actor:literal,
        }
    )+) => {
        vocabulary! {
            /// What sort of failure a code is, in one vocabulary for the codes of every system.
            ///
            /// A program that does not know a code can still act on its kind. The vocabulary may grow: treat an unknown word
            /// as [`OperationFailed`](Self::OperationFailed), and follow the retry class.
            ///
            /// ```
            /// use mcp_error_codes_core::Kind;
            ///
            /// assert_eq!("not_found".parse(), Ok(Kind::NotFound));
            /// assert_eq!(Kind::NotFound.http_status(), 404);
            /// ```
            Kind "kind" {
                $($(#[doc = $doc])+ $kind = $word,)+
            }
        }

        impl Kind {
            const fn facts(self) -> &'static Facts {
                match self {
                    $(Self::$kind => &Facts {
                        http_statuses: &[$($status),+],
                        grpc_codes: &[$($grpc),+],
                        retry_classes: &[$(RetryClass::$class),+],
                        severity: Severity::$severity,
                        category: Category::$category,
                        is_recoverable: $recoverable,
                        surface: Surface::$surface,
                        hint: $hint,
                        differs: $differs,
                        actor: $actor,
                    },)+
                }
            }

            /// Returns what the kind means, in one sentence.
            #[must_use]
            pub const fn definition(self) -> &'static str {
                match self {
                    // A doc comment starts with the space after its slashes.
                    $(Self::$kind => [$($doc),+][0].trim_ascii(),)+
                }
            }
        }
    };
}

kinds! {
    /// A value that the caller chose is missing, has the wrong type or is not allowed, in every state of the system.
    InvalidArgument = "invalid_argument" {
        http: [400, 422],
        grpc: ["INVALID_ARGUMENT", "OUT_OF_RANGE"],
        retry: [RetryAfterChange],
        Warn, Validation, recoverable: true, Tool,
        hint: "Correct the argument that the message names, then call again.",
        differs: "A value that another state of the system would accept is `failed_precondition`; a message that cannot be read is `malformed`; a value that is only too large is `too_large`.",
        actor: "the caller",
    }
    /// A message breaks the protocol: it is not JSON, not JSON-RPC, has the wrong shape, or contradicts its own headers.
    Malformed = "malformed" {
        http: [400, 502],
        grpc: ["INVALID_ARGUMENT", "INTERNAL"],
        retry: [RetryAfterChange, DoNotRetry],
        Warn, Validation, recoverable: true, Protocol,
        hint: "Do not send the same request again; tell the user that the client and the server do not understand each other's messages.",
        differs: "The software that sent the message is at fault, not the values that the caller chose (`invalid_argument`). Both requests and answers can be malformed.",
        actor: "the developer of the sender",
    }
    /// The thing that the request names does not exist, or the caller must not learn that it does.
    NotFound = "not_found" {
        http: [404, 410],
        grpc: ["NOT_FOUND"],
        retry: [RetryAfterChange],
        Warn, Resource, recoverable: true, Tool,
        hint: "List what exists, and use an exact name from that list.",
        differs: "A missing method or capability is `unsupported`; a missing earlier step is `failed_precondition`. If both fit, `not_found` is preferred.",
        actor: "the caller",
    }
    /// The thing that the request would create exists already.
    AlreadyExists = "already_exists" {
        http: [409],
        grpc: ["ALREADY_EXISTS"],
        retry: [RetryAfterChange],
        Warn, Resource, recoverable: true, Tool,
        hint: "Use the existing one, or choose another name.",
        differs: "If something else is going on at the same time, it is `conflict`.",
        actor: "the caller",
    }
    /// The system is not in the state that the request needs, and the caller can take or request the missing step.
    FailedPrecondition = "failed_precondition" {
        http: [409, 400, 403, 412, 428],
        grpc: ["FAILED_PRECONDITION"],
        retry: [RetryAfterChange],
        Warn, Validation, recoverable: true, Tool,
        hint: "Take the step that the message names first, then repeat the request.",
        differs: "If an operator must act, it is `misconfigured`; if waiting is enough, `conflict` or `unavailable`; if the argument is wrong in every state, `invalid_argument`.",
        actor: "the caller or the user",
    }
    /// Something else is in the way: another operation, a lock, a claim or a newer version.
    Conflict = "conflict" {
        http: [409, 412, 423],
        grpc: ["ABORTED"],
        retry: [RetryAfterDelay, RetryAfterChange, RetryNowSafe],
        Warn, Resource, recoverable: true, Tool,
        hint: "Wait a moment, read the current state, then repeat the whole operation rather than only the last call.",
        differs: "The other side of a conflict ends by itself, or can be waited for. A fixed state is `failed_precondition`, a name in use is `already_exists`.",
        actor: "nobody, then the caller",
    }
    /// One request, argument, file or result is larger than the limit for one.
    TooLarge = "too_large" {
        http: [413, 414, 431],
        grpc: ["RESOURCE_EXHAUSTED", "OUT_OF_RANGE"],
        retry: [RetryAfterChange, DoNotRetry],
        Warn, Validation, recoverable: true, Tool,
        hint: "Send or request less at a time, in several parts.",
        differs: "Too many requests are `rate_limited`; a full disk is `exhausted`.",
        actor: "the caller",
    }
    /// One side does not have what the other asks for: a method, a feature, a capability, a media type or a version.
    Unsupported = "unsupported" {
        http: [501, 400, 404, 405, 406, 415, 422, 426, 505],
        grpc: ["UNIMPLEMENTED"],
        retry: [RetryAfterChange, DoNotRetry],
        Warn, Validation, recoverable: true, Tool,
        hint: "Use another way that the other side supports; if there is none, tell the user that the two sides are not compatible.",
        differs: "Another server might accept the request: no named thing is missing (`not_found`), and no value is wrong (`invalid_argument`).",
        actor: "the caller, then the developer",
    }
    /// The caller is not known: credentials are missing, invalid or expired.
    Unauthenticated = "unauthenticated" {
        http: [401],
        grpc: ["UNAUTHENTICATED"],
        retry: [ReAuthThenRetry],
        Warn, Validation, recoverable: true, Tool,
        hint: "Ask the user to sign in, then repeat the request.",
        differs: "A known caller without the right is `permission_denied`.",
        actor: "the user",
    }
    /// The request was understood and refused: a right, a policy, a mode or a person does not allow it.
    PermissionDenied = "permission_denied" {
        http: [403, 451],
        grpc: ["PERMISSION_DENIED"],
        retry: [DoNotRetry, RetryAfterChange, ReAuthThenRetry],
        Warn, Validation, recoverable: true, Tool,
        hint: "Do not repeat the request; choose something that is allowed, or ask the user for permission.",
        differs: "An unknown caller is `unauthenticated`; a limit that is used up is `rate_limited` or `exhausted`.",
        actor: "the user",
    }
    /// Too many requests were sent in a period, and the limit clears by waiting.
    RateLimited = "rate_limited" {
        http: [429],
        grpc: ["RESOURCE_EXHAUSTED"],
        retry: [RetryAfterDelay],
        Warn, Validation, recoverable: true, Tool,
        hint: "Wait as long as the message says, then send fewer requests.",
        differs: "One request that is too large is `too_large`; a limit that does not clear by waiting is `exhausted`.",
        actor: "nobody",
    }
    /// A finite resource is used up: disk, memory, handles or a fixed quota.
    Exhausted = "exhausted" {
        http: [507],
        grpc: ["RESOURCE_EXHAUSTED"],
        retry: [RetryAfterChange, RetryAfterDelay],
        Error, General, recoverable: true, Tool,
        hint: "Use less of it or another place, or ask the user to free space or raise the quota.",
        differs: "Waiting alone does not clear it (`rate_limited`), and a smaller request may not fit either (`too_large`).",
        actor: "the user or the operator",
    }
    /// The time limit was reached before the work was done.
    Timeout = "timeout" {
        http: [504, 408],
        grpc: ["DEADLINE_EXCEEDED"],
        retry: [RetryAfterChange, RetryAfterDelay, RetryNowSafe],
        Error, General, recoverable: true, Tool,
        hint: "Find out whether the request took effect, then request less or a longer time limit.",
        differs: "The other side did not refuse, and it is not known whether the work was carried out. A server that says at once that it cannot serve is `unavailable`.",
        actor: "the caller",
    }
    /// The caller, its user or a shutdown withdrew the request before it was finished.
    Cancelled = "cancelled" {
        http: [499],
        grpc: ["CANCELLED"],
        retry: [DoNotRetry, RetryAfterChange, RetryNowSafe],
        Info, General, recoverable: true, Tool,
        hint: "Do not repeat the request unless the user still wants it.",
        differs: "No time limit was reached (`timeout`), and nothing failed.",
        actor: "nobody",
    }
    /// The service cannot be reached or cannot serve now, and may be able to later.
    Unavailable = "unavailable" {
        http: [503],
        grpc: ["UNAVAILABLE"],
        retry: [RetryAfterDelay, RetryAfterChange, RetryNowSafe],
        Error, General, recoverable: true, Tool,
        hint: "Wait and retry a few times, then tell the user that the service is unavailable.",
        differs: "If another service that the answering one calls has failed, it is `upstream_failed`; if a person must repair the service first, `misconfigured`.",
        actor: "nobody, then the operator",
    }
    /// The program that reports the error called another service, and that service failed or returned an unusable answer.
    UpstreamFailed = "upstream_failed" {
        http: [502, 424],
        grpc: ["UNAVAILABLE", "UNKNOWN"],
        retry: [RetryAfterDelay, RetryAfterChange],
        Error, General, recoverable: true, Tool,
        hint: "Act on what the other service said; if it said nothing, wait, retry once and report it.",
        differs: "If the answer of the other service says more, its own kind is used: 404 is `not_found`, 429 is `rate_limited`.",
        actor: "nobody, then the operator",
    }
    /// An installation, environment or configuration is wrong or incomplete, and a person has to change it.
    Misconfigured = "misconfigured" {
        http: [500, 409, 422, 503],
        grpc: ["FAILED_PRECONDITION"],
        retry: [RetryAfterChange, DoNotRetry],
        Error, General, recoverable: true, Tool,
        hint: "Stop calling it, and tell the user what has to be set up.",
        differs: "The caller cannot fix it with another request (`failed_precondition`), and it does not clear by itself (`unavailable`).",
        actor: "the operator",
    }
    /// Data or state is unusable: damaged, incomplete, inconsistent, partly changed, or not in the required form.
    Corrupt = "corrupt" {
        http: [500, 422, 502],
        grpc: ["DATA_LOSS"],
        retry: [RetryAfterChange, DoNotRetry],
        Error, General, recoverable: false, Tool,
        hint: "Do not use the data and do not repeat the request; tell the user that the data must be checked or restored.",
        differs: "The caller's argument is correct (`invalid_argument`); a message of the protocol is `malformed`.",
        actor: "the operator",
    }
    /// The work began and did not succeed, and the code does not say why; the message or the causes do.
    OperationFailed = "operation_failed" {
        http: [500],
        grpc: ["UNKNOWN"],
        retry: [RetryAfterChange, RetryAfterDelay, DoNotRetry],
        Error, General, recoverable: true, Tool,
        hint: "Read the cause in the message, remove it and call again; if the message names none, report the failure.",
        differs: "The server handled the failure as a result of the work; a failure that it did not expect is `internal`. A closer kind is preferred.",
        actor: "depends on the cause",
    }
    /// Something happened inside the answering program that it did not expect: a bug, a broken invariant or a crash.
    Internal = "internal" {
        http: [500],
        grpc: ["INTERNAL"],
        retry: [RetryAfterDelay, RetryAfterChange, DoNotRetry],
        Error, General, recoverable: true, Tool,
        hint: "Retry once after a pause; if it fails again, report it and stop.",
        differs: "The caller did nothing wrong and cannot change anything.",
        actor: "the developer",
    }
}

impl Kind {
    /// Returns the default HTTP status of the codes of the kind.
    #[must_use]
    pub const fn http_status(self) -> u16 {
        self.facts().http_statuses[0]
    }

    /// Returns the HTTP statuses that a code of the kind may have, the default first.
    #[must_use]
    pub const fn http_statuses(self) -> &'static [u16] {
        self.facts().http_statuses
    }

    /// Returns the kind of failure that an HTTP status means, or `None` for 100 to 399, which are not failures.
    ///
    /// RFC 9110 lets a client read an unknown 4xx as 400 and an unknown 5xx as 500; any other number is read as 500 too.
    ///
    /// ```
    /// use mcp_error_codes_core::Kind;
    ///
    /// assert_eq!(Kind::of_http_status(410), Some(Kind::NotFound));
    /// assert_eq!(Kind::of_http_status(204), None);
    /// ```
    #[must_use]
    pub const fn of_http_status(status: u16) -> Option<Self> {
        Some(match status {
            100..=399 => return None,
            401 => Self::Unauthenticated,
            402 | 403 | 451 => Self::PermissionDenied,
            404 | 410 => Self::NotFound,
            405 | 406 | 415 | 417 | 426 | 501 | 505 | 510 => Self::Unsupported,
            407 | 421 | 506 | 508 | 511 | 525 | 526 => Self::Misconfigured,
            408 | 504 | 522 | 524 | 598 | 599 => Self::Timeout,
            409 | 423 => Self::Conflict,
            411 => Self::Malformed,
            412 | 428 => Self::FailedPrecondition,
            413 | 414 | 431 => Self::TooLarge,
            425 | 502 | 503 | 521 | 523 | 529 => Self::Unavailable,
            429 | 509 => Self::RateLimited,
            499 => Self::Cancelled,
            507 => Self::Exhausted,
            424 => Self::UpstreamFailed,
            400..=499 => Self::InvalidArgument,
            _ => Self::UpstreamFailed,
        })
    }

    /// Returns the canonical codes of gRPC that correspond to the kind, the closest first.
    #[must_use]
    pub const fn grpc_codes(self) -> &'static [&'static str] {
        self.facts().grpc_codes
    }

    /// Returns the default retry class of the codes of the kind.
    #[must_use]
    pub const fn retry_class(self) -> RetryClass {
        self.facts().retry_classes[0]
    }

    /// Returns the retry classes that a code of the kind may have, the default first.
    #[must_use]
    pub const fn retry_classes(self) -> &'static [RetryClass] {
        self.facts().retry_classes
    }

    /// Returns the default severity of the codes of the kind.
    #[must_use]
    pub const fn severity(self) -> Severity {
        self.facts().severity
    }

    /// Returns the default category of the codes of the kind.
    #[must_use]
    pub const fn category(self) -> Category {
        self.facts().category
    }

    /// Returns whether the codes of the kind are recoverable by default.
    #[must_use]
    pub const fn is_recoverable(self) -> bool {
        self.facts().is_recoverable
    }

    /// Returns the default surface of the codes of the kind.
    #[must_use]
    pub const fn surface(self) -> Surface {
        self.facts().surface
    }

    /// Returns one imperative sentence for the caller that applies to every code of the kind.
    #[must_use]
    pub const fn hint(self) -> &'static str {
        self.facts().hint
    }

    /// Returns how the kind differs from similar kinds.
    #[must_use]
    pub const fn differs(self) -> &'static str {
        self.facts().differs
    }

    /// Returns who can act: `the caller`.
    #[must_use]
    pub const fn actor(self) -> &'static str {
        self.facts().actor
    }
}
