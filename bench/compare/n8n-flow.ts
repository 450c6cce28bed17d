/** Where n8n takes deliveries of this flow once it is published. */
export const N8N_HOOK = "/webhook/event";
/** Its identifier, by which it is published. */
export const N8N_FLOW = "benchmark";

const USER = "{{ $('Event').item.json.body.data.events[0].target[0].id }}";

/** The flow of the benchmark for n8n: it answers at once, and keeps each execution as its defaults have it. */
export function n8nFlow(stubUrl: string): object {
  const call = (name: string, method: string, path: string) => ({
    ...box(name, "n8n-nodes-base.httpRequest", 4.5),
    parameters: { method, url: `=${stubUrl}${path}`, options: {} },
  });
  const event = {
    ...box("Event", "n8n-nodes-base.webhook", 2.1),
    webhookId: "c1b8a9de-6c0c-4d0e-9a43-3d3f3d9d6d6e",
    parameters: {
      httpMethod: "POST",
      path: "event",
      responseMode: "onReceived",
      options: { responseCode: { values: { responseCode: 204 } }, noResponseBody: true },
    },
  };
  const branch = {
    ...box("Branch", "n8n-nodes-base.if", 2.3),
    parameters: {
      conditions: {
        combinator: "and",
        options: { caseSensitive: true, leftValue: "", typeValidation: "strict", version: 3 },
        conditions: [
          {
            id: "department",
            leftValue: "={{ $json.profile.department }}",
            rightValue: "Engineering",
            operator: { type: "string", operation: "equals" },
          },
        ],
      },
      options: {},
    },
  };
  const nodes = [
    event,
    call("Read", "GET", `/api/v1/users/${USER}`),
    branch,
    call("Add", "PUT", `/api/v1/groups/00gBENCH/users/${USER}`),
    call("Suspend", "POST", `/api/v1/users/${USER}/lifecycle/suspend`),
  ];
  return { id: N8N_FLOW, name: "Benchmark", active: false, settings: {}, nodes, connections: inARow(nodes) };
}

function box(name: string, type: string, typeVersion: number) {
  return { id: name, name, type, typeVersion, position: [0, 0] };
}

/** Each leads to the next one by its first output, which of a branch is "true". */
function inARow(nodes: { name: string }[]): object {
  const links = nodes
    .slice(1)
    .map((to, index) => [nodes[index]?.name, { main: [[{ node: to.name, type: "main", index: 0 }]] }]);
  return Object.fromEntries(links);
}
