import type { OktaClient, OktaRequest, OktaResponse } from "#lib/connectors/okta/client.ts";
import type { Connections } from "#lib/engine/ports.ts";

/** For tests: an org that notes what it is asked and answers what the test says. */
export class TestOrg {
  readonly calls: string[] = [];
  answer: (request: OktaRequest) => Promise<OktaResponse> | OktaResponse = () => NO_CONTENT;

  readonly connections: Connections = {
    client: async (_connector, _alias, observe): Promise<OktaClient> => ({
      request: async (request) => {
        const { method, path } = request;
        this.calls.push(`${method} ${path}`);
        const at = new Date().toISOString();
        try {
          const answer = await this.answer(request);
          observe({ method, path, status: answer.status, durationMs: 1, at });
          return answer;
        } catch (error) {
          observe({ method, path, durationMs: 1, at });
          throw error;
        }
      },
      pages: () => {
        throw new Error("No card of these tests reads pages.");
      },
    }),
  };
}

const NO_CONTENT: OktaResponse = { status: 204, headers: {}, body: null };
