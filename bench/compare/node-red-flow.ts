/** The flow of the benchmark for Node-RED, which keeps no history and answers before anything is done. */
export function nodeRedFlow(stubUrl: string): object[] {
  const call = (id: string, method: string, path: string, to: string[]) => ({
    id,
    type: "http request",
    z: "tab",
    method,
    ret: "obj",
    url: `${stubUrl}${path}`,
    persist: true,
    wires: [to],
  });
  return [
    { id: "tab", type: "tab", label: "Benchmark" },
    { id: "in", type: "http in", z: "tab", url: "/event", method: "post", wires: [["user"]] },
    {
      id: "user",
      type: "function",
      z: "tab",
      func: "msg.user = msg.payload.data.events[0].target[0].id; return msg;",
      outputs: 1,
      wires: [["answer", "read"]],
    },
    { id: "answer", type: "http response", z: "tab", statusCode: "204", wires: [] },
    call("read", "GET", "/api/v1/users/{{{user}}}", ["branch"]),
    {
      id: "branch",
      type: "switch",
      z: "tab",
      property: "payload.profile.department",
      propertyType: "msg",
      rules: [{ t: "eq", v: "Engineering", vt: "str" }],
      outputs: 1,
      wires: [["bare"]],
    },
    {
      id: "bare",
      type: "function",
      z: "tab",
      func: "return { user: msg.user, payload: '' };",
      outputs: 1,
      wires: [["add"]],
    },
    call("add", "PUT", "/api/v1/groups/00gBENCH/users/{{{user}}}", ["again"]),
    {
      id: "again",
      type: "function",
      z: "tab",
      func: "return { user: msg.user, payload: '' };",
      outputs: 1,
      wires: [["suspend"]],
    },
    call("suspend", "POST", "/api/v1/users/{{{user}}}/lifecycle/suspend", []),
  ];
}
