import type { FlowSettings } from "#lib/flow/settings.ts";
import { addConnection, addFlow, documentOf, type openTestDatabase } from "../db/test-records.ts";
import { readLogEvent } from "../intake/log-event.ts";
import { receiveEvents } from "../intake/receive-events.ts";
import { oktaEvent } from "../intake/test-events.ts";

type Database = Awaited<ReturnType<typeof openTestDatabase>>;

/** For tests: what stands in a step of every execution of `withValues`. */
export const READ = "+49 170 5550123";
/** For tests: whom the event of `flowWithEvent` is about. */
export const ZOE = { id: "00uZOE5678901234ABCD", login: "zoe.quark@acme.example", name: "Zoe Quark" };

/** For tests: a flow that listens, an event about ZOE, and the execution it started, which is still queued. */
export async function flowWithEvent(db: Database, settings: FlowSettings) {
  const connection = await addConnection(db);
  const card = { card: "okta.groups.userAdded", v: 1, connection: connection.alias };
  const flow = await addFlow(db, {
    document: documentOf({ cards: { e: card }, settings }),
    listensTo: { connectionId: connection.id, eventTypes: ["group.user_membership.add"] },
  });
  const target = { id: ZOE.id, type: "User", alternateId: ZOE.login, displayName: ZOE.name };
  const events = [readLogEvent(oktaEvent({ target: [target] }))];
  await receiveEvents(db.pool, { connectionId: connection.id, source: "hook", events });
  const { id } = await db.prisma.execution.findFirstOrThrow({ where: { flowId: flow.id } });
  return { connection, flow, executionId: id };
}

/** For tests: a card of this execution has run and read something. */
export async function withValues({ prisma }: Database, executionId: string): Promise<void> {
  const data = { executionId, path: "e", attempt: 1, status: "succeeded", outputs: { phone: READ } };
  await prisma.step.create({ data: { ...data, startedAt: new Date() } });
}

/** For tests: it came, and ended, so long ago. */
export async function aged(
  { prisma }: Database,
  executionId: string,
  { came, ended }: { came: number; ended: number },
): Promise<void> {
  const ago = (hours: number) => new Date(Date.now() - hours * 3_600_000);
  await prisma.execution.update({
    where: { id: executionId },
    data: { createdAt: ago(came), finishedAt: ago(ended) },
  });
}
