use crate::word::vocabulary;

/// Calls a macro with the name of every vocabulary of the fields of records.
#[doc(hidden)]
#[macro_export]
macro_rules! __vocabularies {
    ($callback:ident) => {
        $callback! { Kind Severity Category RetryClass Backoff Surface ParamType ExampleType Fact ProtocolVersion }
    };
}

vocabulary! {
    /// How severe an error is, from the least severe to the most severe.
    ///
    /// The words and their meaning are those of the Hyper-Bun reference.
    Severity "severity" {
        /// For information only; no action is needed.
        Info = "INFO",
        /// The caller made a mistake or a policy refused the request; the system itself is healthy.
        Warn = "WARN",
        /// An operation failed; the system may be degraded.
        Error = "ERROR",
        /// The system cannot work until someone repairs it.
        Fatal = "FATAL",
    }
}

vocabulary! {
    /// What sort of failure an error is, in broad terms.
    ///
    /// The words are those that the Hyper-Bun reference puts on the wire.
    Category "category" {
        /// Problems of the execution or of the server.
        General = "GENERAL",
        /// Something that the request names is missing, taken or out of reach.
        Resource = "RESOURCE",
        /// The request is refused: bad input, no permission, not authenticated.
        Validation = "VALIDATION",
    }
}

vocabulary! {
    /// Whether and when the caller may try again, in the words of the draft MCP retry vocabulary.
    RetryClass "retry class" {
        /// The same request may be sent again at once.
        RetryNowSafe = "retry-now-safe",
        /// The error clears by waiting; send the same request later.
        RetryAfterDelay = "retry-after-delay",
        /// The request, or something around it, must change first.
        RetryAfterChange = "retry-after-change",
        /// A retry does not help, or is harmful.
        DoNotRetry = "do-not-retry",
        /// Authenticate, then send the same request again.
        ReAuthThenRetry = "re-auth-then-retry",
    }
}

vocabulary! {
    /// How the waits of a retry schedule grow.
    Backoff "backoff" {
        /// Every wait is the initial one.
        Fixed = "fixed",
        /// The n-th wait is n times the initial one.
        Linear = "linear",
        /// Every wait is twice the one before.
        Exponential = "exponential",
    }
}

vocabulary! {
    /// Where an error travels.
    Surface "surface" {
        /// A tool result with `isError: true`, which clients show to the model.
        Tool = "tool",
        /// A JSON-RPC error response.
        Protocol = "protocol",
        /// Nowhere: the caller's own SDK reports it, and no peer sent it.
        Local = "local",
    }
}

vocabulary! {
    /// The type of a message parameter.
    ParamType "parameter type" {
        /// Text.
        String = "string",
        /// A whole number.
        Integer = "integer",
        /// Several texts, joined by `, ` in the message.
        List = "list",
        /// `true` or `false`.
        Boolean = "boolean",
        /// A number that need not be whole.
        Number = "number",
    }
}

vocabulary! {
    /// What an example of a record shows.
    ExampleType "example type" {
        /// The message alone.
        Message = "message",
        /// A line of a log.
        Log = "log",
        /// The body that a caller receives.
        Response = "response",
        /// A call that leads to the error.
        Call = "call",
        /// A configuration that leads to the error.
        Config = "config",
        /// A situation, in words and values.
        Case = "case",
    }
}

vocabulary! {
    /// A fact of a record, which the source document either states or leaves to the judgement of the registry.
    Fact "fact" {
        /// The HTTP status.
        HttpStatus = "http_status",
        /// The severity.
        Severity = "severity",
        /// The category.
        Category = "category",
        /// Whether the system keeps working.
        Recoverable = "recoverable",
        /// The retry advice.
        Retry = "retry",
    }
}

vocabulary! {
    /// A published revision of the Model Context Protocol, oldest first.
    ProtocolVersion "protocol version" {
        /// The revision of 2024-11-05.
        V2024_11_05 = "2024-11-05",
        /// The revision of 2025-03-26.
        V2025_03_26 = "2025-03-26",
        /// The revision of 2025-06-18.
        V2025_06_18 = "2025-06-18",
        /// The revision of 2025-11-25.
        V2025_11_25 = "2025-11-25",
        /// The revision of 2026-07-28.
        V2026_07_28 = "2026-07-28",
    }
}

vocabulary! {
    /// How certain a finding is, from the least certain to the most certain.
    Certainty "certainty" {
        /// One of several things that the error may be. It is never shown as the answer.
        Possible = "possible",
        /// Nothing contradicts it, and nothing else matches as well.
        Likely = "likely",
        /// Nothing else matches.
        Certain = "certain",
    }
}

impl ProtocolVersion {
    /// The newest revision that this crate knows.
    pub const LATEST: Self = Self::ALL[Self::ALL.len() - 1];
}
