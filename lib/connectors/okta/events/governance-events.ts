import type { Card } from "../../../cards/define.ts";
import type { Json, JsonObject } from "../../../flow/json.ts";
import { eventCard } from "./event-card.ts";
import { debugText, doer, likely } from "./event-facts.ts";
import { debugFact } from "./okta-event.ts";

const CATEGORY = "Governance";
const NEEDS_OIG = "Orgs with Okta Identity Governance only.";

/** Who is to get the access. Okta puts the id among the debug facts, not among the targets. */
function requestedFor(event: JsonObject): Json {
  const id = debugFact(event, "requestedForId");
  return typeof id === "string" && id !== "" ? { id } : null;
}

function accessRequestEvent(step: "create" | "resolve", help: string, keywords: string[]): Card {
  const done = `${step}d`;
  return eventCard({
    id: `okta.governance.request${step === "create" ? "Created" : "Resolved"}`,
    title: `Access Request ${step === "create" ? "Created" : "Resolved"}`,
    summary: `Starts the flow when an access request is ${done}.`,
    eventType: `access.request.${step}`,
    category: CATEGORY,
    keywords,
    help: `${help} Conditions on the user are about the person the access is for. ${NEEDS_OIG}`,
    user: requestedFor,
    facts: {
      actor: doer("Actor", `Who ${done} the request.`),
      accessRequest: likely(
        "Access Request",
        ["AccessRequest", "Access Request"],
        `The request that was ${done}.`,
      ),
      subject: debugText(
        "Subject",
        "accessRequestSubject",
        "What was asked for, in the words of the request.",
      ),
      requestStatus: debugText("Request Status", "accessRequestStatus", "Where the request stands."),
      requesterId: debugText("Requester ID", "requesterId", "Id of who asked."),
      requestedForId: debugText("Requested For ID", "requestedForId", "Id of who is to get the access."),
    },
  });
}

export const governanceEvents: Card[] = [
  accessRequestEvent("create", "Who asked for what stands in Debug Data.", [
    "request access",
    "new request",
    "approval",
  ]),
  accessRequestEvent(
    "resolve",
    "How it was resolved stands in Request Status and Debug Data. A refusal may come as access.request.reject " +
      "instead, which Custom Webhook listens to.",
    ["request approved", "request closed", "approval"],
  ),
  eventCard({
    id: "okta.governance.decisionSubmitted",
    title: "Access Certification Decision Submitted",
    summary: "Starts the flow when a reviewer decides about somebody's access in a campaign.",
    eventType: "certification.campaign.item.decide",
    category: CATEGORY,
    keywords: ["access review", "recertification", "campaign", "approve or revoke"],
    help:
      `Campaign, user, resource and decision stand in Debug Data under campaign…; Okta's outcome is SUCCESS for approve and ` +
      `revoke, SKIPPED for a review handed on. ${NEEDS_OIG}`,
    facts: {
      actor: doer("Actor", "The reviewer."),
      reviewItem: likely("Review Item", ["Review Item", "ReviewItem"], "The review that was decided."),
      decision: debugText("Decision", "campaignItemDecision", "What was decided: APPROVE, REVOKE …"),
      campaignName: debugText("Campaign Name", "campaignName", "The campaign it belongs to."),
      principalId: debugText("Principal ID", "campaignItemPrincipalId", "Id of the user whose access it is."),
      resourceId: debugText("Resource ID", "campaignItemResourceId", "Id of what the user has access to."),
    },
  }),
];
