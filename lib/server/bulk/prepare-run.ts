import type { BulkRequest } from "#lib/api/bulk.ts";
import type { OptionValues } from "#lib/cards/card.ts";
import type { Card } from "#lib/cards/define.ts";
import { effectOf } from "#lib/cards/effect.ts";
import { effectiveFields, type GrownFields, optionValues } from "#lib/cards/effective-fields.ts";
import type { Fields } from "#lib/cards/field.ts";
import { growthOf } from "#lib/cards/growth.ts";
import { visibleInputs } from "#lib/cards/visible-inputs.ts";
import { registry } from "#lib/registry.ts";
import { createEngineConnections } from "../connections/engine-connections.ts";
import { connectionByAlias } from "../connections/find-connection.ts";
import type { Connection } from "../db/generated/client.ts";
import { ApiProblem } from "../http/problem.ts";
import { type ResolvedRow, resolveRows } from "./resolve-rows.ts";

/** A request to run a card by hand, looked up and resolved. */
export interface PreparedRun {
  card: Card;
  connection: Connection | null;
  options: OptionValues;
  effect: "none" | "read" | "write";
  /** Effective inputs, with those of the connection. */
  fields: Fields;
  rows: ResolvedRow[];
}

/**
 * Looks up what running a card by hand needs and resolves the inputs of all rows. Changes nothing.
 *
 * @throws ApiProblem not-found for a card or connection there is not; bad-request for one that does not fit; conflict for a
 *   broken connection
 */
export async function prepareRun(request: BulkRequest): Promise<PreparedRun> {
  const card = actionCard(request.card);
  const { description } = card;
  const connection = await connectionFor(card, request.connection);
  const node = { options: request.options, inputs: request.inputs };
  const grown = connection ? await grownFields(card, connection.alias, node) : {};
  const { inputs: fields } = effectiveFields(description, node, grown);
  const options = optionValues(description, node);
  const { effect } = effectOf(description, options);
  const shared = visibleInputs(request.inputs, description.inputs, fields);
  const rows = resolveRows(request, shared, fields, effect === "write");
  return { card, connection, options, effect, fields, rows };
}

function actionCard(id: string): Card {
  const card = registry.card(id);
  if (card?.description.kind === "action") return card;
  throw new ApiProblem("not-found", `There is no action card "${id}".`);
}

async function connectionFor({ description }: Card, alias: string | undefined): Promise<Connection | null> {
  if (!description.needsConnection) return null;
  if (!alias)
    throw new ApiProblem("bad-request", `${description.title} acts through a connection: choose one.`);
  const connection = await connectionByAlias(alias);
  if (connection.connector !== description.connector) {
    throw new ApiProblem("bad-request", `"${alias}" is no ${description.connector} connection.`);
  }
  if (connection.status === "broken") {
    throw new ApiProblem("conflict", `The connection "${connection.name}" is broken.`, {
      hint: connection.statusDetail ?? "Mend it on the Connections page.",
    });
  }
  return connection;
}

/** An org that can't tell now adds no fields: values for them are then refused, which is better than sent as they are. */
async function grownFields(
  { description }: Card,
  alias: string,
  node: Pick<BulkRequest, "options" | "inputs">,
): Promise<GrownFields> {
  const connections = createEngineConnections();
  const grown: GrownFields = {};
  for (const growth of growthOf(description, node)) {
    grown[growth.loaderId] = (await connections.fields?.(alias, growth)) ?? {};
  }
  return grown;
}
