import type { Effect, OptionValues, Repeat } from "../cards/card.ts";
import { cardTitle } from "../cards/card-title.ts";
import type { Card } from "../cards/define.ts";
import { effectOf } from "../cards/effect.ts";
import { effectiveFields, optionValues } from "../cards/effective-fields.ts";
import { exitsOf } from "../cards/exits.ts";
import type { Fields } from "../cards/field.ts";
import type { Registry } from "../cards/registry.ts";
import type { CardNode, Edge, FlowDocument } from "../flow/document.ts";
import { type FlowGraph, graphOf, topologicalOrder } from "../flow/graph.ts";
import { wantedOutputs } from "../flow/references.ts";
import type { FlowSettings } from "../flow/settings.ts";

export type PlanErrorCode =
  | "unknown-card"
  | "card-version"
  | "lane"
  | "dangling-edge"
  | "unknown-exit"
  | "edge-into-event"
  | "cycle"
  | "no-event-card"
  | "several-event-cards";

/** A document that can't be run. Publishing refuses such documents; an older catalogue or a changed one may meet them. */
export class PlanError extends Error {
  override name = "PlanError";
  readonly code: PlanErrorCode;
  /** Id of the card it is about. */
  readonly card?: string;

  constructor(code: PlanErrorCode, message: string, card?: string) {
    super(message);
    this.code = code;
    this.card = card;
  }
}

/** One card of a flow with all that running it needs, looked up once. */
export interface PlannedCard {
  id: string;
  node: CardNode;
  card: Card;
  /** What people call it: its own title or the catalogue's. */
  title: string;
  effect: Effect;
  /** Writes only. */
  repeat?: Repeat;
  /** Effective fields. Children only the connection knows are not among them; `grows` lets such values pass. */
  inputs: Fields;
  outputs: Fields;
  options: OptionValues;
  outgoing: readonly Edge[];
  /** False when nothing in the flow reads this output. */
  wanted: (output: string) => boolean;
}

/** A flow version ready to run. Immutable and free of execution state: made once per version and kept. */
export interface FlowPlan {
  event: PlannedCard;
  /** The event card first, then every card after all that lead to it; ties keep document order. Without notes. */
  order: readonly PlannedCard[];
  /** Of the flow as a whole; what is absent has the default named in the schema. */
  settings: FlowSettings;
}

/**
 * Looks up everything running a flow needs.
 * @throws PlanError naming the card when the document can't be run.
 */
export function planFlow(document: FlowDocument, registry: Registry): FlowPlan {
  const graph = graphOf(document);
  const wanted = wantedOutputs(document);
  const cards = new Map<string, PlannedCard>();
  for (const [id, node] of Object.entries(document.cards)) {
    const planned = planCard(id, node, registry);
    if (planned.card.description.kind === "note") continue;
    const outputs = wanted.get(id);
    cards.set(id, {
      ...planned,
      outgoing: graph.outgoing.get(id) ?? [],
      wanted: (output) => outputs !== undefined && (outputs.has(output) || outputs.has("*")),
    });
  }
  const event = eventCard([...cards.values()]);
  checkEdges(document.edges, cards, event);
  return { event, order: ordered(graph, cards, event), settings: document.settings ?? {} };
}

/**
 * One card outside any flow, for testing it alone: no way leads on from it and all its outputs are wanted.
 * @throws PlanError when the catalogue has no such card.
 */
export function planCard(id: string, node: CardNode, registry: Registry): PlannedCard {
  const card = registry.card(node.card);
  if (!card) throw new PlanError("unknown-card", `Card "${id}": there is no card "${node.card}".`, id);
  const { description } = card;
  if (node.v !== description.version) {
    const message = `Card "${id}" was made for version ${node.v} of ${description.title}; this is version ${description.version}.`;
    throw new PlanError("card-version", message, id);
  }
  if (node.parent) {
    throw new PlanError(
      "lane",
      `Card "${id}" stands in a lane of "${node.parent.card}", which has none.`,
      id,
    );
  }
  const options = optionValues(description, node);
  return {
    id,
    node,
    card,
    title: cardTitle(node, description),
    ...effectOf(description, options),
    ...effectiveFields(description, node),
    options,
    outgoing: [],
    wanted: () => true,
  };
}

function eventCard(cards: PlannedCard[]): PlannedCard {
  const [event, second] = cards.filter(({ card }) => card.description.kind === "event");
  if (!event) throw new PlanError("no-event-card", "The flow has no event card, so nothing can start it.");
  if (second) {
    const message = `A flow starts with one event card; "${event.id}" and "${second.id}" are two.`;
    throw new PlanError("several-event-cards", message, second.id);
  }
  return event;
}

function checkEdges(edges: readonly Edge[], cards: Map<string, PlannedCard>, event: PlannedCard): void {
  for (const { from, out, to } of edges) {
    const source = cards.get(from);
    if (!source)
      throw new PlanError("dangling-edge", `A line leads from "${from}", which is no card that runs.`, from);
    if (!cards.has(to))
      throw new PlanError("dangling-edge", `A line leads to "${to}", which is no card that runs.`, to);
    if (!exitsOf(source.card.description, source.node).some((exit) => exit.id === out)) {
      throw new PlanError("unknown-exit", `Card "${from}" (${source.title}) has no way out "${out}".`, from);
    }
    if (to === event.id) {
      throw new PlanError(
        "edge-into-event",
        `A line leads from "${from}" into the event card "${to}".`,
        from,
      );
    }
  }
}

function ordered(graph: FlowGraph, cards: Map<string, PlannedCard>, event: PlannedCard): PlannedCard[] {
  const { order, cyclic } = topologicalOrder(graph);
  const [first] = cyclic;
  if (first !== undefined) {
    throw new PlanError("cycle", `These cards wait for each other in a circle: ${cyclic.join(", ")}.`, first);
  }
  // Cards nothing leads to may come first in the document; the event is the first step all the same.
  const rest = order.flatMap((id) => (id === event.id ? [] : (cards.get(id) ?? [])));
  return [event, ...rest];
}
