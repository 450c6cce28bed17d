/** What the benchmark asks of the JSON API. */
export interface BenchApi {
  createFlow: (document: object) => Promise<string>;
  deleteFlow: (id: string) => Promise<void>;
  /** Any page of executions, or one of them: read for the time it takes. */
  get: (path: string) => Promise<{ items: { id: string }[]; next: string }>;
  /** Executions of a flow since a moment, newest first, page after page. */
  executions: (flowId: string, since: string) => Promise<ExecutionRow[]>;
}

export interface ExecutionRow {
  subject: string;
  status: string;
  finishedAt: string | null;
}

/** The API of a running instance, with a token. */
export function benchApi(url: string, token: string): BenchApi {
  async function call<Answer>(method: string, path: string, body?: object): Promise<Answer> {
    const response = await fetch(url + path, {
      method,
      headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
      body: body === undefined ? undefined : JSON.stringify(body),
    });
    const answer = await response.json();
    if (response.ok) return answer;
    throw new Error(`${method} ${path} answered ${response.status}: ${JSON.stringify(answer.error)}`);
  }

  return {
    createFlow: async (document) => {
      const { id, revision } = await call<{ id: string; revision: number }>("POST", "/api/flows", {
        document,
      });
      await call("POST", `/api/flows/${id}/publish`, { revision });
      await call("POST", `/api/flows/${id}/on`, {});
      return id;
    },
    deleteFlow: async (id) => {
      await call("DELETE", `/api/flows/${id}`);
    },
    get: (path) => call("GET", path),
    executions: async (flowId, since) => {
      const rows: ExecutionRow[] = [];
      let cursor: string | undefined;
      do {
        const query = new URLSearchParams({ flowId, since, limit: "200", ...(cursor ? { cursor } : {}) });
        const page = await call<{ items: ExecutionRow[]; next?: string }>("GET", `/api/executions?${query}`);
        rows.push(...page.items);
        cursor = page.next;
      } while (cursor);
      return rows;
    },
  };
}
