import type { Card } from "../../../cards/define.ts";
import { okta } from "../client.ts";
import { docsUrl } from "../docs-url.ts";
import { oktaAction } from "../okta-action.ts";
import { path } from "../path.ts";
import { lookUp } from "../read-back.ts";
import { statusOf, statusOutput } from "../status.ts";
import { switchAction } from "../switch-action.ts";
import { applicationInput } from "./app-fields.ts";
import { SAMPLE_APP_ID, SAMPLE_INACTIVE_APP_ID } from "./app-samples.ts";

const inputs = { application: applicationInput };

const application = {
  category: "Applications",
  scope: "okta.apps.manage",
  tag: "Application",
  endpoint: "/api/v1/apps/{appId}",
  address: (given: { application: string }) => path`/api/v1/apps/${{ application: given.application }}`,
  inputs,
  success: 200,
} as const;

export const activateApplication = switchAction(application, {
  id: "okta.apps.activate",
  title: "Activate Application",
  summary: "Activates an inactive application, so that the people assigned to it can use it.",
  help: "The assignments the application had before it was deactivated count again.",
  keywords: ["enable app", "turn on application"],
  step: "activate",
  operation: "activateApplication",
  leadsTo: "ACTIVE",
  sample: { application: SAMPLE_INACTIVE_APP_ID },
});

export const deactivateApplication = switchAction(application, {
  id: "okta.apps.deactivate",
  title: "Deactivate Application",
  summary: "Deactivates an application: nobody can use it until it is activated again.",
  help: "Okta keeps the application and its assignments. It has to be inactive before it can be deleted.",
  keywords: ["disable app", "turn off application"],
  step: "deactivate",
  operation: "deactivateApplication",
  leadsTo: "INACTIVE",
  sample: { application: SAMPLE_APP_ID },
});

export const deleteApplication = oktaAction({
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
  outputs: { statusCode: statusOutput({}) },
  sample: { inputs: { application: SAMPLE_INACTIVE_APP_ID }, outputs: { statusCode: 204 } },
  run: async ({ inputs: { application }, client }) => {
    const call = { method: "DELETE", path: path`/api/v1/apps/${{ application }}` } as const;
    return { statusCode: await statusOf(client, call) };
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
