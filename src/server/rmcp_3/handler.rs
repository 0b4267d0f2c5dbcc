//! Passes every request to the guarded server and checks every answer.
//!
//! The SDK serves only a `ServerHandler` over HTTP. A request that a later SDK version adds to the trait must be added
//! here. Until then, the SDK's default method answers it instead of the server.

// A server may still use deprecated items of the SDK.
#![allow(deprecated)]

use std::borrow::Cow;

use ::rmcp::model::{
    CallToolRequestParams, CallToolResponse, CancelTaskParams, CancelledNotificationParam, CompleteRequestParams,
    CompleteResult, CustomNotification, CustomRequest, CustomResult, DiscoverResult, GetPromptRequestParams,
    GetPromptResponse, GetSkillRequestParams, GetSkillResult, GetTaskParams, GetTaskResult, InitializeRequestParams,
    InitializeResult, ListPromptsResult, ListResourceTemplatesResult, ListResourcesResult, ListSkillsResult,
    ListToolsResult, PaginatedRequestParams, ProgressNotificationParam, ProtocolVersion,
    ReadResourceDirectoryRequestParams, ReadResourceDirectoryResult, ReadResourceRequestParams, ReadResourceResponse,
    ServerConfig, SetLevelRequestParams, SubscribeRequestParams, SubscriptionFilter, Tool, UnsubscribeRequestParams,
    UpdateTaskParams,
};
use ::rmcp::service::{MaybeSendFuture, NotificationContext, RequestContext, SubscriptionContext};
use ::rmcp::{ErrorData, RoleServer, ServerHandler};

use super::call::Call;
use super::guard::Guarded;
use super::watch::boxed;

/// Implements requests from the method of the trait, the MCP method, the parameters and the answer.
macro_rules! requests {
    ($($method:ident $name:literal ($($params:ty)?) -> $answer:ty;)+) => {$(
        requests!(@one $method $name ($($params)?) -> $answer);
    )+};
    (@one $method:ident $name:literal () -> $answer:ty) => {
        fn $method(
            &self,
            context: RequestContext<RoleServer>,
        ) -> impl Future<Output = Result<$answer, ErrorData>> + MaybeSendFuture + '_ {
            let call = Call::new($name, &context);
            self.guard(call, boxed(async { self.server.$method(context).await }))
        }
    };
    (@one $method:ident $name:literal ($params:ty) -> $answer:ty) => {
        fn $method(
            &self,
            request: $params,
            context: RequestContext<RoleServer>,
        ) -> impl Future<Output = Result<$answer, ErrorData>> + MaybeSendFuture + '_ {
            let call = Call::new($name, &context);
            self.guard(call, boxed(async { self.server.$method(request, context).await }))
        }
    };
}

impl<H: ServerHandler> ServerHandler for Guarded<H> {
    fn call_tool(
        &self,
        request: CallToolRequestParams,
        context: RequestContext<RoleServer>,
    ) -> impl Future<Output = Result<CallToolResponse, ErrorData>> + MaybeSendFuture + '_ {
        self.guard_tool(request, context)
    }

    requests! {
        ping "ping" () -> ();
        initialize "initialize" (InitializeRequestParams) -> InitializeResult;
        discover "server/discover" () -> DiscoverResult;
        complete "completion/complete" (CompleteRequestParams) -> CompleteResult;
        set_level "logging/setLevel" (SetLevelRequestParams) -> ();
        get_prompt "prompts/get" (GetPromptRequestParams) -> GetPromptResponse;
        list_prompts "prompts/list" (Option<PaginatedRequestParams>) -> ListPromptsResult;
        list_resources "resources/list" (Option<PaginatedRequestParams>) -> ListResourcesResult;
        list_resource_templates "resources/templates/list" (Option<PaginatedRequestParams>) -> ListResourceTemplatesResult;
        read_resource "resources/read" (ReadResourceRequestParams) -> ReadResourceResponse;
        read_resource_directory "resources/directory/read" (ReadResourceDirectoryRequestParams) -> ReadResourceDirectoryResult;
        subscribe "resources/subscribe" (SubscribeRequestParams) -> ();
        unsubscribe "resources/unsubscribe" (UnsubscribeRequestParams) -> ();
        list_tools "tools/list" (Option<PaginatedRequestParams>) -> ListToolsResult;
        get_task "tasks/get" (GetTaskParams) -> GetTaskResult;
        update_task "tasks/update" (UpdateTaskParams) -> ();
        cancel_task "tasks/cancel" (CancelTaskParams) -> ();
        list_skills "skills/list" (Option<PaginatedRequestParams>) -> ListSkillsResult;
        get_skill "skills/get" (GetSkillRequestParams) -> GetSkillResult;
    }

    fn on_custom_request(
        &self,
        request: CustomRequest,
        context: RequestContext<RoleServer>,
    ) -> impl Future<Output = Result<CustomResult, ErrorData>> + MaybeSendFuture + '_ {
        let call = Call::new(&request.method, &context);
        self.guard(call, boxed(async { self.server.on_custom_request(request, context).await }))
    }

    fn listen(
        &self,
        context: SubscriptionContext,
    ) -> impl Future<Output = Result<(), ErrorData>> + MaybeSendFuture + '_ {
        let call = Call::new("subscriptions/listen", context.request_context());
        self.guard(call, boxed(async { self.server.listen(context).await }))
    }

    // A notification has no answer, so there is nothing to guard.

    async fn on_cancelled(&self, params: CancelledNotificationParam, context: NotificationContext<RoleServer>) {
        self.server.on_cancelled(params, context).await;
    }

    async fn on_progress(&self, params: ProgressNotificationParam, context: NotificationContext<RoleServer>) {
        self.server.on_progress(params, context).await;
    }

    async fn on_initialized(&self, context: NotificationContext<RoleServer>) {
        self.server.on_initialized(context).await;
    }

    async fn on_roots_list_changed(&self, context: NotificationContext<RoleServer>) {
        self.server.on_roots_list_changed(context).await;
    }

    async fn on_custom_notification(&self, notification: CustomNotification, context: NotificationContext<RoleServer>) {
        self.server.on_custom_notification(notification, context).await;
    }

    fn get_info(&self) -> ServerConfig {
        self.server.get_info()
    }

    fn get_tool(&self, name: &str) -> Option<Tool> {
        self.server.get_tool(name)
    }

    fn supported_protocol_versions(&self) -> Cow<'static, [ProtocolVersion]> {
        self.server.supported_protocol_versions()
    }

    fn negotiate_initialize(&self, request: &InitializeRequestParams) -> Result<InitializeResult, ErrorData> {
        self.server.negotiate_initialize(request)
    }

    fn accepted_subscription_filter(&self, requested: &SubscriptionFilter) -> Option<SubscriptionFilter> {
        self.server.accepted_subscription_filter(requested)
    }
}
