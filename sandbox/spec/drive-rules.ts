import type { Send } from "../test-client.ts";

/** Group rules, in success and documented error forms. */
export async function driveRules(send: Send): Promise<void> {
  const target = await send("POST", "/api/v1/groups", { profile: { name: "Filled by a rule" } });
  const groupId = String(target.body.id);
  const body = (name: string, value: string) => ({
    type: "group_rule",
    name,
    conditions: {
      expression: { type: "urn:okta:expression:1.0", value },
      people: { users: { exclude: [] }, groups: { exclude: [] } },
    },
    actions: { assignUserToGroups: { groupIds: [groupId] } },
  });
  const rules = "/api/v1/groups/rules";
  const made = await send("POST", rules, body("Driven", 'user.department == "Sales"'));
  await send("POST", rules, body("Driven", 'user.department == "Sales"'));
  await send("POST", rules, body("Broken", "user.nope"));
  await send("POST", rules, {});
  const self = `${rules}/${String(made.body.id)}`;
  await send("GET", self);
  await send("GET", `${self}?expand=groupIdToGroupNameMap`);
  await send("GET", `${rules}?limit=1&search=driven`);
  await send("POST", `${self}/lifecycle/activate`);
  await send("PUT", self, body("Driven", "user.remote"));
  await send("POST", `${self}/lifecycle/deactivate`);
  await send("PUT", self, body("Driven", "user.remote"));
  await send("DELETE", `/api/v1/groups/${groupId}`);
  await send("GET", self);
  await send("DELETE", `${self}?removeUsers=true`);
  for (const [method, tail] of [
    ["GET", ""],
    ["PUT", ""],
    ["DELETE", ""],
    ["POST", "/lifecycle/activate"],
    ["POST", "/lifecycle/deactivate"],
  ] as const)
    await send(method, `${rules}/none${tail}`, method === "PUT" ? body("None", "user.remote") : undefined);
}
