/** What a spec must know of the instance it runs against. */
export type Setting = "BASE_URL" | "SANDBOX_URL" | "SANDBOX_TOKEN" | "DATABASE_URL" | "FLOWDECK_DATA_DIR";

/**
 * The instances `npm run test:e2e` started, one for each of Playwright's workers: specs switch faults on, count hooks and
 * kill processes, which on one instance only one of them may do at a time. By hand there is one, in the environment.
 */
export const instances: readonly Partial<Record<Setting, string>>[] = JSON.parse(
  process.env.E2E_INSTANCES ?? "[{}]",
);

/** Which of them is this process's. Playwright numbers its workers; itself it has no number. */
export const slot = Number(process.env.TEST_PARALLEL_INDEX ?? 0) % instances.length;

/** A setting of this process's instance, if it is known. */
export function setting(name: Setting): string | undefined {
  return instances[slot]?.[name] ?? process.env[name];
}

/**
 * A setting `npm run test:e2e` gives to the specs.
 *
 * @throws Error when it is missing
 */
export function needed(name: Setting): string {
  const value = setting(name);
  if (value) return value;
  throw new Error(
    `${name} is not set. Run the specs with \`npm run test:e2e\`, which starts what they need.`,
  );
}
