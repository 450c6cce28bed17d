import { type APIRequestContext, test as base, expect, type Page } from "@playwright/test";
import { ConsoleApi, type Document, type Flow } from "./console-api.ts";
import { needed } from "./needed.ts";
import { SESSION_FILE } from "./owner.ts";
import { Sandbox } from "./sandbox.ts";
import { watch } from "./watch.ts";

interface Fixtures {
  /** Errors in the browser's console that a test provokes: `test.use({ expectedErrors: /status of 409/ })`. */
  expectedErrors: RegExp | undefined;
  /** Fails the test when a page complains or calls somebody outside of this machine. */
  noProblems: undefined;
  /** Opens a page in another browser: nobody is signed in there. */
  strangerPage: Page;
  api: ConsoleApi;
  sandbox: Sandbox;
  /** Makes flows that are gone after the test, so that they run for no other. */
  flows: {
    draft(document: Document): Promise<Flow>;
    live(document: Document): Promise<Flow>;
    /** Takes in one that was made on a page. */
    adopt(id: string): void;
  };
  /** Requests to the console that bring no session and no Origin. */
  program: APIRequestContext;
}

export const test = base.extend<Fixtures>({
  expectedErrors: [undefined, { option: true }],
  noProblems: [
    async ({ context, expectedErrors }, use) => {
      const problems = watch(context, expectedErrors);
      await use(undefined);
      expect(problems, "what pages complained of").toEqual([]);
    },
    { auto: true },
  ],
  strangerPage: async ({ browser, expectedErrors }, use) => {
    const context = await browser.newContext({ storageState: { cookies: [], origins: [] } });
    const problems = watch(context, expectedErrors);
    await use(await context.newPage());
    await context.close();
    expect(problems, "what pages complained of").toEqual([]);
  },
  api: async ({ playwright, baseURL }, use) => {
    const request = await playwright.request.newContext({
      baseURL,
      storageState: SESSION_FILE,
      extraHTTPHeaders: { origin: needed("BASE_URL") },
    });
    await use(new ConsoleApi(request));
    await request.dispose();
  },
  sandbox: async ({ playwright }, use) => {
    const request = await playwright.request.newContext({ baseURL: needed("SANDBOX_URL") });
    const sandbox = new Sandbox(request, needed("SANDBOX_TOKEN"));
    await use(sandbox);
    await sandbox.faults();
    await request.dispose();
  },
  flows: async ({ api }, use) => {
    const made: string[] = [];
    const noted = async (flow: Promise<Flow>) => {
      made.push((await flow).id);
      return flow;
    };
    await use({
      draft: (document) => noted(api.create(document)),
      live: (document) => noted(api.goLive(document)),
      adopt: (id) => made.push(id),
    });
    for (const id of made) await api.remove(id);
  },
  program: async ({ playwright, baseURL }, use) => {
    const request = await playwright.request.newContext({
      baseURL,
      storageState: { cookies: [], origins: [] },
    });
    await use(request);
    await request.dispose();
  },
});

export { expect };
