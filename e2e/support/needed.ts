/**
 * A setting `npm run test:e2e` gives to the specs.
 *
 * @throws Error when it is missing
 */
export function needed(
  name: "BASE_URL" | "SANDBOX_URL" | "SANDBOX_TOKEN" | "DATABASE_URL" | "FLOWDECK_DATA_DIR",
): string {
  const value = process.env[name];
  if (value) return value;
  throw new Error(
    `${name} is not set. Run the specs with \`npm run test:e2e\`, which starts what they need.`,
  );
}
