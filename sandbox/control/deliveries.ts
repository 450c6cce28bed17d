import { type Answer, type Route, route } from "../http/router.ts";
import type { DeliveryRecord, HookDeliverer } from "../org/hook-delivery.ts";
import { hookEnvelope } from "../org/hook-envelope.ts";
import type { Org } from "../org/org.ts";
import { failure } from "./answers.ts";
import type { Counters } from "./counters.ts";

/** /sandbox/deliveries: what went to the event hooks, its body, and once more. */
export function deliveryRoutes(org: Org, counters: Counters, deliverer: HookDeliverer): Route[] {
  const found = (params: Record<string, string>) => counters.deliveryById(Number(params.id));
  return [
    route("GET", "/sandbox/deliveries", () => ({
      status: 200,
      body: { deliveries: counters.recentDeliveries().map(summary) },
    })),
    route("GET", "/sandbox/deliveries/{id}", ({ params }) => {
      const delivery = found(params);
      if (!delivery) return gone();
      const facts = { ...delivery, baseUrl: org.baseUrl };
      return { status: 200, body: { ...summary(delivery), body: hookEnvelope(facts, delivery.records) } };
    }),
    route("POST", "/sandbox/deliveries/{id}/again", async ({ params }) => {
      const delivery = found(params);
      if (!delivery) return gone();
      try {
        return { status: 200, body: summary(await deliverer.again(delivery)) };
      } catch (error) {
        return failure(409, error instanceof Error ? error.message : String(error));
      }
    }),
  ];
}

function gone(): Answer {
  return failure(404, "That delivery is not among the newest 200 any more.");
}

function summary({ records, ...rest }: DeliveryRecord): Omit<DeliveryRecord, "records"> {
  return rest;
}
