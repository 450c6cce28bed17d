import { type Card, defineAction } from "../../../cards/define.ts";
import { field } from "../../../cards/field.ts";
import { okta } from "../client.ts";
import { docsUrl } from "../docs-url.ts";
import { path } from "../path.ts";
import { lookUp } from "../read-back.ts";
import { applicationInput } from "./app-fields.ts";
import { SAMPLE_APP_ID, SAMPLE_INACTIVE_APP_ID } from "./app-samples.ts";

const inputs = { application: applicationInput };

interface Step {
  id: string;
  title: string;
  summary: string;
  help: string;
  keywords: string[];
  step: "activate" | "deactivate";
  operation: string;
  leadsTo: "ACTIVE" | "INACTIVE";
  sample: string;
}

/**
 * POST /api/v1/apps/{appId}/lifecycle/{step}. Okta does not say what it answers for an application that is in the status
 * already, so after a lost answer the card looks: one that is there needs no second call.
 */
function lifecycleAction({ step, operation, leadsTo, sample, ...card }: Step): Card {
  return defineAction({
    ...card,
    version: 1,
    docs: docsUrl("Application", operation),
    connector: okta,
    category: "Applications",
    endpoint: `POST /api/v1/apps/{appId}/lifecycle/${step}`,
    scopes: ["okta.apps.manage"],
    effect: "write",
    repeat: "check",
    inputs,
    outputs: {
      statusCode: field.number({ label: "Status Code", help: "200 when Okta has carried it out." }),
    },
    sample: { inputs: { application: sample }, outputs: { statusCode: 200 } },
    run: async ({ inputs: { application }, client }) => {
      const { status } = await client.request({
        method: "POST",
        path: `${path`/api/v1/apps/${{ application }}`}/lifecycle/${step}`,
      });
      return { statusCode: status };
    },
    readBack: async ({ inputs: { application }, client }) => {
      const found = await lookUp(client, path`/api/v1/apps/${{ application }}`);
      return found?.status === leadsTo ? { statusCode: 200 } : null;
    },
  });
}

export const activateApplication = lifecycleAction({
  id: "okta.apps.activate",
  title: "Activate Application",
  summary: "Activates an inactive application, so that the people assigned to it can use it.",
  help: "The assignments the application had before it was deactivated count again.",
  keywords: ["enable app", "turn on application"],
  step: "activate",
  operation: "activateApplication",
  leadsTo: "ACTIVE",
  sample: SAMPLE_INACTIVE_APP_ID,
});

export const deactivateApplication = lifecycleAction({
  id: "okta.apps.deactivate",
  title: "Deactivate Application",
  summary: "Deactivates an application: nobody can use it until it is activated again.",
  help: "Okta keeps the application and its assignments. It has to be inactive before it can be deleted.",
  keywords: ["disable app", "turn off application"],
  step: "deactivate",
  operation: "deactivateApplication",
  leadsTo: "INACTIVE",
  sample: SAMPLE_APP_ID,
});

export const deleteApplication = defineAction({
  id: "okta.apps.delete",
  version: 1,
  title: "Delete Application",
  summary: "Deletes an inactive application for good.",
  help:
    "Okta refuses to delete an application that is active (E0000056): put Deactivate Application before it.\n\n" +
    "A deleted application can't be brought back, nor can its assignments.",
  docs: docsUrl("Application", "deleteApplication"),
  connector: okta,
  category: "Applications",
  keywords: ["remove app", "purge application"],
  endpoint: "DELETE /api/v1/apps/{appId}",
  scopes: ["okta.apps.manage"],
  effect: "write",
  repeat: "check",
  inputs,
  outputs: { statusCode: field.number({ label: "Status Code", help: "204 when Okta has carried it out." }) },
  sample: { inputs: { application: SAMPLE_INACTIVE_APP_ID }, outputs: { statusCode: 204 } },
  run: async ({ inputs: { application }, client }) => {
    const { status } = await client.request({
      method: "DELETE",
      path: path`/api/v1/apps/${{ application }}`,
    });
    return { statusCode: status };
  },
  readBack: async ({ inputs: { application }, client }) => {
    const found = await lookUp(client, path`/api/v1/apps/${{ application }}`);
    return found ? null : { statusCode: 204 };
  },
});

export const applicationLifecycleActions: Card[] = [
  activateApplication,
  deactivateApplication,
  deleteApplication,
];
