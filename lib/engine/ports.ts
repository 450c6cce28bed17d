import type { Fields } from "../cards/field.ts";
import type { FlowMemory } from "../cards/flow-memory.ts";
import type { Growth } from "../cards/growth.ts";
import type { HiddenNames } from "../cards/secret-keys.ts";
import type { Ending, Exchange, Step } from "./execution.ts";

/** The claim on an execution was lost: another worker took it over. The run must end without another word. */
export class LostClaimError extends Error {
  override name = "LostClaimError";
}

/** What a store is asked to make durable, in one statement: all of it or nothing. */
export interface StepBatch {
  /** Written by (path, attempt), each at most once in a batch: new ones inserted, present ones replaced. */
  steps: Step[];
  /** Ends (or pauses) the execution in the same statement. */
  ending?: Ending;
}

/** Where steps live. Implemented in memory for tests and on PostgreSQL by lib/server; one suite checks both. */
export interface StepStore {
  /** Every attempt of an execution, in the order they were first written. */
  steps: (executionId: string) => Promise<Step[]>;
  /**
   * Makes a batch durable before it returns.
   * @throws LostClaimError when `fence` is not the execution's newest; nothing is written then.
   */
  record: (executionId: string, fence: number, batch: StepBatch) => Promise<void>;
  /**
   * Milliseconds since the row of an attempt was first made durable, by the store's own clock: of a write the intent,
   * after which it was sent. Workers' clocks may be minutes apart, so `startedAt` can't tell it. Undefined where it is not
   * known.
   */
  sinceIntent: (executionId: string, path: string, attempt: number) => Promise<number | undefined>;
}

/**
 * Told of a call before it is made, masked: "waits" before it waits for its turn, "leaves" right before it is sent. What it
 * throws is thrown on to the card; the call is not sent then.
 */
export type Sending = (exchange: Exchange, moment: "waits" | "leaves") => Promise<void>;

/**
 * Asked by a client before each call of a card after the first, and about once a second while one is waited for. What it
 * throws ends the card there: nothing of it is under way then.
 */
export type MayGoOn = (moment: "calls" | "waits") => void;

/** Where cards that have begun wait for a rate limit without leaving their worker. */
export interface WaitingRoom {
  /** A place for one list, or for the further calls of one card: none is taken yet. */
  place: () => WaitingPlace;
}

export interface WaitingPlace {
  /**
   * Takes the place, once for all waits until it is left: whoever came first is never sent away for others.
   * @returns false where no more may wait here; who can must leave the worker then
   */
  take: () => boolean;
  /** Shows why the execution waits and for how long from now. Never rejects, nor does `goOn`. */
  tell: (reason: string, waitMs: number) => Promise<void>;
  /** What was told is over. */
  goOn: () => Promise<void>;
  /** Gives the place back. */
  leave: () => void;
}

/** Gives cards the client of a connection. */
export interface Connections {
  /**
   * @param alias what the document calls the connection
   * @param observe receives every exchange the client makes, masked, in order
   * @param scopes what the card's calls need to be allowed, to be named where the system refuses for want of it
   * @param mayGoOn absent where the card may not be ended between its calls
   * @param sending told of each call before it is made, where `tellsBefore` is true
   * @throws CardError (kind "unauthorized" or "input") when there is no such connection or it is broken.
   */
  client: (
    connectorId: string,
    alias: string,
    observe: (exchange: Exchange) => void,
    scopes?: readonly string[],
    mayGoOn?: MayGoOn,
    sending?: Sending,
  ) => Promise<unknown>;
  /** True where every client it gives tells of its calls before they leave. */
  tellsBefore?: true;
  /**
   * Fields only the connection knows (an org's custom attributes), so that mapped values become what they ask for.
   * Kept by the implementation; empty where the connection can't tell now.
   */
  fields?: (alias: string, growth: Growth) => Promise<Fields>;
  /**
   * The same for the executions of one flow, where flows share what a connection allows.
   * @param room where what the execution has begun waits; without it, as it likes
   */
  forFlow?: (flowId: string, room?: WaitingRoom) => Connections;
  /** True of a plan's: reads are real, writes are noted (`Exchange.held`) and not sent. */
  holdsWrites?: true;
}

export interface EnginePorts {
  store: StepStore;
  connections: Connections;
  /** What the flow remembers between events. Absent where it is only tried. What it throws ends the run like a store's. */
  memory?: FlowMemory;
  /**
   * Asks whether the flow may make a card's writes now: all of them or none, for a card is not stopped half way. Absent
   * where its settings set no limit. Asked again for the same card of the same execution it counts them once.
   * @param path step path of the card
   * @param writes calls the card makes that change something, at least 1
   */
  writeTurn?: (
    path: string,
    writes: number,
  ) => Promise<{ may: true } | { may: false; until: Date; reason: string }>;
  /** Profile attributes the flow's orgs hide: masked in what is recorded. The same object while they are the same. */
  hidden?: HiddenNames;
  clock: { now: () => Date };
  /** True when somebody asked to cancel this execution. Asked before each card, and while a card reads a long list. */
  cancelRequested: () => boolean;
}
