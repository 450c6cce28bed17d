import { getBudget } from "#lib/api/budget.ts";
import { getBudget as get } from "#lib/server/budget/budget-view.ts";
import { handle } from "#lib/server/http/handle.ts";

export const GET = handle(getBudget, ({ actor, params }) => get(actor, params.id));
