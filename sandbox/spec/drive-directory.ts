import { setTimeout as wait } from "node:timers/promises";
import type { Send } from "../test-client.ts";

/** Linked objects: definitions and values. */
export async function driveLinks(send: Send): Promise<void> {
  const meta = "/api/v1/meta/schemas/user/linkedObjects";
  const end = (name: string) => ({ name, title: name, type: "USER" });
  await send("POST", meta, { primary: end("mentor"), associated: end("mentee") });
  await send("POST", meta, { primary: end("mentor"), associated: end("pupil") });
  await send("POST", meta, {});
  for (const path of [meta, `${meta}/mentor`, `${meta}/none`]) await send("GET", path);
  const ann = String((await send("GET", "/api/v1/users/ann.lee")).body.id);
  const links = "/api/v1/users/yuki.tanaka/linkedObjects";
  await send("PUT", `${links}/manager/${ann}`);
  await send("PUT", `${links}/manager/nobody`);
  await send("GET", `${links}/manager`);
  await send("GET", "/api/v1/users/ann.lee/linkedObjects/subordinate");
  await send("GET", `${links}/none`);
  await send("DELETE", `${links}/manager`);
  await send("DELETE", `${links}/none`);
  await send("DELETE", `${meta}/mentor`);
  await send("DELETE", `${meta}/mentor`);
}

/** Import sessions of an identity source. */
export async function driveImports(send: Send): Promise<void> {
  const apps = (await send("GET", "/api/v1/apps?q=HR")).list;
  const sessions = `/api/v1/identity-sources/${String(apps[0]?.id)}/sessions`;
  const closed = await send("POST", sessions);
  await send("DELETE", `${sessions}/${String(closed.body.id)}`);
  await send("DELETE", `${sessions}/${String(closed.body.id)}`);
  const self = `${sessions}/${String((await send("POST", sessions)).body.id)}`;
  const profile = {
    userName: "im.port@example.com",
    email: "im.port@example.com",
    firstName: "Im",
    lastName: "Port",
  };
  const profiles = [{ externalId: "e1", profile }];
  await send("POST", `${self}/bulk-upsert`, { entityType: "USERS", profiles });
  await send("POST", `${self}/bulk-upsert`, { entityType: "ROBOTS", profiles });
  await send("POST", `${self}/bulk-delete`, { entityType: "USERS", profiles: [{ externalId: "e2" }] });
  await send("POST", `${self}/bulk-delete`, {});
  await send("GET", sessions);
  await send("POST", `${self}/start-import`);
  await send("GET", self);
  await wait(100);
  await send("GET", self);
  await send("GET", `${sessions}/none`);
  await send("GET", "/api/v1/identity-sources/none/sessions");
  for (const [method, tail] of [
    ["DELETE", ""],
    ["POST", "/start-import"],
  ] as const)
    await send(method, `${sessions}/none${tail}`);
}
