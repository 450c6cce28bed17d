import { z } from "zod";

/** How long a flow keeps its executions where it does not say, in days. */
export const DEFAULT_KEEP_DAYS = 30;

/** Executions about the same user within an hour where a flow does not say how many, see `runsPerUser`. */
export const DEFAULT_RUNS_PER_USER = 20;

/** KB of JSON the outputs of any step may come to: a flow may set less, never more, see `largestOutputs`. */
export const LARGEST_OUTPUTS_KB = 10_000;

/**
 * How a flow as a whole runs and what is kept of it. Part of the document, so that it is versioned, compared at publish and
 * carried along by an export. What is absent has the default named here.
 */
export const flowSettingsSchema = z.strictObject({
  /** Executions of this flow that are under way at the same time, over all workers. Absent: as many as there is room for. */
  concurrency: z.int().min(1).max(1000).optional(),
  /**
   * "per-user": executions about the same user run one after the other, by when their events were published. Default "any".
   */
  order: z.enum(["any", "per-user"]).optional(),
  /** Of which executions inputs and outputs are kept. Default "always". */
  keep: z.enum(["always", "on-failure", "never"]).optional(),
  /** Days an execution is kept after its end. Default 30. */
  keepDays: z.int().min(1).max(3650).optional(),
  /**
   * KB (of 1,000 bytes) the outputs of one step may come to as JSON, those of the event card too; a step with more fails. Absent:
   * `LARGEST_OUTPUTS_KB`.
   */
  largestOutputs: z.int().min(1).max(LARGEST_OUTPUTS_KB).optional(),
  /** Writes one execution may make before it stops for a person's approval. Absent: no limit. */
  writesPerExecution: z.int().min(1).max(1_000_000).optional(),
  /** Writes all executions of the flow may make within an hour before the flow is paused for approval. Absent: no limit. */
  writesPerHour: z.int().min(1).max(1_000_000).optional(),
  /**
   * Executions about the same user within an hour, before further ones are stopped as a loop. Only those count that were
   * started by an event the flow's own writes about that user may have caused. Default 20.
   */
  runsPerUser: z.int().min(1).max(10_000).optional(),
});

/** What people call each setting. */
export const SETTING_LABELS: Record<FlowSetting, string> = {
  concurrency: "Executions at the same time",
  order: "Order",
  keep: "Inputs and outputs kept",
  keepDays: "Days kept",
  largestOutputs: "Largest outputs of a step (KB)",
  writesPerExecution: "Writes in one execution before approval",
  writesPerHour: "Writes in an hour before approval",
  runsPerUser: "Executions about one user in an hour",
};

export type FlowSettings = z.infer<typeof flowSettingsSchema>;
export type FlowSetting = keyof FlowSettings;
export type SettingChoice = NonNullable<FlowSettings["order"] | FlowSettings["keep"]>;

/** What people call each choice of a setting that is chosen. */
export const SETTING_CHOICES: Record<SettingChoice, string> = {
  any: "As events arrive",
  "per-user": "One after the other for each person",
  always: "Always",
  "on-failure": "Only of executions that failed",
  never: "Never",
};

/** What counts where a setting is not set, as people call it. */
export const SETTING_DEFAULTS: Record<FlowSetting, string> = {
  concurrency: "as many as there is room for",
  order: "“As events arrive”",
  keep: "“Always”",
  keepDays: `${DEFAULT_KEEP_DAYS}`,
  largestOutputs: LARGEST_OUTPUTS_KB.toLocaleString("en"),
  writesPerExecution: "no limit",
  writesPerHour: "no limit",
  runsPerUser: `${DEFAULT_RUNS_PER_USER}`,
};
