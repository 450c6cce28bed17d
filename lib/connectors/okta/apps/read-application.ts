import { okta } from "../client.ts";
import { docsUrl } from "../docs-url.ts";
import { oktaAction } from "../okta-action.ts";
import { path } from "../path.ts";
import { readOutputs, readSample } from "../read-outputs.ts";
import { inGroup } from "../shape-fields.ts";
import { appFields, applicationInput, withRawBody } from "./app-fields.ts";
import { SAMPLE_APP_ID, SAMPLE_OKTA_APP } from "./app-samples.ts";

const outputs = inGroup("Application", appFields);

export const readApplication = oktaAction({
  id: "okta.apps.read",
  version: 1,
  title: "Read Application",
  summary: "Reads an application by ID.",
  help: "An application that does not exist fails the card (E0000007). By name: Search Applications.",
  docs: docsUrl("Application", "getApplication"),
  connector: okta,
  category: "Applications",
  keywords: ["get application", "app details", "lookup", "instance"],
  endpoint: "GET /api/v1/apps/{appId}",
  scopes: ["okta.apps.read"],
  effect: "read",
  inputs: { application: applicationInput },
  outputs,
  sample: {
    inputs: { application: SAMPLE_APP_ID },
    outputs: readSample(outputs, withRawBody(SAMPLE_OKTA_APP)),
  },
  run: async ({ inputs: { application }, client }) => {
    const { body } = await client.request({ method: "GET", path: path`/api/v1/apps/${{ application }}` });
    return readOutputs(outputs, withRawBody(body));
  },
});
